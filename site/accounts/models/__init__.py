from accounts.models.data_export import DataExport
from accounts.models.membership import NetworkMembership
from accounts.models.notification import Notification, NotificationChoice
from accounts.models.user import User

__all__ = ["DataExport", "NetworkMembership", "Notification", "NotificationChoice", "User"]
