"""A passkey without a device: answers what a browser would (W3C WebAuthn, « none » attestation)."""

import hashlib
import json
import secrets
import struct
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.utils import websafe_encode

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


@dataclass
class Passkey:
    """One key for one site. `verifies` says whether the device asks for a finger or a PIN."""

    origin: str = "http://localhost"
    rp: str = "localhost"
    verifies: bool = True
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def create(self, challenge: str) -> str:
        """What is sent to add this key, as JSON."""
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        shown = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor.encode(public)
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(WITH_KEY) + shown}
        response = {
            "attestationObject": websafe_encode(cbor.encode(attestation)),
            "clientDataJSON": websafe_encode(self._client("webauthn.create", challenge)),
        }
        return self._answer(response, {"credProps": {"rk": True}})

    def get(self, challenge: str, user_handle: bytes = b"") -> str:
        """What is sent to prove that one has this key, as JSON."""
        data, client = self._data(0), self._client("webauthn.get", challenge)
        signed = data + hashlib.sha256(client).digest()
        response = {
            "authenticatorData": websafe_encode(data),
            "clientDataJSON": websafe_encode(client),
            "signature": websafe_encode(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
            "userHandle": websafe_encode(user_handle),
        }
        return self._answer(response, {})

    def _data(self, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(self.rp.encode()).digest() + bytes([flags]) + bytes(4)

    def _client(self, kind: str, challenge: str) -> bytes:
        words = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(words).encode()

    def _answer(self, response: dict, extensions: dict) -> str:
        name = websafe_encode(self.id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "clientExtensionResults": extensions,
                "response": response,
            }
        )
