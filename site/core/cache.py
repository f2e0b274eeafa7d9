"""The cache of files, safe between processes."""

from pathlib import Path

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks


class FileCache(FileBasedCache):
    """Django's, with an `add` that only one process wins.

    Django looks whether the key is there and then writes it: of two processes at once both win.
    allauth counts tries under a lock made of `add`; without this, guesses sent at the same moment
    to several processes would be counted as one.
    """

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        self._createdir()
        with (Path(self._dir) / "add.lock").open("w") as door:
            locks.lock(door, locks.LOCK_EX)  # until the file is closed
            return super().add(key, value, timeout, version)
