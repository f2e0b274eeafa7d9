"""The shared calendar: events and their dates, moderation, feeds."""
