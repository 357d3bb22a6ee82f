"""What happened to what somebody said, for whoever holds the reference.

It shows what came of all that was said in the survey and term, and marks nothing of it as this person's: a reference
can be found by somebody else. Nothing is stored when one is looked at. Functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec

from surveys.identity import read_code
from surveys.references import Referred, read_reference, referred
from surveys.tables import Submission
from surveys.terms import NAMES, term_of, term_order
from voice.capture.sessions import planning
from voice.capture.sessions.approving import load_report
from voice.capture.sessions.forums import Ask, asks_of
from voice.capture.sessions.planning import RoomSession, UnknownSession
from voice.published.item import Item
from voice.published.reading import published

SETTLED = ("done", "cannot", "stopped")
"""Outcomes that are an answer: nothing more is to come."""


class Way(msgspec.Struct, frozen=True):
    """How far what everybody said has come. ``waits`` says that something is still to be done or decided."""

    read: bool
    counted: bool
    decided: bool
    done: bool
    waits: bool


class SurveyReceipt(msgspec.Struct, frozen=True):
    """What came of a survey in a term; ``items`` are what was published about it."""

    said: Referred
    way: Way
    items: tuple[Item, ...]


class SessionReceipt(msgspec.Struct, frozen=True):
    """What came of a session. ``asks`` are what the group asked for, where they agreed that it may be quoted;
    ``asked`` is how much that was."""

    title: str
    language: str
    held_on: dt.date
    agreed: bool
    asks: tuple[Ask, ...]
    asked: int
    way: Way
    items: tuple[Item, ...]


class Receipts(msgspec.Struct, frozen=True):
    """What a reference leads to. ``reference`` is empty for what cannot be one."""

    reference: str
    surveys: tuple[SurveyReceipt, ...] = ()
    sessions: tuple[SessionReceipt, ...] = ()

    @property
    def is_known(self) -> bool:
        return bool(self.surveys or self.sessions)


async def receipts(written: str, *, secret: bytes) -> Receipts:
    """What a reference as somebody wrote it down leads to: answers to a survey, or the session of a code."""
    reference = read_reference(written)
    if not reference:
        return Receipts("")
    known = await published()
    surveys = [await _of_survey(said, known) for said in await referred(reference)]
    try:
        session = await planning.by_code(secret, read_code(written))
    except UnknownSession:
        return Receipts(reference, tuple(surveys))
    is_over = session.stage in ("ended", "approved")
    return Receipts(reference, tuple(surveys), (await _of_session(session, known),) if is_over else ())


async def _of_survey(said: Referred, known: tuple[Item, ...]) -> SurveyReceipt:
    items = tuple(each for each in known if each.came_of(said.survey, said.term))
    return SurveyReceipt(said, await _way(said.round, said.term, items), items)


async def _of_session(session: RoomSession, known: tuple[Item, ...]) -> SessionReceipt:
    report, _ = await load_report(session.id)
    asks = await asks_of(report)
    lines = {str(ask.line.id) for ask in asks}
    items = tuple(
        each for each in known if str(session.id) in each.keys("session") or not lines.isdisjoint(each.keys("line"))
    )
    way = await _way(session.id, term_of(session.plan.held_on), items)
    agreed = report.approved_on is not None
    done = way.done or any(ask.happened for ask in asks)
    return SessionReceipt(
        title=session.plan.title,
        language=session.plan.language,
        held_on=session.plan.held_on,
        agreed=agreed,
        asks=asks if agreed and report.permitted == "quote" else (),
        asked=len(asks),
        way=msgspec.structs.replace(way, decided=way.decided or done, done=done),
        items=items,
    )


async def _way(origin: uuid.UUID, term: str, items: tuple[Item, ...]) -> Way:
    settled = [each for each in items if each.outcome in SETTLED]
    counted = await _is_there('SELECT 1 AS "found" FROM "theme_summary" WHERE "term" = {} AND "number" > 0', term)
    return Way(
        read=counted
        or bool(items)
        or await _is_there(
            'SELECT 1 AS "found" FROM "voice" AS v JOIN "voice_coding" AS c ON c."voice" = v."id" '
            'WHERE v."origin" = {} LIMIT 1',
            origin,
        ),
        counted=counted or bool(items),
        decided=bool(items),
        done=bool(settled) or any(each.says("since", "en").text for each in items),
        waits=not items or len(settled) < len(items),
    )


async def _is_there(query: str, value: object) -> bool:
    return bool(await Submission.raw(query, value))


def next_term(today: dt.date) -> str:
    """The key of the term after this one: then there is more to tell."""
    year, place = term_order(term_of(today))
    after = year * len(NAMES) + place + 1
    return f"{after // len(NAMES)}-{NAMES[after % len(NAMES)]}"
