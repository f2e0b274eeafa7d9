"""What follows a sign-in, a new password and a change of factors, whichever of allauth's screens
it came from."""

from allauth.account.signals import password_reset, user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_removed

from accounts.addresses import confirm
from accounts.second_factor import renew_day
from accounts.session_length import begin_session


def connect() -> None:
    user_logged_in.connect(sign_in_began)
    password_reset.connect(link_was_followed)
    authenticator_added.connect(factor_was_added)
    authenticator_removed.connect(factor_was_removed)


def sign_in_began(request, user, **kwargs) -> None:
    begin_session(request)
    renew_day(user, grace=True)


def link_was_followed(user, **kwargs) -> None:
    """The link came by mail: its reader owns the address."""
    confirm(user)


def factor_was_added(user, **kwargs) -> None:
    renew_day(user, grace=True)


def factor_was_removed(user, **kwargs) -> None:
    """Removing is no way to begin the days of grace anew."""
    renew_day(user, grace=False)
