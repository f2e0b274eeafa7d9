from django.core.management.base import BaseCommand

from home.models import ContactMessage


class Command(BaseCommand):
    help = "Efface les messages du formulaire de contact plus vieux que CONTACT_MESSAGE_DAYS jours."

    def handle(self, **options) -> None:
        gone, _by_model = ContactMessage.objects.expired().delete()
        self.stdout.write(f"{gone} messages effacés.")
