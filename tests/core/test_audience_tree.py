"""The tree and the audience: whatever is done to pages, nobody sees more than before."""

import random

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale, Page

from core.models import PageAudience
from core.services.audience import ceiling_of, set_page_audience, would_widen
from core.visibility import MEMBER, TOP, can_see, is_narrower
from home.models import StandardPage
from tests.people import Role, make_group


def tokens_of(page) -> frozenset[str]:
    return PageAudience.objects.tokens_of(page)


def below(parent, slug: str, tokens=None, actor=None) -> StandardPage:
    page = StandardPage(title=slug, slug=slug)
    Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
    page.save_revision().publish()
    if tokens is not None:
        set_page_audience(actor=actor, page=page, tokens=tokens)
    return page


@pytest.fixture
def boss(people):
    return people[Role.COORDINATOR]


def check_invariants() -> None:
    for page in Page.objects.filter(depth__gt=1):
        parent = page.get_parent()
        if parent.depth > 1:
            assert is_narrower(tokens_of(page), tokens_of(parent)), f"{page} wider than its parent"
        if page.alias_of_id:
            assert is_narrower(tokens_of(page), tokens_of(page.alias_of)), f"alias {page}"


@pytest.mark.parametrize("seed", range(8))
def test_no_sequence_of_changes_opens_a_page(network, boss, seed):
    choose = random.Random(seed)
    group = make_group(network, "autre", "Autre").group
    audiences = [TOP, {MEMBER}, {f"group:{group.pk}"}, {"group:1", "org:1"}, set()]
    dutch = Locale.objects.get(language_code="nl")
    pages = [below(network.home, f"p{number}") for number in range(3)]
    for step in range(14):
        page = StandardPage.objects.get(pk=choose.choice(pages).pk)
        other = Page.objects.get(pk=choose.choice(pages).pk).specific
        before, loose = tokens_of(page), not other.is_descendant_of(page) and other != page
        action = choose.choice(["add", "audience", "copy", "move", "alias", "translate"])
        if action == "add":
            pages.append(below(page, f"n{step}"))
        elif action == "audience":
            wanted = choose.choice(audiences)
            if is_narrower(wanted, ceiling_of(page)):
                set_page_audience(actor=boss, page=page, tokens=wanted)
        elif action == "copy" and loose and other.locale_id == page.locale_id:
            sources = {p.title: tokens_of(p) for p in page.get_descendants(inclusive=True)}
            copy = page.copy(recursive=True, to=other, update_attrs={"slug": f"c{step}"})
            for made in copy.get_descendants(inclusive=True):
                assert is_narrower(tokens_of(made), sources[made.title])
            pages.append(copy)
        elif action == "move" and loose and other.locale_id == page.locale_id:
            page.move(other, pos="last-child")
            assert is_narrower(tokens_of(page), before)
        elif action == "alias" and loose:
            alias = page.create_alias(parent=other, update_slug=f"a{step}")
            assert is_narrower(tokens_of(alias), before)
        elif (
            action == "translate"
            and page.locale_id != dutch.pk
            and page.get_translation_or_none(dutch) is None
        ):
            twin = page.copy_for_translation(dutch, copy_parents=True)
            assert is_narrower(tokens_of(twin), before)
        check_invariants()


def test_a_page_is_never_wider_than_the_one_above(network, boss):
    private = below(network.home, "prive", {MEMBER}, boss)
    child = below(private, "enfant")
    with pytest.raises(ValidationError, match="plus ouverte"):
        set_page_audience(actor=boss, page=child, tokens=TOP)
    assert tokens_of(child) == {MEMBER}


def test_narrowing_a_page_narrows_what_lies_below_in_both_languages(network, boss):
    parent = below(network.home, "parent")
    child = below(parent, "enfant")
    twin = child.copy_for_translation(Locale.objects.get(language_code="nl"), copy_parents=True)
    set_page_audience(actor=boss, page=parent, tokens={MEMBER})
    assert tokens_of(child) == tokens_of(twin) == {MEMBER}
    assert not can_see(None, twin)


def test_widening_the_page_above_gives_back_what_was_chosen_below(network, boss):
    parent = below(network.home, "parent", {MEMBER}, boss)
    open_child, closed_child = below(parent, "ouvert"), below(parent, "ferme", {"group:1"}, boss)
    set_page_audience(actor=boss, page=parent, tokens=TOP)
    assert tokens_of(open_child) == TOP
    assert tokens_of(closed_child) == {"group:1"}


def test_restoring_an_old_draft_does_not_bring_its_audience_back(network, boss):
    page = below(network.home, "page")
    old = page.save_revision()
    set_page_audience(actor=boss, page=page, tokens={MEMBER})
    old.as_object().save_revision().publish()
    assert tokens_of(page) == {MEMBER}


def test_a_page_without_a_row_is_seen_by_nobody(network, people):
    page = below(network.home, "page")
    PageAudience.objects.filter(translation_key=page.translation_key).delete()
    assert not can_see(None, page)
    assert not can_see(people[Role.MEMBER], page)


def test_the_row_goes_with_the_last_language(network):
    page = below(network.home, "page")
    twin = page.copy_for_translation(Locale.objects.get(language_code="nl"))
    page.delete()
    assert PageAudience.objects.filter(translation_key=twin.translation_key).exists()
    Page.objects.get(pk=twin.pk).delete()
    assert not PageAudience.objects.filter(translation_key=twin.translation_key).exists()


def test_only_a_member_of_a_group_gives_something_to_it(network, people):
    page = below(network.home, "page")
    with pytest.raises(ValidationError, match="dont vous n’êtes pas"):
        set_page_audience(actor=people[Role.EDITOR], page=page, tokens={"group:999"})


def test_widening_is_noticed(network, boss):
    page = below(network.home, "page", {MEMBER}, boss)
    assert would_widen(page, TOP)
    assert not would_widen(page, {"group:1"})
