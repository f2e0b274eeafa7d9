"""What the block that says when makes of few words."""

import datetime as dt

import pytest

from agenda.enums import Frequency
from agenda.forms.timing import TimingForm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("first", "nth"),
    [
        *(("2026-06-01", 1), ("2026-06-07", 1), ("2026-06-08", 2), ("2026-06-21", 3)),
        # A fourth one is the fourth, even when it is the last of its month.
        *(("2026-06-22", 4), ("2026-06-28", 4), ("2026-06-29", -1), ("2026-06-30", -1)),
    ],
)
def test_each_month_means_the_same_one_as_the_first_date(first, nth):
    form = TimingForm({"first": first, "back": "other", "frequency": "months"})
    assert form.is_valid(), form.errors
    timing = form.timing
    assert (timing.frequency, timing.nth) == (Frequency.MONTHS, nth)
    assert timing.weekday_numbers == (dt.date.fromisoformat(first).isoweekday(),)
    assert form.timing.has_a_day()
