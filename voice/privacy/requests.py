"""What people ask for about what we keep of them: taken in, found, answered within a month, and told what came of it.

Functions that are async run inside a unit of the store.
"""

from __future__ import annotations

import calendar
import datetime as dt
import uuid
from typing import Literal, get_args

import msgspec

from surveys.field_sealing import Locked, opened, seal
from voice.privacy.erasing import Line
from voice.privacy.finding import Clue
from voice.privacy.tables import PersonRequest
from voice.storage.one_at_a_time import one_at_a_time

Kind = Literal["access", "erasure"]
KINDS: tuple[Kind, ...] = get_args(Kind)

PURPOSE = "person-request"
NUMBERING = 8_210_130
"""See ``voice/storage/one_at_a_time.py``: two that come at once get two numbers."""
MOST_CLUES = 10


class _Clues(msgspec.Struct, frozen=True):
    clues: tuple[Clue, ...]


class Asked(msgspec.Struct, frozen=True):
    """A request. ``clues`` is ``None`` when another secret sealed them, and empty once it is closed."""

    id: uuid.UUID
    number: int
    kind: Kind
    state: str
    asked_on: dt.date
    due_on: dt.date
    clues: tuple[Clue, ...] | None
    report: tuple[Line, ...]
    because: str
    closed_on: dt.date | None

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def name(self) -> str:
        return f"R{self.number}"


class NoSuchRequest(Exception):
    """There is none, or it is closed already."""


def month_after(day: dt.date) -> dt.date:
    """The last day to answer: the same day of the next month, or its last one (article 12(3) of the UK GDPR)."""
    year, month = divmod(day.year * 12 + day.month, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


async def take(kind: Kind, clue: Clue, *, by: uuid.UUID, secret: bytes, today: dt.date) -> uuid.UUID:
    await one_at_a_time(NUMBERING)
    rows = await PersonRequest.raw('SELECT COALESCE(MAX("number"), 0) + 1 AS "next" FROM "person_request"')
    id = uuid.uuid4()
    await PersonRequest.insert(
        PersonRequest(
            id=id,
            number=int(rows[0]["next"]),
            kind=kind,
            state="open",
            asked_on=today,
            due_on=month_after(today),
            sealed=seal(secret, PURPOSE, id, _Clues((clue,))),
            report="[]",
            because="",
            taken_by=by,
        )
    )
    return id


async def add_clue(request: Asked, clue: Clue, *, secret: bytes) -> None:
    """One more thing to find somebody by. Raises :class:`NoSuchRequest`."""
    clues = request.clues or ()
    if clue not in clues and len(clues) < MOST_CLUES:
        sealed = seal(secret, PURPOSE, request.id, _Clues((*clues, clue)))
        await PersonRequest.update({PersonRequest.sealed: sealed}).where(
            PersonRequest.id == request.id, PersonRequest.state == "open"
        )


async def load(id: uuid.UUID, *, secret: bytes) -> Asked:
    """Raises :class:`NoSuchRequest`."""
    row = await PersonRequest.select().where(PersonRequest.id == id).first()
    if row is None:
        raise NoSuchRequest
    return _asked(row, secret)


async def requests(*, secret: bytes) -> list[Asked]:
    """All of them, those that wait first, then the last first."""
    rows = await PersonRequest.select().order_by(PersonRequest.number, ascending=False)
    return sorted((_asked(row, secret) for row in rows), key=lambda each: not each.is_open)


async def close(
    id: uuid.UUID, state: Literal["done", "refused"], *, report: tuple[Line, ...], because: str = "",
    by: uuid.UUID, today: dt.date,
) -> None:  # fmt: skip
    """Closes it, and forgets what the person gave to be found by. Raises :class:`NoSuchRequest`."""
    rows = await PersonRequest.raw(
        'UPDATE "person_request" SET "state" = {}, "sealed" = {}, "report" = {}, "because" = {}, "closed_by" = {}, '
        '"closed_on" = {} WHERE "id" = {} AND "state" = {} RETURNING "id"',
        state,
        "",
        msgspec.json.encode(report).decode(),
        because,
        by,
        today,
        id,
        "open",
    )
    if not rows:
        raise NoSuchRequest


def _asked(row: dict[str, object], secret: bytes) -> Asked:
    fields = {name: row[name] for name in Asked.__struct_fields__ if name not in ("clues", "report")}
    return Asked(
        clues=_clues(row, secret),
        report=msgspec.json.decode(str(row["report"]), type=tuple[Line, ...]),
        **fields,  # type: ignore[arg-type]
    )


def _clues(row: dict[str, object], secret: bytes) -> tuple[Clue, ...] | None:
    if not row["sealed"]:
        return ()
    try:
        return opened(secret, PURPOSE, uuid.UUID(str(row["id"])), str(row["sealed"]), _Clues).clues
    except Locked:
        return None
