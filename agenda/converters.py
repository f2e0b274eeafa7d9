"""Days in addresses."""

import datetime as dt


class DayConverter:
    """« 2026-03-12 »."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        """Raises `ValueError` for a day that does not exist: 404."""
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date) -> str:
        return value.isoformat()
