import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_records"),
        ("home", "0002_contact_and_statements"),
    ]

    operations = [
        migrations.AddField(
            model_name="newspage",
            name="theme",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="directory.theme",
                verbose_name="thème",
            ),
        ),
    ]
