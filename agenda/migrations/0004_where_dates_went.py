from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agenda", "0003_written_entries")]

    operations = [
        migrations.AddField(
            "datechange",
            "left_days",
            models.JSONField(blank=True, default=list, editable=False),
        ),
    ]
