"""What the record says of one thing that somebody did. Nothing of it is about people who answer."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from enum import StrEnum
from typing import Literal

import msgspec

Actor = Literal["member", "program", "command", "nobody"]


class Act(StrEnum):
    SAW = "saw"
    CHANGED = "changed"
    RELEASED = "released"
    EXPORTED = "exported"
    SIGNED_IN = "signed_in"
    REFUSED = "refused"
    """A password or a second factor that was wrong for a member that there is, or a page that was not theirs."""


class Entry(msgspec.Struct, frozen=True):
    """``kind`` is a code such as ``voice``; ``key`` says which one, and is empty for a list or for all of them.

    ``detail`` is a code too: the button that was pressed, the role that was given, the way of signing in.
    """

    act: Act
    kind: str
    key: str = ""
    detail: str = ""
    actor: Actor = "member"
    who: uuid.UUID | None = None
    organisation: uuid.UUID | None = None


class Row(msgspec.Struct, frozen=True):
    """An entry as it stands in the record."""

    number: int
    at: str
    actor: str
    who: uuid.UUID | None
    organisation: uuid.UUID | None
    act: str
    kind: str
    key: str
    detail: str
    hash: str
    mark: str


LONGEST = 200
_CODE = re.compile(r"[\w.:/@+=,-]*", re.ASCII)


def code(written: str) -> str:
    """``written`` if it is a code, and ``?`` if it could be words: an address may hold what somebody typed."""
    return written if len(written) <= LONGEST and _CODE.fullmatch(written) else "?"


def written_at(now: dt.datetime) -> str:
    """A time as it stands in the record, to the second."""
    return now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
