"""What a receipt is called: a reference for the telephone, and the secret of its address."""

import secrets

# No letter or digit that sounds or looks like another on the telephone.
ALPHABET = "2345679ACEFHJKLMNPQRTUVWXY"


def new_token() -> str:
    """The secret part of an address that is its own key: 24 random bytes."""
    return secrets.token_urlsafe(24)


def new_reference(letter: str) -> str:
    """« C-7KQ4-2M »: short enough to be read aloud. `letter` says what sort of thing it is."""
    letters = "".join(secrets.choice(ALPHABET) for _position in range(6))
    return f"{letter}-{letters[:4]}-{letters[4:]}"
