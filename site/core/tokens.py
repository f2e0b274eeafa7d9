"""Tokens in words: what an audience is called on screen, and which ones a person may give."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.language import current_language
from core.memory import remember
from core.visibility import MEMBER, PUBLIC, TOP, reach_of


@dataclass(frozen=True)
class TokenKind:
    """A family of tokens, `group:…` for instance, registered by the app that owns it.

    `labels(ids)` gives {id: label}; `choices(user)` the (token, label) pairs this person may
    choose; `uploads(user)` the tokens that a file uploaded by this person has at first;
    `ceiling(pk)` the widest audience of what belongs to that group or organisation; `owner_of`
    the token of whom a folder of files belongs to, or an empty string.
    """

    prefix: str
    icon: str
    labels: Callable[[Iterable[int]], dict[int, str]]
    choices: Callable[[object], list[tuple[str, str]]]
    uploads: Callable[[object], list[str]] = lambda user: []
    threads: Callable[[Iterable[int]], dict[int, str]] = lambda ids: {}
    ceiling: Callable[[int], frozenset[str]] = lambda pk: TOP
    owner_of: Callable[[object], str] = lambda collection: ""


_kinds: dict[str, TokenKind] = {}


def register_kind(kind: TokenKind) -> None:
    _kinds[kind.prefix] = kind


def describe(tokens: Iterable[str]) -> list[dict[str, str]]:
    """Each token in plain words: `{"icon", "label", "thread"}`, widest first."""
    tokens = set(tokens)
    words = []
    if PUBLIC in tokens:
        words.append({"icon": "globe", "label": _("Tout le monde"), "thread": ""})
    if MEMBER in tokens:
        words.append({"icon": "users", "label": _("Membres"), "thread": ""})
    for kind in _kinds.values():
        ids = sorted(
            int(token.removeprefix(kind.prefix))
            for token in tokens
            if token.startswith(kind.prefix)
        )
        if ids:
            labels, threads = kind.labels(ids), kind.threads(ids)
            words += [
                {"icon": kind.icon, "label": labels[pk], "thread": threads.get(pk, "")}
                for pk in ids
                if pk in labels
            ]
    return words or [{"icon": "lock", "label": _("Coordination"), "thread": ""}]


def describe_tokens(tokens: Iterable[str]) -> dict[str, str]:
    """An audience in one line: `{"icon", "label", "thread"}`; said once per change."""
    tokens = frozenset(tokens)
    return remember(("audience", current_language(), tokens), lambda: _one_line(tokens))


def _one_line(tokens: frozenset[str]) -> dict[str, str]:
    words = describe(tokens)
    return {
        "icon": words[0]["icon"],
        "label": ", ".join(word["label"] for word in words),
        "thread": words[0]["thread"] if len(words) == 1 else "",
    }


def describe_page(page) -> dict[str, str]:
    """The audience of a page in one line. To be read: to decide, ask `core.visibility`."""
    return describe_tokens(
        remember(("page audiences",), _page_audiences).get(page.translation_key, frozenset())
    )


def _page_audiences() -> dict:
    from core.models import PageAudience

    rows = PageAudience.objects.select_related("effective")
    return {row.translation_key: row.effective.tokens for row in rows}


def choices_for(user) -> list[tuple[str, str]]:
    """The audiences that this person may give to something: never one they are not part of."""
    choices = []
    if MEMBER in reach_of(user).tokens:
        choices += [(PUBLIC, _("Public : tout le monde")), (MEMBER, _("Membres du réseau"))]
    for kind in _kinds.values():
        choices += kind.choices(user)
    return choices


def upload_default(user) -> list[str]:
    """The audience of a file before its uploader chooses: the narrowest that fits the role."""
    for kind in _kinds.values():
        if tokens := kind.uploads(user):
            return tokens
    return [MEMBER]


def ceiling_of(owner: str) -> frozenset[str]:
    """The widest audience of a file that belongs to `owner` (`group:12`); everybody without one."""
    for prefix, kind in _kinds.items():
        if owner.startswith(prefix):
            return kind.ceiling(int(owner.removeprefix(prefix)))
    return TOP


def owner_of(collection) -> str:
    """Whose a folder of files is (`group:12`); empty for the network's."""
    if collection is None:
        return ""
    return next((token for kind in _kinds.values() if (token := kind.owner_of(collection))), "")
