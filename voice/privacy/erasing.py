"""What was found of somebody, counted; taken away with all that was made of it; and what of it stays, with why.

Functions whose docstring says so run inside a unit of the store.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from typing import Literal

import msgspec

from surveys import contact_wishes, retention, who_answered
from surveys.invitations import known_people
from surveys.translating.tables import TranslatedText
from voice.backups import erased as backups
from voice.capture.views import learning, sealed_files, spaces
from voice.evidence.forgetting import forget_meanings, forget_submissions, forget_what_came_late
from voice.evidence.tables import QuoteDecision, Suggestion, Transcript
from voice.privacy import forgotten
from voice.privacy.finding import Found
from voice.settings import Settings
from voice.storage import Store
from voice.storage.files import FileFolder
from voice.themes.tables import ThemeDecision

What = Literal[
    "sent", "answers", "files", "readings", "decisions", "quotes", "translations", "transcripts", "contacts",
    "replies", "asked", "choices", "left_alone", "wishes", "views", "learned", "shared", "cards",
]  # fmt: skip

Why = Literal["", "shared", "cards", "choices", "invited"]
"""Why something stays: two receipts have one reference; nobody can tell whose cards are whose; a key stays so that
nobody asks again; only the family may end the space."""


class Line(msgspec.Struct, frozen=True):
    """``found`` of a kind, and how many of these are ``gone``."""

    what: What
    found: int
    gone: int = 0
    why: Why = ""


async def counted(found: Found) -> tuple[Line, ...]:
    """How much of each kind there is, in a unit. Kinds of which there is nothing are left out."""
    named = await retention.answers_of(found.submissions) if found.submissions else []
    voices = [voice for voice, _ in named]
    person = found.person
    family = [each for each in found.spaces if each.opened.held.is_family]
    counts: dict[What, int] = {
        "sent": len(found.submissions),
        "answers": len(voices),
        "files": sum(file is not None for _, file in named),
        "readings": await _among(Suggestion, "voice", voices),
        "decisions": await _among(ThemeDecision, "voice", voices),
        "quotes": await _among(QuoteDecision, "voice", voices),
        "translations": await _among(TranslatedText, "answer", voices),
        "transcripts": await _among(Transcript, "voice", voices),
        "contacts": len(person.entries),
        "replies": len(person.replies),
        "asked": len(await known_people.asks_of(person.persons)),
        "choices": len(await known_people.choices_of(person.persons)),
        "left_alone": await known_people.quiet_times_of(person.families),
        "wishes": len(found.wishes),
        "views": sum(each.views for each in found.spaces),
        "learned": sum(len(each.voices) for each in found.spaces),
        "shared": len(found.shared),
        "cards": sum(each.cards for each in found.sessions),
    }
    why: dict[What, Why] = {"shared": "shared", "cards": "cards", "choices": "choices"}
    if len(family) < len(found.spaces):
        why |= {"views": "invited", "learned": "invited"}
    return tuple(Line(what, many, why=why.get(what, "")) for what, many in counts.items() if many)


async def _among(table: type, column: str, voices: Sequence[uuid.UUID]) -> int:
    return (
        int(await table.count().where(getattr(table, column).is_in(list(voices)))) if voices else 0  # type: ignore[attr-defined]
    )


class Erased(msgspec.Struct, frozen=True):
    """What went; ``files`` and ``sealed_files`` are to be removed from their folders."""

    lines: tuple[Line, ...]
    files: tuple[uuid.UUID, ...]
    sealed_files: tuple[uuid.UUID, ...]


async def erase(found: Found, *, about: str, secret: bytes, today: dt.date) -> Erased:
    """Takes away all of it that may go, in a unit. ``about`` is the number of the request."""
    # "Never ask again" needs a row, which the report counts as one that stays.
    await known_people.introduce(found.person, secret=secret)
    lines = await counted(found)
    await _noted_for_backups(found, secret=secret, today=today)
    files = await forget_submissions(found.submissions) if found.submissions else []
    await who_answered.forget(found.submissions, secret=secret)
    await known_people.forget(found.person, today=today)
    await contact_wishes.forget(found.wishes)
    sealed: list[uuid.UUID] = []
    for each in found.spaces:
        if each.opened.held.is_family:
            sealed += await spaces.end_space(each.opened.space)
            await learning.take_back(list(each.voices))
    await forgotten.note("request", about, today=today, people=1, files=len(files) + len(sealed))
    return Erased(
        lines=tuple(line if line.why else msgspec.structs.replace(line, gone=line.found) for line in lines),
        files=tuple(files),
        sealed_files=tuple(sealed),
    )


async def _noted_for_backups(found: Found, *, secret: bytes, today: dt.date) -> None:
    """What goes now does not come back with a backup from before: see ``voice/backups/erased.py``."""
    family = [each for each in found.spaces if each.opened.held.is_family]
    gone: dict[str, Collection[uuid.UUID | str]] = {
        "submission": found.submissions,
        "who_answered": [who_answered.found_by(secret, each) for each in found.submissions],
        "register_entry": found.person.entries,
        "person": found.person.persons,
        "family": found.person.families,
        "invitation_reply": found.person.replies,
        "contact_wish": found.wishes,
        "view_space": [each.opened.space for each in family],
        "voice": [voice for each in family for voice in each.voices],
    }
    for table, ids in gone.items():
        await backups.note(table, ids, today=today)


async def clear_up(store: Store, settings: Settings, erased: Erased) -> None:
    """Removes the files of what went, and what was being made of it meanwhile.

    The database's own files are written anew at the next tidying: it holds up everybody, so it is done once for many.
    """
    folder = FileFolder(settings.data)
    for id in erased.files:
        await asyncio.to_thread(folder.remove, id)
    await sealed_files.remove(sealed_files.folder_of(settings), list(erased.sealed_files))
    await forget_what_came_late(store)
    await asyncio.to_thread(forget_meanings, settings.data)
