"""National and bis numbers: every valid one in every notation, and none besides."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.beneficiaries import Reason, look_at

EXAMPLES = settings(max_examples=400, deadline=None)
BIS = (0, 20, 40)  # what a bis number adds to the month
NOTATIONS = [
    *("{a}.{b}.{c}-{d}.{e}", "{a}{b}{c}{d}{e}", "{a}{b}{c}-{d}-{e}", "{a} {b} {c} {d} {e}"),
    *("{a}/{b}/{c} {d} {e}", "{a}-{b}-{c}-{d}-{e}", "{a}.{b}.{c}.{d}.{e}", "{a}{b}{c} {d} {e}"),
    *("{a}{b}{c}.{d}.{e}", "{a}{b}{c}-{d}{e}", "{a}{b}{c} {d}{e}", "{a}.{b}.{c}-{d}{e}"),
    *(
        "{a}.{b}.{c} - {d}.{e}",
        "{a}/{b}/{c}-{d}/{e}",
        "{a}{b}{c}{d}-{e}",
        "{a}. {b}. {c} - {d}. {e}",
    ),
    *("{a}.{b}.{c}-\n{d}.{e}", "{a}_{b}_{c}_{d}_{e}"),
]
SPACES = " \u00a0\u2009\u202f\u2007\t\u3000"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212\u00ad-\uff0d\u2043"
DIGITS = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"]
INVISIBLE = ["", "\u200b", "\u200d", "\u2060", "\ufeff", "\u200e", "\u00ad"]
BEFORE = [
    *("", "NISS:", "INSZ ", "n°", "RN=", "abc", "é", "(", "«", ", ", "…", "№", "12, ", "page 3 : "),
    *("né le ", "numéro national\u00a0: ", "<", "#", "/", "-", ".", "RRN\n", "tél. 02 123 45 67, "),
]
AFTER = [
    *(
        "",
        ".",
        ",",
        ")",
        "»",
        "abc",
        "é",
        "!",
        " est le sien",
        "/",
        "-",
        ", 3 enfants",
        "\n02 123 45 67",
    ),
    *("<", ";", "…", " (2026)", ", rue Gray 12"),
]


def check_digits(first: int, century: int) -> int:
    """97 less the rest of the nine digits by 97; a 2 stands before them from the year 2000 on."""
    return 97 - (first + (2_000_000_000 if century == 20 else 0)) % 97


@st.composite
def national_numbers(draw) -> str:
    """The eleven digits of a number somebody may bear: both centuries, national and bis."""
    born = draw(st.dates(dt.date(1900, 1, 1), dt.date.today()))
    month = born.month + draw(st.sampled_from(BIS))
    first = f"{born.year % 100:02}{month:02}{born.day:02}{draw(st.integers(1, 998)):03}"
    return f"{first}{check_digits(int(first), born.year // 100):02}"


def noted(notation: str, digits: str) -> str:
    a, b, c, d, e = digits[:2], digits[2:4], digits[4:6], digits[6:9], digits[9:]
    return notation.format(a=a, b=b, c=c, d=d, e=e)


@st.composite
def written(draw, number: st.SearchStrategy[str]) -> str:
    """A number as people, programs and word processors write it."""
    digits = draw(number)
    text = noted(draw(st.sampled_from(NOTATIONS)), digits)
    space, dash = draw(st.sampled_from(SPACES)), draw(st.sampled_from(DASHES))
    text = text.replace(" ", space).replace("-", dash)
    text = text.translate(str.maketrans("0123456789", draw(st.sampled_from(DIGITS))))
    place = draw(st.integers(0, len(text)))
    return text[:place] + draw(st.sampled_from(INVISIBLE)) + text[place:]


def reasons(text: str) -> list[Reason]:
    return [found.reason for found in look_at(text)]


@EXAMPLES
@given(written(national_numbers()), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_every_valid_number_is_found_in_every_notation(number, before, after):
    assert Reason.NATIONAL_NUMBER in reasons(before + number + after)


@EXAMPLES
@given(national_numbers(), st.integers(1, 96), st.sampled_from(NOTATIONS), st.sampled_from(BEFORE))
def test_a_number_with_wrong_check_digits_is_never_found(number, off, notation, before):
    first, last = int(number[:9]), (int(number[9:]) + off - 1) % 97 + 1
    right = {check_digits(first, 19), check_digits(first, 20)}
    digits = f"{number[:9]}{last:02}"
    if last not in right:
        assert Reason.NATIONAL_NUMBER not in reasons(before + noted(notation, digits))


@EXAMPLES
@given(national_numbers(), st.text("0123456789", min_size=1, max_size=9), st.booleans())
def test_no_number_is_seen_inside_a_longer_one(number, more, in_front):
    assert reasons(more + number if in_front else number + more) == []


SHAPES = [
    *(
        "BE## #### #### ####",
        "BE##############",
        "NL## ABNA #### #### ##",
        "FR## #### #### #### #### #### ###",
    ),
    *("BE 0###.###.###", "BE0#########", "0###.###.###", "+++###/####/#####+++", "###-#######-##"),
    *("ISBN 978-2-##-######-#", "978##########", "02/###.##.##", "02 ### ## ##", "+32 2 ### ## ##"),
    *("0470 ## ## ##", "047#/##.##.##", "+32 4## ## ## ##", "+324########", "0032 4## ## ## ##"),
    *(
        "+32 (0)4## ## ## ##",
        "2023-####",
        "IX-2024-####-A",
        "##/##/20## de # h à ## h",
        "## ###,## €",
    ),
]


@EXAMPLES
@given(st.data(), st.sampled_from(SHAPES))
def test_accounts_companies_books_telephones_and_orders_are_none(data, shape):
    digits = data.draw(st.text("0123456789", min_size=shape.count("#"), max_size=shape.count("#")))
    taken = iter(digits)
    text = "".join(next(taken) if character == "#" else character for character in shape)
    assert reasons(f"Voir {text}, merci.") == []


@pytest.mark.parametrize("notation", ["+{}", "+{} {} {} {} {}", "00 {} {} {} {} {}", "0032{}"])
def test_a_mobile_with_its_country_is_no_bis_number(notation):
    first = 324_701_123  # born on 1 July 1932, and +32 470 11 23…
    digits = f"{first}{check_digits(first, 19):02}"
    assert Reason.NATIONAL_NUMBER in reasons(digits)
    groups = digits[:2], digits[2:5], digits[5:7], digits[7:9], digits[9:]
    text = notation.format(*(groups if notation.count("{") > 1 else [digits]))
    assert reasons(text.replace("003232", "0032")) == []


def test_two_numbers_are_two():
    found = look_at("85.07.30-033.28 98.47.28-997.65 17 07 30 033 84")
    assert [one.passage for one in found] == [
        "85.07.30-033.28",
        "98.47.28-997.65",
        "17 07 30 033 84",
    ]


@pytest.mark.parametrize("text", ["85.13.30-033.28", "85.07.30-033.29", "12345678901"])
def test_what_nobody_bears_is_none(text):
    assert look_at(text) == []
