"""Pages of text and news, the members' home, messages to the network."""

from tests.screens.people import COORDINATOR, EDITOR, MEMBER, VISITOR
from tests.screens.screen import Screen, page, view

SCREENS = [
    # Pages
    Screen("home", VISITOR, page()),
    Screen("home with an urgent notice", VISITOR, page(), urgent=True),
    Screen("standard page", VISITOR, page("qui-sommes-nous/")),
    Screen("standard page for members", MEMBER, page("espace-membres/")),
    Screen("page without Dutch, every file", VISITOR, page("essai-sans-neerlandais/")),
    Screen("news list", VISITOR, page("actualites/")),
    Screen("news list, one year", MEMBER, page("actualites/", "?annee=2023")),
    Screen("news list, nothing", VISITOR, page("actualites/", "?annee=1999")),
    Screen("news", VISITOR, page("actualites/le-portail-est-ouvert/")),
    Screen("accessibility statement", VISITOR, page("accessibilite/")),
    Screen("privacy page", VISITOR, page("vie-privee/")),
    # The network
    Screen("members' home", MEMBER, view("space")),
    Screen("members' home with a desk", COORDINATOR, view("space")),
    Screen("components", EDITOR, view("components")),
    Screen("contact", VISITOR, view("contact")),
    Screen("contact with errors", VISITOR, view("contact"), send={"phone": "x"}, status=422),
    Screen(
        "contact with a warning",
        VISITOR,
        view("contact"),
        send={"text": "Mme Dupont, née le 12/03/1981, 85.07.30-033.28"},
        status=422,
    ),
    Screen("contact receipt", VISITOR, view("contact_receipt", "token")),
    Screen("contact receipt, answered", VISITOR, view("contact_receipt", "answered token")),
    Screen("messages", COORDINATOR, view("contact_messages")),
    Screen("message", COORDINATOR, view("contact_message", "message")),
    Screen("message answered", COORDINATOR, view("contact_message", "answered")),
    Screen(
        "message with errors",
        COORDINATOR,
        view("contact_message", "message"),
        send={"note": "long " * 500},
        status=422,
    ),
]
