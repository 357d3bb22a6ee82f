"""A forum's term: what its approved sessions said together, and what happened since with what it asked for before.

Every function that is async runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection, Mapping

import msgspec

from analysis.disclosure import FLOOR, floor_counts
from surveys.terms import term_of, term_order
from voice.capture.sessions.approving import load_report
from voice.capture.sessions.report import Line, Report
from voice.capture.sessions.tables import Session, SessionAsk

LONGEST_HAPPENED = 2000


class HappenedTooLong(Exception):
    def __init__(self, line: uuid.UUID, length: int) -> None:
        super().__init__(line)
        self.line = line
        self.length = length


class ForumTerm(msgspec.Struct, frozen=True, kw_only=True):
    """``waiting`` is how many sessions were held whose report the group has not agreed to."""

    key: str
    forum: str
    term: str
    approved: int
    waiting: int


class Ask(msgspec.Struct, frozen=True):
    """Something that was asked for, and what happened since; empty while nobody has written it."""

    line: Line
    session: uuid.UUID
    happened: str


class ForumReport(msgspec.Struct, frozen=True, kw_only=True):
    """``reports`` are those that the group agreed to, by day. ``term_before`` is the latest earlier term with such
    reports, or empty; ``asked_before`` is what was asked for then."""

    key: str
    forum: str
    term: str
    reports: tuple[Report, ...]
    waiting: int
    term_before: str
    asked_before: tuple[Ask, ...]

    @property
    def asks(self) -> tuple[Line, ...]:
        return tuple(line for report in self.reports for line in report.asks)

    def people(self) -> tuple[tuple[int | None, ...], int | None]:
        """How many people came to each session, and to all; ``None`` where a small number would be told.

        A person who comes twice counts twice.
        """
        totals = [_total(report) for report in self.reports]
        hidden = [people for people, shown in totals if not shown]
        # One hidden number alone would follow from the sum, and so would two that are small together.
        may_add_up = not hidden or (len(hidden) > 1 and sum(hidden) >= FLOOR)
        each = tuple(people if shown else None for people, shown in totals)
        return each, sum(people for people, _ in totals) if may_add_up else None


def _total(report: Report) -> tuple[int, bool]:
    heads = {f"{each.who}-{each.age_band}": each.people for each in report.record.heads}
    return sum(heads.values()), floor_counts(heads).total is not None


def key_of(forum: str) -> str:
    """What the address calls a forum, whose name may hold any letter. Case and spaces make no difference."""
    return hashlib.sha256(_plain(forum).encode()).hexdigest()[:16]


def _plain(forum: str) -> str:
    return " ".join(forum.casefold().split())


async def forum_terms(*, by: uuid.UUID, sees: Collection[uuid.UUID]) -> list[ForumTerm]:
    """The forums that this member of staff may read, term by term; the latest term first. ``sees`` are the sessions
    of others that they may open.

    Whoever has planned a session of a forum reads its reports, as the group has agreed to them.
    """
    rows = await Session.select(Session.id, Session.forum, Session.held_on, Session.stage, Session.planned_by).where(
        Session.forum != "", Session.stage != "planned"
    )
    own = {key_of(row["forum"]) for row in rows if row["id"] in sees or row["planned_by"] == by}
    names: dict[str, str] = {}
    counted: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        if (key := key_of(row["forum"])) in own:
            names.setdefault(key, row["forum"])
            of_term = counted.setdefault((key, term_of(row["held_on"])), [0, 0])
            of_term[0 if row["stage"] == "approved" else 1] += 1
    found = [
        ForumTerm(key=key, forum=names[key], term=term, approved=approved, waiting=waiting)
        for (key, term), (approved, waiting) in counted.items()
    ]
    return sorted(found, key=lambda each: (term_order(each.term), each.forum), reverse=True)


async def load_forum(key: str, term: str, *, by: uuid.UUID, sees: Collection[uuid.UUID]) -> ForumReport | None:
    """The report of a forum's term; ``None`` when there is none that this member of staff may read."""
    terms = {each.term: each for each in await forum_terms(by=by, sees=sees) if each.key == key}
    if term not in terms:
        return None
    before = [each for each in terms if term_order(each) < term_order(term) and terms[each].approved]
    term_before = max(before, key=term_order) if before else ""
    reports = await _approved(key, term)
    return ForumReport(
        key=key,
        forum=terms[term].forum,
        term=term,
        reports=reports,
        waiting=terms[term].waiting + terms[term].approved - len(reports),
        term_before=term_before,
        asked_before=await _asked(await _approved(key, term_before)) if term_before else (),
    )


async def _approved(key: str, term: str) -> tuple[Report, ...]:
    rows = await Session.select(Session.id, Session.forum, Session.held_on).where(Session.stage == "approved")
    ids = [
        row["id"]
        for row in sorted(rows, key=lambda row: (row["held_on"], str(row["id"])))
        if row["forum"] and key_of(row["forum"]) == key and term_of(row["held_on"]) == term
    ]
    reports = [(await load_report(id))[0] for id in ids]
    return tuple(report for report in reports if report.approved_on is not None)


async def asks_of(report: Report) -> tuple[Ask, ...]:
    """What was asked for in one report, and what happened since."""
    return await _asked((report,))


async def _asked(reports: tuple[Report, ...]) -> tuple[Ask, ...]:
    rows = await SessionAsk.select().where(SessionAsk.session.is_in([each.record.id for each in reports]))
    happened = {row["line"]: row["happened"] for row in rows}
    return tuple(Ask(line, report.record.id, happened.get(line.id, "")) for report in reports for line in report.asks)


async def keep_happened(report: ForumReport, happened: Mapping[uuid.UUID, str], *, today: dt.date) -> None:
    """Keeps what happened since with what was asked for before. Raises :class:`HappenedTooLong`, and then nothing is
    kept."""
    for line, words in happened.items():
        if len(words) > LONGEST_HAPPENED:
            raise HappenedTooLong(line, len(words))
    for ask in report.asked_before:
        words = happened.get(ask.line.id, ask.happened)
        if words != ask.happened:
            await SessionAsk.delete().where(SessionAsk.line == ask.line.id)
            if words:
                await SessionAsk.insert(
                    SessionAsk(line=ask.line.id, session=ask.session, happened=words, written_on=today)
                )
