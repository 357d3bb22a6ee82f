"""How worries are sealed: each under a key of its own, so that its words can go while the record of it stays.

The keys are sealed under our secret. What a seal tells of when it was made is the day alone.
"""

from __future__ import annotations

import datetime as dt

from cryptography.fernet import Fernet, InvalidToken

from surveys.field_sealing import fernet


def new_key(secret: bytes, today: dt.date) -> str:
    """The key of a new worry, sealed."""
    return _sealed(fernet(secret, b"worry"), Fernet.generate_key(), today)


def seal(words: str, key: str, secret: bytes, today: dt.date) -> str:
    """Raises ``InvalidToken`` when another secret sealed the key."""
    return _sealed(_of(key, secret), words.encode(), today)


def opened(sealed: str, key: str, secret: bytes) -> str | None:
    """``None`` when another secret sealed them."""
    try:
        return _of(key, secret).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def seal_contact(reach: str, secret: bytes, today: dt.date) -> str:
    """How to reach somebody: under another key than words, so that what opens words does not open this."""
    return _sealed(fernet(secret, b"worry-contact"), reach.encode(), today)


def opened_contact(sealed: str, secret: bytes) -> str | None:
    try:
        return fernet(secret, b"worry-contact").decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _of(key: str, secret: bytes) -> Fernet:
    # Worries of before there were keys of their own are sealed under the one that now seals the keys.
    ours = fernet(secret, b"worry")
    return Fernet(ours.decrypt(key.encode())) if key else ours


def _sealed(key: Fernet, content: bytes, today: dt.date) -> str:
    midnight = dt.datetime.combine(today, dt.time(), dt.UTC)
    return key.encrypt_at_time(content, int(midnight.timestamp())).decode()
