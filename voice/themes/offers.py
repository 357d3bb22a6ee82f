"""Groups of voices that no theme fits, offered as new themes, and what people decided about them.

Functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from voice.evidence.may_read import MayRead
from voice.evidence.tables import Voice
from voice.evidence.translated import translations_of
from voice.themes import campaigns
from voice.themes.changes import Change, ChangeProblem, proposed_id
from voice.themes.drafting import begin, draft, ids_ever_used, make
from voice.themes.frames import FrameTheme, frame_in_use
from voice.themes.looking import Group, Groups, Unthemed
from voice.themes.standing import JOINED
from voice.themes.tables import NewThemeOffer, NewThemeSearch

State = Literal["offered", "accepted", "merged", "rejected"]

ALIKE = 0.5
"""A group that shares more than so much of its voices with a rejected one is the same, and is not offered anew."""

LONGEST_NAME = 120


class Offer(msgspec.Struct, frozen=True):
    """``theme_id`` is the theme that it became or went into. ``decided_by`` is empty while it is offered."""

    id: uuid.UUID
    term: str
    name: str
    words: tuple[str, ...]
    voices: tuple[uuid.UUID, ...]
    typical: tuple[uuid.UUID, ...]
    atypical: tuple[uuid.UUID, ...]
    state: State
    theme_id: str
    decided_by: uuid.UUID | None
    decided_on: dt.date | None


class LastLook(msgspec.Struct, frozen=True):
    """``term`` is empty for all terms; ``remainder`` are voices that stand in no group."""

    term: str
    voices: int
    remainder: int
    looked_by: uuid.UUID
    looked_on: dt.date


class Example(msgspec.Struct, frozen=True):
    text: str
    language: str
    respondent_kind: str


async def unthemed(term: str, reads: MayRead) -> list[Unthemed]:
    """Voices that may be read and that no theme fits: a person said so, or the machine while nobody did. Of a campaign
    one: copies are no theme."""
    in_term = ' AND v."term" = {}' if term else ""
    rows = await Voice.raw(
        f'SELECT v."id" AS "voice", v."text" AS "text", v."language" AS "language" FROM "voice" AS v {JOINED} '  # noqa: S608
        f'{campaigns.JOINED} LEFT JOIN "quote_decision" AS d ON d."voice" = v."id" '
        f'WHERE v."text" IS NOT NULL AND {campaigns.COUNTS} '
        'AND CASE WHEN c."settled" THEN c."themes" = \'\' ELSE g."outcome" = \'none_fits\' END '
        f'AND {reads.sql}{in_term} ORDER BY v."id"',
        *reads.values,
        *([term] if term else []),
    )
    known = {_uuid(row["voice"]): row for row in rows}
    translated = await translations_of([id for id, row in known.items() if row["language"] != "en"])
    english = {id: each.text for id, found in translated.items() for each in found if each.language == "en"}
    return [Unthemed(id, english.get(id, row["text"])) for id, row in known.items()]


async def keep(found: Groups, term: str, many: int, *, by: uuid.UUID, today: dt.date) -> None:
    """What a look found takes the place of what was offered before it. What was decided stays."""
    await NewThemeOffer.delete().where(NewThemeOffer.state == "offered")
    rejected = [set(each.voices) for each in await offers() if each.state == "rejected"]
    for group in found.groups:
        if not any(_same(set(group.voices), before) for before in rejected):
            await NewThemeOffer.insert(_offer(group, term))
    await NewThemeSearch.delete(force=True)
    frame = await frame_in_use()
    await NewThemeSearch.insert(
        NewThemeSearch(
            id=uuid.uuid4(),
            term=term,
            frame=frame.version,
            voices=many,
            remainder=found.remainder,
            looked_by=by,
            looked_on=today,
        )
    )


async def offers() -> list[Offer]:
    """All offers, the largest first."""
    found = [_read(row) for row in await NewThemeOffer.select()]
    return sorted(found, key=lambda each: (-len(each.voices), each.name, each.id))


async def last_look() -> LastLook | None:
    row = await NewThemeSearch.select().first()
    if row is None:
        return None
    return LastLook(row["term"], row["voices"], row["remainder"], _uuid(row["looked_by"]), row["looked_on"])


async def examples(voices: Iterable[uuid.UUID], reads: MayRead) -> dict[uuid.UUID, Example]:
    """The words of these voices, of those that this reader may read."""
    ids = list(dict.fromkeys(voices))
    if not ids:
        return {}
    rows = await Voice.raw(
        'SELECT v."id" AS "id", v."text" AS "text", v."language" AS "language", '  # noqa: S608
        'v."respondent_kind" AS "respondent_kind" FROM "voice" AS v '
        'LEFT JOIN "quote_decision" AS d ON d."voice" = v."id" WHERE v."text" IS NOT NULL '
        f'AND v."id" IN ({", ".join(["{}"] * len(ids))}) AND {reads.sql}',
        *ids,
        *reads.values,
    )
    return {_uuid(row["id"]): Example(row["text"], row["language"], row["respondent_kind"]) for row in rows}


async def offer(id: uuid.UUID) -> Offer | None:
    row = await NewThemeOffer.select().where(NewThemeOffer.id == id).first()
    return _read(row) if row else None


async def rename(of: Offer, name: str) -> None:
    if not name or len(name) > LONGEST_NAME:
        raise ChangeProblem("no_name" if not name else "long_name")
    await NewThemeOffer.update({NewThemeOffer.name: name}).where(NewThemeOffer.id == of.id)


async def accept(of: Offer, name: str, keywords: tuple[str, ...], *, by: uuid.UUID, today: dt.date) -> None:
    """It becomes a theme of the draft, which is begun if there is none. Raises ``ChangeProblem``."""
    await begin(by=by, today=today)
    now = await draft()
    assert now is not None, "it was begun in this unit"
    taken = await ids_ever_used() | {each.theme_id for each in now.themes}
    made = FrameTheme(proposed_id(name, taken), name, "", keywords)
    await make([Change("add", (), (made,))], seen=now.seen)
    await _decided(of, "accepted", made.theme_id, name, by=by, today=today)


async def merge(of: Offer, theme_id: str, keywords: tuple[str, ...], *, by: uuid.UUID, today: dt.date) -> None:
    """Its words become keywords of a theme of the draft. Raises ``ChangeProblem``."""
    await begin(by=by, today=today)
    now = await draft()
    assert now is not None, "it was begun in this unit"
    theme = now.find(theme_id)
    if theme is None:
        raise ChangeProblem("gone", theme_id)
    more = tuple(dict.fromkeys((*theme.keywords, *keywords)))
    if more != theme.keywords:
        made = msgspec.structs.replace(theme, keywords=more)
        await make([Change("describe", (theme_id,), (made,))], seen=now.seen)
    await _decided(of, "merged", theme_id, of.name, by=by, today=today)


async def reject(of: Offer, *, by: uuid.UUID, today: dt.date) -> None:
    await _decided(of, "rejected", "", of.name, by=by, today=today)


async def _decided(of: Offer, state: State, theme_id: str, name: str, *, by: uuid.UUID, today: dt.date) -> None:
    await NewThemeOffer.update(
        {
            NewThemeOffer.state: state,
            NewThemeOffer.theme_id: theme_id,
            NewThemeOffer.name: name,
            NewThemeOffer.decided_by: by,
            NewThemeOffer.decided_on: today,
        }
    ).where(NewThemeOffer.id == of.id)


def _same(one: set[uuid.UUID], other: set[uuid.UUID]) -> bool:
    return bool(one) and len(one & other) > ALIKE * len(one)


def _offer(group: Group, term: str) -> NewThemeOffer:
    return NewThemeOffer(
        id=uuid.uuid4(),
        term=term,
        name=group.name[:LONGEST_NAME],
        words=";".join(each.replace(";", " ") for each in group.words),
        voices=_joined(group.voices),
        typical=_joined(group.typical),
        atypical=_joined(group.atypical),
        state="offered",
        theme_id="",
    )


def _read(row: Mapping[str, Any]) -> Offer:
    return Offer(
        id=_uuid(row["id"]),
        term=row["term"],
        name=row["name"],
        words=tuple(filter(None, row["words"].split(";"))),
        voices=_ids(row["voices"]),
        typical=_ids(row["typical"]),
        atypical=_ids(row["atypical"]),
        state=row["state"],
        theme_id=row["theme_id"],
        decided_by=_uuid(row["decided_by"]) if row["decided_by"] else None,
        decided_on=row["decided_on"],
    )


def _joined(ids: Sequence[uuid.UUID]) -> str:
    return ";".join(map(str, ids))


def _ids(joined: str) -> tuple[uuid.UUID, ...]:
    return tuple(map(uuid.UUID, filter(None, joined.split(";"))))


def _uuid(found: object) -> uuid.UUID:
    return uuid.UUID(str(found))
