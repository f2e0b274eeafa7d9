"""Every change of a page's audience, and what follows for the pages below, beside and mirrored."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from core import tokens as token_words
from core.memory import forget
from core.models import Audience, Grant, PageAudience
from core.signals import audience_changed
from core.visibility import TOP, is_narrower, meet, reach_of


def ceiling_of(page: Page) -> frozenset[str]:
    """The widest audience this page may have: that of the pages above it, in all languages."""
    ceiling = TOP
    for twin in page.get_translations(inclusive=True):
        parent = twin.get_parent()
        if parent is not None and parent.depth > 1:
            ceiling = meet(ceiling, PageAudience.objects.tokens_of(parent))
    return ceiling


@transaction.atomic
def set_page_audience(*, actor, page: Page, tokens: Iterable[str]) -> PageAudience:
    """Decide who sees a page, in every language and at once; the pages below follow.

    Raises `ValidationError` when it would be wider than the page above, or lets in people of whom
    the actor is not one.
    """
    tokens = frozenset(tokens)
    if not is_narrower(tokens, ceiling_of(page)):
        raise ValidationError(
            _("Une page ne peut pas être plus ouverte que la page au-dessus d’elle.")
        )
    row = PageAudience.objects.select_for_update().get(translation_key=page.translation_key)
    kept = row.chosen.tokens if row.chosen else frozenset()
    reach = reach_of(actor)
    if not reach.networks and tokens - reach.tokens - kept:
        raise ValidationError(_("Vous ne pouvez pas choisir un groupe dont vous n’êtes pas."))
    before = row.effective
    row.chosen = Audience.objects.for_tokens(tokens)
    row.save(update_fields=["chosen"])
    refresh_page_audiences()
    row.refresh_from_db()
    audience_changed.send(sender=type(page), page=page)
    if before.tokens != row.effective.tokens:
        log(
            instance=page,
            action="core.audience",
            user=actor,
            data={"before": sorted(before.tokens), "after": sorted(row.effective.tokens)},
        )
    return row


def would_widen(page: Page, tokens: Iterable[str]) -> bool:
    """Whether this choice lets in somebody who is kept out today."""
    return not is_narrower(tokens, PageAudience.objects.tokens_of(page))


def words(tokens: Iterable[str]) -> str:
    """An audience in one line, for dialogues and logs."""
    return ", ".join(word["label"] for word in token_words.describe(tokens))


@transaction.atomic
def refresh_page_audiences() -> None:
    """Compute again what every page's audience is, from what was chosen and from the tree.

    A page is never wider than its parent, in any language, nor than the page it mirrors. Called
    when a choice changes, when a page moves, and when a copy, a mirror or a translation is made:
    rare events, over a tree of some hundreds of pages.
    """
    rows = {
        row.translation_key: row
        for row in PageAudience.objects.select_related("chosen", "effective")
    }
    pages = list(
        Page.objects.filter(depth__gt=1)
        .order_by("path")
        .values_list("path", "translation_key", "alias_of__translation_key")
    )
    key_at = {path: key for path, key, _source in pages}
    bounds = []
    for path, key, source in pages:
        bounds.append((key, key_at.get(path[: -Page.steplen])))
        bounds.append((key, source))
    effective = {key: row.chosen.tokens if row.chosen else TOP for key, row in rows.items()}
    settled = False
    while not settled:  # each pass only narrows: it ends
        settled = True
        for key, bound in bounds:
            if bound is None or key not in effective:
                continue
            narrowed = meet(effective[key], effective.get(bound, frozenset()))
            if narrowed != effective[key]:
                effective[key] = narrowed
                settled = False
    changed = []
    for key, row in rows.items():
        if row.effective.tokens != effective[key]:
            row.effective = Audience.objects.for_tokens(effective[key])
            changed.append(row)
    PageAudience.objects.bulk_update(changed, ["effective"])
    forget()


def admit_page(page: Page) -> None:
    """Give a page that has just been made its audience.

    A new page is as open as the one above. A copy keeps its source's audience when that is
    narrower, so that a page of a private section stays private wherever it is copied.
    """
    origin = getattr(page, "audience_origin", None)
    is_copy = origin is not None and origin != page.translation_key
    source = PageAudience.objects.filter(translation_key=origin).first() if is_copy else None
    parent = page.get_parent()
    bound = TOP
    if parent is not None and parent.depth > 1:
        bound = PageAudience.objects.tokens_of(parent)
    if page.alias_of_id:
        bound = meet(bound, PageAudience.objects.tokens_of(page.alias_of))
    if source:
        bound = meet(bound, source.effective.tokens)
    row, created = PageAudience.objects.get_or_create(
        translation_key=page.translation_key,
        defaults={
            "chosen": source.effective if source else None,
            "effective": Audience.objects.for_tokens(bound),
        },
    )
    forget()
    if not created and not is_narrower(row.effective.tokens, bound):
        refresh_page_audiences()
    if hasattr(page, "audience_origin") and origin != page.translation_key:
        page.audience_origin = page.translation_key
        type(page)._default_manager.filter(pk=page.pk).update(audience_origin=page.translation_key)


def keep_after_move(page: Page) -> None:
    """A page that moved keeps its audience, narrowed by its new place: moving never opens."""
    row = PageAudience.objects.get(translation_key=page.translation_key)
    row.chosen = row.effective
    row.save(update_fields=["chosen"])
    refresh_page_audiences()


@transaction.atomic
def replace_token(old: str, new: str) -> None:
    """Let those who hold `new` see what was for those who hold `old`: two records become one.

    Every audience with the old token gets the new one in its place, or is replaced by the row that
    already has these tokens.
    """
    for audience in Audience.objects.filter(grants__token=old):
        wanted = Audience.objects.for_tokens(audience.tokens - {old} | {new})
        for relation in Audience._meta.get_fields(include_hidden=True):
            if relation.one_to_many and relation.related_model is not Grant:
                rows = relation.related_model._base_manager
                name = relation.field.name
                rows.filter(**{name: audience}).update(**{name: wanted})
        audience.delete()
    forget()


def forget_page(page: Page) -> None:
    """Drop the row of a page when its last language is gone."""
    if not Page.objects.filter(translation_key=page.translation_key).exists():
        PageAudience.objects.filter(translation_key=page.translation_key).delete()
