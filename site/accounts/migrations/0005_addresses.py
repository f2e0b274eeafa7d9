from django.db import migrations


def keep(apps, schema_editor):
    """One address per person. Whoever has a password chose it from a mail sent to that address
    (or belongs to the demonstration): it is proved. The others prove it at their first sign-in."""
    EmailAddress = apps.get_model("account", "EmailAddress")
    User = apps.get_model("accounts", "User")
    EmailAddress.objects.all().delete()  # allauth made some on its way; none was ever proved
    EmailAddress.objects.bulk_create(
        [
            EmailAddress(
                user=user, email=user.email, primary=True, verified=has_password(user.password)
            )
            for user in User.objects.iterator()
        ],
        batch_size=500,
    )


def has_password(password):
    return bool(password) and not password.startswith("!")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_notifications_and_account_life"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
