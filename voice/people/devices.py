"""Devices that somebody signed in on. Each holds a cookie of 256 random bits, which says nothing about anybody.

Functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid

from voice.people.tables import KnownDevice

KNOWN_FOR = dt.timedelta(days=180)


def new_device() -> str:
    return secrets.token_urlsafe(32)


async def is_known(member: uuid.UUID, device: str, *, today: dt.date) -> bool:
    return bool(device) and await KnownDevice.exists().where(
        KnownDevice.device_hash == _hash(device), KnownDevice.member == member, KnownDevice.known_until >= today
    )


async def forget_expired(*, today: dt.date) -> None:
    await KnownDevice.delete().where(KnownDevice.known_until < today)


async def remember(member: uuid.UUID, device: str, *, today: dt.date) -> None:
    await KnownDevice.raw(
        'INSERT INTO "known_device" ("id", "device_hash", "member", "known_until") VALUES ({}, {}, {}, {}) '
        'ON CONFLICT ("device_hash", "member") DO UPDATE SET "known_until" = excluded."known_until"',
        uuid.uuid4(),
        _hash(device),
        member,
        today + KNOWN_FOR,
    )


async def forget_all(member: uuid.UUID) -> None:
    await KnownDevice.delete().where(KnownDevice.member == member)


def _hash(device: str) -> str:
    return hashlib.sha256(device.encode()).hexdigest()
