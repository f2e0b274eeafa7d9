import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agenda", "0003_written_entries")]

    operations = [
        migrations.AddField(
            "datechange",
            "left_days",
            models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.CreateModel(
            "DateMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("timing_uid", models.UUIDField()),
                ("original_day", models.DateField()),
                ("mail_claimed_at", models.DateTimeField(null=True)),
                ("proposal", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="date_mails", to="agenda.proposal")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("proposal", "timing_uid", "original_day"), name="agenda_datemail_once")],
            },
        ),
    ]
