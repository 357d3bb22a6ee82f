"""A summary of a theme in a term, put together from what is stored: its numbers, and where they come from.

Functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

import msgspec

from surveys.document import Words
from surveys.terms import first_day
from voice.capture.sessions.tables import SessionAsk
from voice.evidence.tables import Voice
from voice.evidence.ways import titles
from voice.themes.frames import Frame, frame_in_use
from voice.themes.heard import Heard, MentionOf, feeling, heard, mentions_of, term_before, terms_heard
from voice.themes.naming import theme_names
from voice.themes.numbers import Numbers, compared, majority, numbers
from voice.themes.proposing import About, Asked
from voice.themes.tables import FrameChange

AT_ONCE = 400


class CameFrom(msgspec.Struct, frozen=True):
    """A survey or session of the term, or all that came in another way, with its first and last month."""

    source: str
    title: Words
    first: str
    last: str


class Break(msgspec.Struct, frozen=True):
    """A change of the code frame after which the numbers of a theme cannot be compared with those before."""

    version: int
    day: dt.date
    note: str


class Happened(msgspec.Struct, frozen=True):
    """What happened since with something that a group asked for in a session."""

    words: str
    day: dt.date


class Agreement(msgspec.Struct, frozen=True):
    """How far two coders agreed on a theme when each sorted the same voices alone: Cohen's kappa, and what is said of
    it (see ``analysis/agreement.py``)."""

    voices: int
    kappa: float
    verdict: str


class OftenSaid(msgspec.Struct, frozen=True):
    """A phrase that as many people as the floor, or more, say about the theme."""

    language: str
    words: str
    people: int


class Built(msgspec.Struct, frozen=True):
    """What a summary says in numbers. It is kept as it stands when a summary is released."""

    theme: str
    counted_on: dt.date
    numbers: Numbers
    came_from: tuple[CameFrom, ...]
    breaks: tuple[Break, ...]
    happened: tuple[Happened, ...]
    agreement: Agreement | None = None
    phrases: tuple[OftenSaid, ...] = ()


class InTheMaking(msgspec.Struct, frozen=True):
    """A summary with what is needed to choose its sentences: the voices about the theme, and those that may be quoted;
    ``others`` are about other themes. ``majority`` is how most people feel, for staff."""

    built: Built
    frame: Frame
    about: tuple[Heard, ...]
    others: tuple[Heard, ...]
    quotable: tuple[Heard, ...]
    mentions: dict[uuid.UUID, MentionOf]
    feelings: dict[uuid.UUID, str]
    majority: str


async def build(term: str, theme_id: str, *, today: dt.date) -> InTheMaking | None:
    """``None`` for a term in which nothing was said, or a theme that neither the frame nor any voice has."""
    known = await terms_heard()
    if term not in known:
        return None
    frame = await frame_in_use()
    voices = await heard(term, today=today)
    about = [each for each in voices if theme_id in each.standing.themes]
    if not about and all(each.theme_id != theme_id for each in frame.themes):
        return None
    mentions = await mentions_of(term, theme_id)
    feelings = {each.voice: feeling(each, mentions.get(each.voice)) for each in about}
    before = term_before(term, known)
    breaks = await breaks_of(theme_id, since=first_day(before) if before else first_day(term))
    compare = (
        compared(voices, await heard(before, today=today), theme_id, before, broken=bool(breaks)) if before else None
    )
    built = Built(
        theme=(await theme_names()).named(theme_id),
        counted_on=today,
        numbers=numbers(voices, theme_id, feelings, compare),
        came_from=await _came_from(voices),
        breaks=breaks,
        happened=await _happened(about),
    )
    others = tuple(each for each in voices if theme_id not in each.standing.themes)
    quotable = tuple(each for each in about if each.quotable)
    most = majority(about, feelings)
    return InTheMaking(built, frame, tuple(about), others, quotable, mentions, feelings, most)


async def breaks_of(theme_id: str, *, since: dt.date) -> tuple[Break, ...]:
    """Changes of a theme since a day that broke its line, in order."""
    rows = await FrameChange.raw(
        'SELECT c."version" AS "version", f."made_on" AS "day", c."note" AS "note", c."before" AS "before", '
        'c."after" AS "after" FROM "code_frame_change" AS c JOIN "code_frame_version" AS f ON f."number" = c."version" '
        'WHERE c."breaks" AND f."state" <> {} AND f."made_on" >= {} ORDER BY c."version", c."position"',
        "draft",
        since,
    )
    return tuple(
        msgspec.convert({"version": row["version"], "day": _day(row["day"]), "note": row["note"]}, Break)
        for row in rows
        if theme_id in (*row["before"].split(";"), *row["after"].split(";"))
    )


async def to_propose(making: InTheMaking, released: Collection[uuid.UUID]) -> Asked:
    """The sentences of which some may stand for the theme: of those that may be quoted, and of no others."""
    texts = await _texts([each.voice for each in making.quotable])
    sentences = []
    for each in making.quotable:
        text, mention = texts.get(each.voice, ""), making.mentions.get(each.voice)
        sentence = text[mention.start : mention.end] if mention else text
        if sentence.strip():
            felt = making.feelings.get(each.voice, "")
            sentences.append(
                About(each.voice, str(each.person), sentence, felt, each.score or 0.0, each.voice in released)
            )
    return Asked(making.majority, tuple(sentences))


async def _texts(voices: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    found: dict[uuid.UUID, str] = {}
    for start in range(0, len(voices), AT_ONCE):
        rows = await Voice.select(Voice.id, Voice.text).where(Voice.id.is_in(list(voices[start : start + AT_ONCE])))
        found |= {row["id"]: row["text"] or "" for row in rows}
    return found


async def _came_from(voices: Sequence[Heard]) -> tuple[CameFrom, ...]:
    """Of all that was heard in the term, so that nothing tells in which of them somebody spoke about the theme."""
    named = await titles({each.origin for each in voices if each.source in ("survey", "session")})
    months: dict[tuple[str, str], tuple[Words, list[str]]] = {}
    for each in voices:
        title = named.get(each.origin, {})
        place = (each.source, str(sorted(title.items())))
        months.setdefault(place, (title, []))[1].append(each.said_on[:7])
    return tuple(CameFrom(source, title, min(said), max(said)) for (source, _), (title, said) in sorted(months.items()))


async def _happened(about: Sequence[Heard]) -> tuple[Happened, ...]:
    lines = [each.voice for each in about if each.source == "session"]
    found: list[Happened] = []
    for start in range(0, len(lines), AT_ONCE):
        rows = await SessionAsk.select(SessionAsk.happened, SessionAsk.written_on).where(
            SessionAsk.line.is_in(lines[start : start + AT_ONCE])
        )
        found += [Happened(row["happened"], row["written_on"]) for row in rows if row["happened"]]
    return tuple(sorted(set(found), key=lambda each: (each.day, each.words)))


def _day(day: object) -> dt.date:
    return day if isinstance(day, dt.date) else dt.date.fromisoformat(str(day))
