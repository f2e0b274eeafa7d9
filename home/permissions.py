from core.visibility import reach_of


def can_read_messages(user) -> bool:
    """Those who oversee a network read what is written to it."""
    return bool(reach_of(user).networks)
