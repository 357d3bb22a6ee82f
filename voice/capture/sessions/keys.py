"""The key of a big screen: whoever holds it sees what the room may see, and can change nothing."""

from __future__ import annotations

import base64
import hmac
import uuid


def board_key(secret: bytes, session: uuid.UUID) -> str:
    """The session's id with 128 bits that only this server can make."""
    return base64.urlsafe_b64encode(session.bytes + _seal(secret, session)).rstrip(b"=").decode()


def session_of(secret: bytes, key: str) -> uuid.UUID | None:
    """The session of a big screen's key, or ``None`` for a key that was made up."""
    try:
        bits = base64.b64decode(key + "=" * (-len(key) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    if len(bits) != 32:
        return None
    id = uuid.UUID(bytes=bits[:16])
    return id if hmac.compare_digest(bits[16:], _seal(secret, id)) else None


def _seal(secret: bytes, session: uuid.UUID) -> bytes:
    return hmac.digest(secret, b"board:" + session.bytes, "sha256")[:16]
