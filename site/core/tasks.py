from core.jobs import job
from core.retention import forget_expired


@job
def forget() -> None:
    """What is no longer to be kept goes; see `core.retention`."""
    forget_expired()
