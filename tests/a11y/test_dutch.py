"""Every screen in Dutch, for the eye, the keyboard and those who listen to it."""

import pytest

from tests.screens import NAMES

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LANGUAGE = "nl"


@pytest.mark.parametrize("name", NAMES)
def test_a_screen_holds_for_everybody(sheets, reader, name):
    problems = reader.read(sheets[name])
    assert not problems, "\n".join([sheets[name].address, *problems])
