"""What went, noted as it goes, and its traces taken out of the files afterwards. See ``voice/storage/store.py``.

Functions whose docstring says so run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from typing import Literal

import msgspec

from voice.privacy.tables import Forgotten
from voice.storage import Store, StoreUnavailable

What = Literal["round", "permission", "request", "time"]

log = logging.getLogger("voice.privacy")


class Gone(msgspec.Struct, frozen=True):
    """Something that went; the fields are those of the table ``forgotten``."""

    what: What
    about: str
    term: str
    done_on: dt.date
    people: int
    files: int
    traces_gone_on: dt.date | None


async def note(what: What, about: str, *, today: dt.date, people: int, files: int = 0, term: str = "") -> None:
    """Notes that something went, in the unit that deletes it: what a stop cuts short is known to have begun.

    What goes in several pieces on a day is one line.
    """
    changed = await Forgotten.raw(
        'UPDATE "forgotten" SET "people" = "people" + {}, "files" = "files" + {}, "traces_gone_on" = NULL '
        'WHERE "what" = {} AND "about" = {} AND "term" = {} AND "done_on" = {} RETURNING "id"',
        people,
        files,
        what,
        about,
        term,
        today,
    )
    if not changed:
        await Forgotten.insert(
            Forgotten(id=uuid.uuid4(), what=what, about=about, term=term, done_on=today, people=people, files=files)
        )


async def gone() -> list[Gone]:
    """All that went, the last first, in a unit."""
    rows = await Forgotten.select(*(getattr(Forgotten, name) for name in Gone.__struct_fields__)).order_by(
        Forgotten.done_on, Forgotten.about, Forgotten.term, ascending=False
    )
    return [Gone(**row) for row in rows]


async def take_traces_out(store: Store, *, today: dt.date) -> bool:
    """Takes out of the files what went since this was done last, and returns whether all of it is out.

    Where the database has no room for it now, it is logged and tried again at the next tidying.
    """

    async def still_to_do() -> list[tuple[uuid.UUID, int]]:
        rows = await Forgotten.select(Forgotten.id, Forgotten.people).where(Forgotten.traces_gone_on.is_null())
        return [(row["id"], row["people"]) for row in rows]

    async def done() -> None:
        for id, people in waiting:  # more may have gone meanwhile
            await Forgotten.update({Forgotten.traces_gone_on: today}).where(
                Forgotten.id == id, Forgotten.people == people
            )

    waiting = await store.read(still_to_do)
    try:
        # Answers that are not sent yet come and go all the time: of them, only the journal keeps anything.
        await (store.leave_no_traces() if waiting else store.empty_journal())
    except StoreUnavailable as problem:
        log.error("what was deleted may still stand in unused parts of the database's files: %s", problem)
        return False
    await store.write(done)
    return True
