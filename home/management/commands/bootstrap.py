from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.enums import Office
from accounts.models.user import clean_email
from home.services.menus import build_menus
from home.services.network import admit, build_network
from home.services.statements import build_statements


class Command(BaseCommand):
    help = "Prépare un réseau réel et vide : pages, rôles, relecture, première administration."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--host", required=True, help="domaine du portail, sans https://")
        parser.add_argument("--port", type=int, default=443)
        parser.add_argument("--name", required=True, help="nom du réseau en français")
        parser.add_argument("--name-nl", default="", help="nom du réseau en néerlandais")
        parser.add_argument("--admin", required=True, help="adresse de la première personne")

    def handle(self, *, host, port, name, name_nl, admin, **options) -> None:
        admin = clean_email(admin)
        try:
            validate_email(admin)
        except ValidationError as error:
            raise CommandError(f"« {admin} » n’est pas une adresse électronique.") from error
        if "/" in host or ":" in host or not host.strip():
            raise CommandError("--host attend un domaine seul, comme « portail.exemple.be ».")
        network = build_network(host=host.strip(), port=port, name=name, name_nl=name_nl)
        build_menus(network.site)
        build_statements(network)
        user = admit(
            site=network.site,
            email=admin,
            office=Office.ADMINISTRATOR,
            function_fr="Administration",
        )
        self.stdout.write(f"Le réseau « {name} » est prêt.")
        if not user.has_usable_password():
            self.stdout.write(
                f"Première connexion : demandez un mot de passe pour {admin} à l’adresse "
                "/compte/mot-de-passe/oublie/"
            )
