"""Voices come into the evidence bank, and go from it. Functions run inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Literal

import msgspec

from surveys.terms import term_of
from voice.evidence import transcripts
from voice.evidence.indexing import index, one_after_the_other
from voice.evidence.tables import Voice

Source = Literal["survey", "session", "review", "drop_box", "tell_us"]
Form = Literal["text", "audio", "drawing", "photo", "symbols"]
Permitted = Literal["count", "read", "quote"]

AT_ONCE = 40
"""Rows of one statement: SQLite takes 999 values."""


class NewVoice(msgspec.Struct, frozen=True, kw_only=True):
    """A voice that may count from now on. The fields are those of :class:`voice.evidence.tables.Voice`.

    ``said_on`` is a day (``2026-11-18``) or a month (``2026-11``). ``term`` follows from it when it is left empty.
    """

    id: uuid.UUID
    source: Source
    origin: uuid.UUID
    said_on: str
    language: str
    respondent_kind: str
    said_by: str
    asked: str
    person: uuid.UUID | None = None
    concept: str = ""
    text: str | None = None
    form: Form = "text"
    file: uuid.UUID | None = None
    age_band: str = ""
    need: str = ""
    setting: str = ""
    heard_by: str = ""
    permitted: Permitted = "read"
    expires_on: dt.date | None = None
    term: str = ""


async def keep(voices: Sequence[NewVoice]) -> None:
    """Stores voices. A voice that is there already is replaced, so that what came twice stands once.

    A transcript that somebody accepted for it stays its words.
    """
    await one_after_the_other()
    for start in range(0, len(voices), AT_ONCE):
        some = voices[start : start + AT_ONCE]
        ids = [voice.id for voice in some]
        await Voice.delete().where(Voice.id.is_in(ids))
        await Voice.raw(
            f'INSERT INTO "voice" ({_COLUMNS}) VALUES {", ".join([_PLACES] * len(some))}',  # noqa: S608
            *(value for voice in some for value in _row(voice)),
        )
        await transcripts.put_back(ids)
    await index([voice.id for voice in voices])


_FIELDS = NewVoice.__struct_fields__
_COLUMNS = ", ".join(f'"{name}"' for name in _FIELDS)
_PLACES = f"({', '.join(['{}'] * len(_FIELDS))})"


def _row(voice: NewVoice) -> tuple[object, ...]:
    return tuple(
        _term(voice.said_on) if name == "term" and not voice.term else getattr(voice, name) for name in _FIELDS
    )


def _term(said_on: str) -> str:
    return term_of(dt.date.fromisoformat(said_on if len(said_on) > 7 else f"{said_on}-01"))
