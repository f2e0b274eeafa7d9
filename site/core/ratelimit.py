"""How often somebody may send a public form: counted per address, in the cache that all processes
share. The limits stand in `ACCOUNT_RATE_LIMITS`, beside those of the sign-in."""

from allauth.core import ratelimit
from django.http import HttpRequest


def is_too_often(request: HttpRequest, action: str, *, key: str | None = None) -> bool:
    """Counts one more try of `action` by this address; True when it is one too many. For a limit
    « per key », `key` names what is counted."""
    return not ratelimit.consume(request, action=action, key=key)
