"""A stream that only the holder of a key reads, and that cannot be altered, cut or lengthened
unseen: libsodium's secretstream, keyed by Argon2id."""

from typing import BinaryIO

import nacl.pwhash
import nacl.utils
from nacl import bindings
from nacl.exceptions import CryptoError

MAGIC = b"maillage-scelle-1\n"
CHUNK = 64 * 1024  # bytes of clear text
MIN_KEY = 16  # characters
SALT = nacl.pwhash.argon2id.SALTBYTES
HEADER = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
EXTRA = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
MORE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
LAST = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL


class SealError(Exception):
    """Another key, or bytes that are not those that were written."""


def _derived(key: str, salt: bytes) -> bytes:
    return nacl.pwhash.argon2id.kdf(
        bindings.crypto_secretstream_xchacha20poly1305_KEYBYTES,
        key.encode(),
        salt,
        opslimit=nacl.pwhash.argon2id.OPSLIMIT_MODERATE,
        memlimit=nacl.pwhash.argon2id.MEMLIMIT_INTERACTIVE,
    )


class SealedWriter:
    """A file to write to; `close` puts the seal that says that nothing is missing."""

    def __init__(self, target: BinaryIO, key: str) -> None:
        salt = nacl.utils.random(SALT)
        self.state = bindings.crypto_secretstream_xchacha20poly1305_state()
        header = bindings.crypto_secretstream_xchacha20poly1305_init_push(
            self.state, _derived(key, salt)
        )
        target.write(MAGIC + salt + header)
        self.target = target
        self.waiting = bytearray()

    def write(self, data: bytes) -> int:
        self.waiting += data
        while len(self.waiting) > CHUNK:
            self._push(bytes(self.waiting[:CHUNK]), MORE)
            del self.waiting[:CHUNK]
        return len(data)

    def close(self) -> None:
        self._push(bytes(self.waiting), LAST)
        self.waiting.clear()

    def _push(self, data: bytes, tag: int) -> None:
        push = bindings.crypto_secretstream_xchacha20poly1305_push
        self.target.write(push(self.state, data, tag=tag))


class SealedReader:
    """A file to read from. Raises `SealError` at the first byte that is not right, and at an end
    that comes too early or too late."""

    def __init__(self, source: BinaryIO, key: str) -> None:
        start = source.read(len(MAGIC) + SALT + HEADER)
        if not start.startswith(MAGIC) or len(start) != len(MAGIC) + SALT + HEADER:
            raise SealError
        salt, header = start[len(MAGIC) : len(MAGIC) + SALT], start[len(MAGIC) + SALT :]
        self.state = bindings.crypto_secretstream_xchacha20poly1305_state()
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(
            self.state, header, _derived(key, salt)
        )
        self.source = source
        self.waiting = bytearray()
        self.is_over = False

    def read(self, size: int = -1) -> bytes:
        while not self.is_over and (size < 0 or len(self.waiting) < size):
            self._pull()
        size = len(self.waiting) if size < 0 else size
        data = bytes(self.waiting[:size])
        del self.waiting[:size]
        return data

    def _pull(self) -> None:
        pull = bindings.crypto_secretstream_xchacha20poly1305_pull
        sealed = self.source.read(CHUNK + EXTRA)
        try:
            data, tag = pull(self.state, sealed)
        except (CryptoError, ValueError) as error:
            raise SealError from error
        self.waiting += data
        if tag == LAST:
            if self.source.read(1):
                raise SealError
            self.is_over = True
