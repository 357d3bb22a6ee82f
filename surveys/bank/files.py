"""Pictures, recordings and films of questions: what is known of each. Their bytes lie apart from those of answers.

A file is never removed: the history and published versions may name it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import cast

import msgspec

from surveys.bank import changing, reading
from surveys.bank.checking import BankProblem
from surveys.bank.concepts import EDITIONS, Concept
from surveys.document import Edition
from surveys.stored_files import KnownFile
from surveys.tables import StoredFile

PICTURE, BSL, OPTION, AUDIO = "picture", "bsl", "option", "audio"


def places_of(concept: Concept) -> list[tuple[str, str]]:
    """Where a file can go, with the id of what is there.

    A place is ``picture``, ``bsl``, such as ``option:yes``, or such as ``audio:easy_read:en``.
    """
    return [
        (PICTURE, concept.picture),
        (BSL, concept.bsl),
        *((f"{OPTION}:{option.code}", option.picture) for option in concept.options),
        *(
            (f"{AUDIO}:{edition}:{language}", wording.audio)
            for edition in EDITIONS
            for language, wording in concept.wordings.get(edition, {}).items()
        ),
    ]


async def put(
    code: str, place: str, file: KnownFile | None, *, by: uuid.UUID | None, now: dt.datetime
) -> tuple[reading.Change, ...]:
    """Puts a file in one of the ``places_of`` a concept, or with ``None`` takes away what is there.

    Runs inside a unit. Raises ``BankProblem``: ``no_place``, and what ``surveys.bank.changing`` raises.
    """
    concept = await changing.held(code)
    if place not in dict(places_of(concept)):
        raise BankProblem("no_place", "place")
    if file is not None:
        await StoredFile.insert(
            StoredFile(id=file.id, media_type=file.media_type, bytes=file.bytes, seconds=file.seconds)
        )
    id = str(file.id) if file else ""
    kind, _, where = place.partition(":")
    if kind == AUDIO:
        edition, _, language = where.partition(":")
        return await _record(concept, cast("Edition", edition), language, id, by, now)
    if kind == PICTURE:
        after = msgspec.structs.replace(concept, picture=id)
    elif kind == BSL:
        after = msgspec.structs.replace(concept, bsl=id)
    else:
        options = tuple(
            msgspec.structs.replace(option, picture=id) if option.code == where else option
            for option in concept.options
        )
        after = msgspec.structs.replace(concept, options=options)
    return await changing.change_about(after, by=by, now=now)


async def _record(
    concept: Concept, edition: Edition, language: str, id: str, by: uuid.UUID | None, now: dt.datetime
) -> tuple[reading.Change, ...]:
    wording = concept.wordings[edition][language]
    after = msgspec.structs.replace(wording, audio=id)
    return await changing.change_wording(concept.code, edition, language, after, by=by, now=now)
