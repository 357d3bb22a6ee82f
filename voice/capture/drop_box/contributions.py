"""Contributions: added, split into voices, and taken in or refused by a person. Functions run inside a unit of the
store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from voice.capture.drop_box.pieces import LeftOut, Piece, Reading
from voice.capture.drop_box.splitting import Splitting, voices_in
from voice.capture.drop_box.tables import Contribution, ContributionPart
from voice.evidence.keeping import NewVoice, Permitted, keep

Way = Literal["words", "file", "mail", "open"]
Stage = Literal["draft", "waiting", "kept", "refused"]
Fate = Literal["kept", "same", "left_out"]

PARTNER_KINDS = ("council", "icb", "pcf", "sendias", "school", "hospital", "charity", "other")
DAYS_A_DRAFT_IS_KEPT = 30
HEARD, TOLD = "What did people say to a partner?", "What do you want to tell us?"
"""What was asked, in English: see :class:`voice.evidence.tables.Voice`."""

_PARTS_AT_ONCE = 60


class NoSuchContribution(Exception):
    """There is none with this id, or it is decided already."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a contribution; the fields are those of the table."""

    partner: str = ""
    partner_kind: str = ""
    heard_on: str
    respondent_kind: str = "other"
    said_by: str = "own_words"
    language: str
    age_band: str = ""
    setting: str = ""
    permitted: Permitted = "read"
    expires_on: dt.date | None = None


class ContributionState(msgspec.Struct, frozen=True, kw_only=True):
    id: uuid.UUID
    source: Literal["drop_box", "tell_us"]
    way: Way
    stage: Stage
    about: About
    pieces: tuple[Piece, ...]
    left_out: tuple[LeftOut, ...]
    splitting: Splitting
    came_on: str
    added_by: uuid.UUID | None
    digest: str

    @property
    def is_open(self) -> bool:
        return self.stage in ("draft", "waiting")


class PartState(msgspec.Struct, frozen=True):
    id: uuid.UUID
    text: str
    alike: uuid.UUID | None
    likeness: float


class Decided(msgspec.Struct, frozen=True):
    """What a person decided on one part; ``text`` are its words with some of them hidden."""

    fate: Fate
    text: str = ""


async def add(
    id: uuid.UUID,
    about: About,
    reading: Reading,
    *,
    source: Literal["drop_box", "tell_us"],
    way: Way,
    stage: Literal["draft", "waiting"],
    came_on: str,
    by: uuid.UUID | None = None,
    digest: str = "",
    splitting: Splitting = "whole",
) -> None:
    """Adds a contribution, split as ``splitting`` says; one without pieces was left out whole, and has no parts.

    Raises :class:`DropBoxProblem` as :func:`split` does.
    """
    await Contribution.insert(
        Contribution(
            id=id,
            source=source,
            way=way,
            stage=stage,
            pieces=msgspec.json.encode(reading.pieces).decode(),
            left_out=msgspec.json.encode(reading.left_out).decode(),
            splitting=splitting,
            came_on=came_on,
            added_by=by,
            digest=digest,
            **msgspec.structs.asdict(about),
        )
    )
    await _put_parts(id, voices_in(reading.pieces, splitting) if reading.pieces else ())


async def load(id: uuid.UUID) -> ContributionState:
    """Raises :class:`NoSuchContribution`."""
    row = await Contribution.select().where(Contribution.id == id).first()
    if row is None:
        raise NoSuchContribution
    return ContributionState(
        id=row["id"],
        source=row["source"],
        way=row["way"],
        stage=row["stage"],
        about=msgspec.convert({name: row[name] for name in About.__struct_fields__}, About),
        pieces=msgspec.json.decode(row["pieces"], type=tuple[Piece, ...]),
        left_out=msgspec.json.decode(row["left_out"], type=tuple[LeftOut, ...]),
        splitting=row["splitting"],
        came_on=row["came_on"],
        added_by=row["added_by"],
        digest=row["digest"],
    )


async def with_digest(digest: str) -> bool:
    """Whether something with this digest came in already."""
    return await Contribution.exists().where(Contribution.digest == digest)


async def parts_of(id: uuid.UUID) -> list[PartState]:
    """The parts that wait for a decision, in their order."""
    rows = (
        await ContributionPart.select()
        .where(ContributionPart.contribution == id, ContributionPart.fate == "waiting")
        .order_by(ContributionPart.place)
    )
    return [PartState(row["id"], row["text"] or "", row["alike"], row["likeness"]) for row in rows]


