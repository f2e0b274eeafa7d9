"""Texts made to be slow: the work grows as the text does, no faster."""

import time

import pytest

from core.beneficiaries import look_at

LONG, SHORT = 100_000, 10_000  # characters
# Ten times the text: ten times the work. The square of it would be a hundred times.
MAX_GROWTH = 35
PIECES = [
    *(
        "1",
        "1 ",
        "11 11 11 111 11 ",
        "85.07.30-033.28 ",
        "85.07.30-033.27 ",
        "a",
        "A ",
        "A.",
        "M. ",
    ),
    *("Mme ", "Mme Dupont ", "née ", "née le ", "né à ", "née le 12/03/1981 ", "° ", "(*", "é"),
    *("rue ", "rue a", "rue Gray 12 ", "straat ", "12 rue a", "a'a-", "'", "-", "- ", "\n", "  "),
    *(
        "0470 ",
        "0470 12 34 56 ",
        "CPAS 0470 12 34 56 de Mme K.; ",
        "Mme K. 0470 12 34 56 ",
        "+32 ",
        "(0)",
        "00 ",
        "BE ",
        "\u200b",
    ),
    *(
        "Fatima B., rue Gray 12 bte 3\n",
        "Jan Peeters (12/03/1981) ",
        "né en 1981 le 3 mars",
        "1/1/",
    ),
    *("van der ", "D'", "e\u0301", "date de naissance ", "12 mars ", "habite ", "… ", "\ud800"),
]


def cost(text: str) -> float:
    """Processor time in seconds: what other programs do does not count."""
    before = time.process_time()
    look_at(text)
    return time.process_time() - before


@pytest.mark.parametrize("piece", PIECES)
def test_the_work_grows_as_the_text_does(piece):
    text = piece * (LONG // len(piece) + 1)
    least = 0.005  # below, the clock measures itself
    short = max(least, *(cost(text[:SHORT]) for _ in range(2)))
    # Python may tidy up its memory in the middle of one of them, which takes longer than the work.
    assert any(cost(text[:LONG]) <= MAX_GROWTH * short for _ in range(3))
