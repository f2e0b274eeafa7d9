from core.visibility import reach_of


def can_read_mails(user) -> bool:
    """Whoever oversees a network reads the mails that went to a folder instead of to people."""
    return bool(reach_of(user).networks)
