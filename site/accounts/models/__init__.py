from accounts.models.membership import NetworkMembership
from accounts.models.user import User

__all__ = ["NetworkMembership", "User"]
