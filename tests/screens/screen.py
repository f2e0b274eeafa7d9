"""What a row says, and the ways to say where a screen is."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from home.models import HomePage
from tests.screens.village import Village

Address = Callable[[Village], str]


@dataclass(frozen=True)
class Screen:
    """Who opens which address, what they send to it, what it answers."""

    name: str
    who: str
    at: Address
    send: dict | None = None
    status: int = 200
    times: int = 1
    follow: bool = False
    urgent: bool = False
    forged: bool = False  # sent without the token of its form
    first: Callable[[Client, Village], None] | None = None  # what is done before


def view(name: str, *words: str, **query: str) -> Address:
    """The address of a view; a word that the village knows stands for what it names."""

    def address(village: Village) -> str:
        args = [village.words.get(word, word) for word in words]
        return reverse(name, args=args) + (f"?{urlencode(query)}" if query else "")

    return address


def page(path: str = "", query: str = "") -> Address:
    """A page by its French address below the home, in the language of the moment."""

    def address(_village: Village) -> str:
        home = HomePage.objects.get(depth=2, locale__language_code="fr")
        return Page.objects.get(url_path=f"{home.url_path}{path}").localized.url + query

    return address


def simply(address: str) -> Address:
    return lambda _village: address
