from coordination.welcome.models.charter import Charter
from coordination.welcome.models.invitation import Invitation
from coordination.welcome.models.request import Request

__all__ = ["Charter", "Invitation", "Request"]
