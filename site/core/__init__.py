"""The foundation: pages, files, visibility. It knows no domain."""

__version__ = "0.1.0"
