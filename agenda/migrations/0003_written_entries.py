from django.db import migrations, models


def write_again(apps, schema_editor) -> None:
    """The nightly job writes the entries of every event."""
    apps.get_model("agenda", "Event").objects.update(projected_until=None)


class Migration(migrations.Migration):
    dependencies = [("agenda", "0002_posting")]

    operations = [
        migrations.RemoveField("projection", "first_day"),
        migrations.RemoveField("projection", "rule"),
        migrations.RemoveField("projection", "days_out"),
        migrations.AddField(
            "projection", "last_day", models.DateField(db_index=True, null=True)
        ),
        migrations.AddField("projection", "entries_fr", models.TextField(default="")),
        migrations.AddField("projection", "entries_nl", models.TextField(default="")),
        migrations.RunPython(write_again, migrations.RunPython.noop),
    ]