async def describe(id: uuid.UUID, about: About) -> None:
    """Keeps what is known of a contribution, as it was corrected."""
    values = {getattr(Contribution, name): value for name, value in msgspec.structs.asdict(about).items()}
    await Contribution.update(values).where(Contribution.id == id)


async def split(id: uuid.UUID, splitting: Splitting, columns: Mapping[int, int | None]) -> None:
    """Splits a contribution anew. ``columns`` says for the place of a table's piece which of its columns is used.

    Raises :class:`NoSuchContribution`, and :class:`DropBoxProblem` ``too_many_parts``, ``nothing_left`` or
    ``part_too_long``.
    """
    found = await load(id)
    if not found.is_open:
        raise NoSuchContribution
    pieces = tuple(
        msgspec.structs.replace(piece, column=columns.get(place, piece.column)) if piece.columns else piece
        for place, piece in enumerate(found.pieces)
    )
    voices = voices_in(pieces, splitting)
    await ContributionPart.delete().where(ContributionPart.contribution == id)
    written = msgspec.json.encode(pieces).decode()
    await Contribution.update({Contribution.splitting: splitting, Contribution.pieces: written}).where(
        Contribution.id == id
    )
    await _put_parts(id, voices)


async def _put_parts(id: uuid.UUID, voices: Sequence[str]) -> None:
    made = [
        ContributionPart(
            id=uuid.uuid4(), contribution=id, place=place, text=text, alike=None, likeness=0.0, fate="waiting"
        )
        for place, text in enumerate(voices, start=1)
    ]
    for start in range(0, len(made), _PARTS_AT_ONCE):
        await ContributionPart.insert(*made[start : start + _PARTS_AT_ONCE])


async def take_in(
    id: uuid.UUID, decided: Mapping[uuid.UUID, Decided], *, by: uuid.UUID, today: dt.date
) -> Sequence[uuid.UUID]:
    """Makes voices of the parts that are kept, and returns their ids. The words stay in the voices alone.

    Raises :class:`NoSuchContribution` when it is decided already, or was split anew meanwhile.
    """
    found = await load(id)
    parts = await parts_of(id)
    if not found.is_open or {part.id for part in parts} != set(decided):
        raise NoSuchContribution
    kept = [part.id for part in parts if decided[part.id].fate == "kept"]
    await keep([_voice(found, each, decided[each].text, several=len(parts) > 1) for each in kept])
    for part in parts:
        fate = decided[part.id].fate
        await ContributionPart.update({ContributionPart.fate: fate, ContributionPart.text: None}).where(
            ContributionPart.id == part.id
        )
    await _decide(id, "kept", by=by, today=today)
    return kept


def _voice(found: ContributionState, id: uuid.UUID, text: str, *, several: bool) -> NewVoice:
    about = found.about
    told = found.source == "tell_us"
    return NewVoice(
        id=id,
        source=found.source,
        origin=found.id,
        # Parts of what one person told us are that person's; what partners heard may be anybody's.
        person=found.id if told and several else None,
        said_on=about.heard_on,
        language=about.language,
        respondent_kind=about.respondent_kind,
        said_by=about.said_by,
        asked=TOLD if told else HEARD,
        text=text,
        age_band=about.age_band,
        setting=about.setting,
        heard_by=about.partner,
        permitted=about.permitted,
        expires_on=about.expires_on,
    )


async def refuse(id: uuid.UUID, *, by: uuid.UUID, today: dt.date) -> None:
    """Keeps the decision that it is not for us, and deletes its words. Raises :class:`NoSuchContribution`."""
    if not (await load(id)).is_open:
        raise NoSuchContribution
    await ContributionPart.delete().where(ContributionPart.contribution == id)
    await _decide(id, "refused", by=by, today=today)


async def _decide(id: uuid.UUID, stage: Stage, *, by: uuid.UUID, today: dt.date) -> None:
    await Contribution.update(
        {
            Contribution.stage: stage,
            Contribution.pieces: "[]",
            Contribution.decided_by: by,
            Contribution.decided_on: today,
        }
    ).where(Contribution.id == id)


async def forget(ids: Sequence[uuid.UUID]) -> None:
    """Takes contributions away with their parts; their voices are somebody else's to forget."""
    await ContributionPart.delete().where(ContributionPart.contribution.is_in(list(ids)))
    await Contribution.delete().where(Contribution.id.is_in(list(ids)))
