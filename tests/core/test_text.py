"""What people type, cleaned: nothing invisible, nothing lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold, tidy

JOINER = "\u200d"


@given(st.text(max_size=300), st.booleans())
def test_nothing_invisible_is_left(text, lines):
    clean = tidy(text, lines=lines)
    assert clean == unicodedata.normalize("NFC", clean)
    for character in clean:
        if character == JOINER or (lines and character == "\n"):
            continue
        assert unicodedata.category(character)[0] != "C", repr(character)
    assert "  " not in clean
    assert "\n\n\n" not in clean


@given(st.text(max_size=300), st.booleans())
def test_cleaning_twice_changes_nothing(text, lines):
    clean = tidy(text, lines=lines)
    assert tidy(clean, lines=lines) == clean


@given(st.text(alphabet="abcéèœ ’.,;:!?0123456789-«»", max_size=200))
def test_words_of_french_stay(text):
    assert tidy(text).split() == text.split()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Une\u200b maison\u202e ouverte\ufeff", "Une maison ouverte"),
        ("a\r\nb\r\rc\u2028d", "a b c d"),
        ("\uf0b7\tPremier point", "• Premier point"),
        ("zalgo\u0300\u0301\u0302\u0303\u0304\u0305", "zalg\u00f2\u0301\u0302\u0303"),
        ("famille 👨\u200d👩\u200d👧 !", "famille 👨\u200d👩\u200d👧 !"),
        ("café\u0301", "café\u0301"),
        ("cafe\u0301", "café"),
        ("\x00nul\x07", "nul"),
        ("mou\xadlin", "moulin"),
        ("\ud800seul", "seul"),
    ],
)
def test_odd_characters(typed, kept):
    assert tidy(typed) == kept


def test_lines_are_kept_where_they_mean_something():
    assert tidy(" un \r\n\r\n\r\n\r\n deux ", lines=True) == "un\n\ndeux"


def test_folding_ignores_what_people_forget():
    assert fold("L’Œuvre – Éléonore") == fold("l oeuvre eleonore")
