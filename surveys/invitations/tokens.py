"""The secret part of a person's own link: 128 bits that follow from the invitation and the installation's secret.

They are never stored, only a hash that finds the invitation. So a stack of letters can be printed again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import uuid

from surveys import identity


def token_of(secret: bytes, invitation: uuid.UUID) -> str:
    bits = hmac.digest(secret, b"invitation:" + invitation.bytes, "sha256")[:16]
    return base64.urlsafe_b64encode(bits).rstrip(b"=").decode()


def hash_of(token: str) -> str | None:
    """What is stored of a token; ``None`` for what cannot be one."""
    bits = identity.key_bytes(token)
    return None if bits is None else hashlib.sha256(b"invitation:" + bits).hexdigest()
