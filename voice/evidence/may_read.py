"""Which voices somebody may read, as a condition of every query that returns what was said.

Counts are of all voices. Words are shown only where what was promised allows it, and the role of the reader does.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import msgspec

from voice.people.roles import Role

EVERYTHING_PERMITTED = frozenset({Role.OFFICER, Role.ANALYST, Role.ADMINISTRATOR})

READABLE = ("read", "quote")
"""What a voice may be used for when its words may be read; of others, only that they were said is counted."""

QUOTED = (("permitted", ("quote",)), ("decision", ("released",)))


class MayRead(msgspec.Struct, frozen=True):
    """``sql`` is a condition on ``voice`` as ``v`` and ``quote_decision`` as ``d``, with its ``values``.

    ``words`` is whether the words themselves may be read, and recordings heard; else only quotes as released.
    ``within`` says the same of the kinds that are counted, so that no voice is asked for in vain: by dimension, the
    values one of which a voice has. It is empty where the database must be asked, and what fulfils ``sql`` is little.
    """

    sql: str
    values: tuple[Any, ...]
    words: bool
    within: tuple[tuple[str, tuple[str, ...]], ...] = ()


def may_read(role: Role, member: uuid.UUID, *, today: dt.date) -> MayRead:
    """What a member of staff may read today."""
    in_time = '(v."expires_on" IS NULL OR v."expires_on" >= {})'
    readable = "v.\"permitted\" IN ('read', 'quote')"
    if role in EVERYTHING_PERMITTED:
        return MayRead(f"{readable} AND {in_time}", (today,), words=True, within=(("permitted", READABLE),))
    if role is Role.FACILITATOR:
        own = 'v."source" = \'session\' AND v."origin" IN (SELECT "id" FROM "session" WHERE "planned_by" = {})'
        return MayRead(f"{readable} AND {own} AND {in_time}", (member, today), words=True)
    if role is Role.LEAD:
        released = "v.\"permitted\" = 'quote' AND d.\"decision\" = 'released'"
        return MayRead(f"{released} AND {in_time}", (today,), words=False, within=QUOTED)
    return nobody_reads()


def nobody_reads() -> MayRead:
    """For those who see counts of many, and nothing of what anybody said."""
    return MayRead("1 = 0", (), words=False)
