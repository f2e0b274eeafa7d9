"""The members' home, messages to the network, feeds, the map of the site."""

from tests.permissions.table.roles import EDITORS, EVERYBODY, OVERSIGHT, SIGNED_IN

SITE = {
    "components": EDITORS,
    "contact": EVERYBODY,
    "contact_message": OVERSIGHT,
    "contact_messages": OVERSIGHT,
    "contact_receipt": EVERYBODY,
    "home_news_feed": EVERYBODY,
    "sitemap": EVERYBODY,
    "space": SIGNED_IN,
}
ASKS_TO_SIGN_IN = {
    "contact_message",
    "contact_messages",
    "space",
}
