from django.db import migrations, models

from core.text import fold


def fill(apps, schema_editor) -> None:
    """Give the accounts that exist the words they are found by."""
    for user in apps.get_model("accounts", "User").objects.all():
        names = (user.function_fr, user.function_nl, user.first_name, user.last_name, user.email)
        user.search_text = fold(" ".join(names))
        user.save(update_fields=["search_text"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_networkmembership"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="search_text",
            field=models.TextField(default="", editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
