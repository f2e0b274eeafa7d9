"""The mails of sign-in, read as a person reads them."""

import re

from django.core import mail

from tests.conftest import run_commit_hooks

CODE = re.compile(r"^(\d{4} \d{4})$", re.MULTILINE)


def letters() -> list:
    """What has left, once the jobs that wait for the commit are done."""
    run_commit_hooks()
    return mail.outbox


def last_code() -> str:
    return CODE.search(letters()[-1].body).group(1)


def wrong(code: str) -> str:
    """Another code of the same shape."""
    digits = code.replace(" ", "")
    return f"{(int(digits) + 1) % 10**8:08}"
