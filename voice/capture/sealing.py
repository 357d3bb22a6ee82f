"""Answers that wait on a tablet are sealed there: whoever finds or borrows the tablet cannot read them.

The tablet has the public half of a key pair alone; the other half comes from the installation's secret and
never leaves the server. For each person's answers the tablet makes a pair of its own (ECDH on P-256, HKDF with
SHA-256, AES-256-GCM: what browsers bring) and forgets it. ``static/src/scripts/offline-queue.js`` is the other side.
"""

from __future__ import annotations

import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
POINT, NONCE = 65, 12
"""Bytes: a sealed text is a public key, a nonce and what AES-GCM made of the text."""
USE = b"golden-thread offline answers"


class CannotOpen(Exception):
    """It was not sealed for this installation, or was changed since."""


def public_key(secret: bytes) -> bytes:
    """The half that tablets get: an uncompressed point of 65 bytes."""
    return _private_key(secret).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def opened(sealed: bytes, *, name: str, secret: bytes) -> bytes:
    """The text that was sealed under ``name``. Raises :class:`CannotOpen`."""
    point, nonce, text = sealed[:POINT], sealed[POINT : POINT + NONCE], sealed[POINT + NONCE :]
    try:
        shared = _private_key(secret).exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))
        return AESGCM(_key(shared)).decrypt(nonce, text, name.encode())
    except (ValueError, InvalidTag) as problem:
        raise CannotOpen from problem


def sealed(text: bytes, *, name: str, public: bytes, nonce: bytes) -> bytes:
    """What a tablet does, for tests and other clients. ``nonce`` is 12 random bytes."""
    own = ec.generate_private_key(CURVE)
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public))
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return point + nonce + AESGCM(_key(shared)).encrypt(nonce, text, name.encode())


def _key(shared: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=b"", info=USE).derive(shared)


def _private_key(secret: bytes) -> ec.EllipticCurvePrivateKey:
    number = int.from_bytes(hmac.digest(secret, b"offline-answers", "sha512"))
    return ec.derive_private_key(number % (ORDER - 1) + 1, CURVE)
