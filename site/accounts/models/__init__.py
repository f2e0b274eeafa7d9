from accounts.models.membership import NetworkMembership
from accounts.models.notification import Notification, NotificationChoice
from accounts.models.user import User

__all__ = ["NetworkMembership", "Notification", "NotificationChoice", "User"]
