"""What a lead reads before a board: all on one page, every number from one place."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from analysis.changes import Change
from analysis.disclosure import FLOOR
from analysis.measures import Measure
from surveys.terms import first_day
from voice.actions.listing import Promises, promises
from voice.capture.reviews.participation import Participation, participation, school_year
from voice.comparing.before_after import Course, before_and_after
from voice.comparing.disagreeing import Pair, disagreements
from voice.fatigue import keeping
from voice.fatigue.figures import Measured
from voice.findings.counting import Counted, marks_of
from voice.findings.counting import counted as answers_counted
from voice.findings.favourable import OWN_LABEL
from voice.findings.keeping import kept
from voice.findings.matters import Matter, matters
from voice.findings.of_term import Findings, findings
from voice.findings.outcomes import Filed, filed
from voice.findings.targets import Reached, Target, reached, targets
from voice.findings.trends import Trend, trends
from voice.findings.watching import NOT_WATCHED, Seen, Watch, watched
from voice.published.time_to_answer import TimeToAnswer, time_to_answer
from voice.settings import Settings
from voice.storage import Store
from voice.unheard.gaps import Unheard, gaps


class Line(msgspec.Struct, frozen=True):
    """A measure in a term: how it stands, how it changed since the term before, and whether it is where it shall be."""

    trend: Trend
    now: Measure
    before: Measure | None
    change: Change | None
    target: Target | None
    reached: Reached | None
    seen: Seen | None

    @property
    def is_first(self) -> bool:
        """Whether it stands on the first page: what has a name, a target, or news."""
        named = self.trend.part.concept in OWN_LABEL and self.trend.part.concept not in NOT_WATCHED
        return named or self.target is not None or self.seen is not None


class Group(msgspec.Struct, frozen=True):
    """Measures that belong together: those of one kind of people, or under one heading or I statement."""

    name: str
    lines: tuple[Line, ...]


class Briefing(msgspec.Struct, frozen=True, kw_only=True):
    """``said`` is what was said in the term. ``measures`` are by kind of people, ``outcomes`` by heading and
    ``statements`` by I statement. ``participation`` is of the school year of the term."""

    term: str
    today: dt.date
    said: Findings
    matters: tuple[Matter, ...]
    watch: Watch
    measures: tuple[Group, ...]
    outcomes: tuple[Group, ...]
    statements: tuple[Group, ...]
    promises: Promises
    disagree: tuple[Pair, ...]
    courses: tuple[Course, ...]
    fatigue: Measured | None
    participation: Participation
    unheard: Unheard
    time_to_answer: TimeToAnswer


async def briefing(store: Store, settings: Settings, term: str | None, *, today: dt.date) -> Briefing | None:
    """As of ``term`` (the newest when ``None``); ``None`` while nobody has said anything.

    Raises ``KeyError`` for a term without answers.
    """
    said = await findings(store, term, today=today)
    if said is None:
        return None
    counted = await answers_counted(store)
    marks = marks_of(counted)
    followed, watch = await _followed(store, counted, marks, said.term)
    agreed = await store.read(targets)
    seen = {each.trend.part: each for each in (*watch.perhaps, *watch.seen)}
    lines = [line for each in followed if (line := _line(each, said.term, agreed, seen))]
    promised = await store.read(lambda: promises(today))
    disagree = await kept(
        store, "disagreements", (said.term, marks, today), lambda: _disagreements(store, counted, said.term, today)
    )
    unheard = await store.read(lambda: gaps(said.term))
    where = await store.read(filed)
    year = school_year(first_day(said.term))
    return Briefing(
        term=said.term,
        today=today,
        said=said,
        matters=matters(said.term, watch, disagree, promised, unheard.largest),
        watch=watch,
        measures=_by_who(lines),
        outcomes=_under(where, lines, "headings"),
        statements=_under(where, lines, "statements"),
        promises=promised,
        disagree=disagree,
        courses=await kept(store, "courses", marks, lambda: before_and_after(store, answers=counted)),
        fatigue=await keeping.measured(settings),
        participation=await store.read(lambda: participation(year, floor=FLOOR)),
        unheard=unheard,
        time_to_answer=await store.read(time_to_answer),
    )


def _line(trend: Trend, term: str, agreed: dict[tuple[str, str], Target], seen: dict[Any, Seen]) -> Line | None:
    """``None`` where nobody answered in the term."""
    now = trend.at(term)
    if now is None or now.hidden:
        return None
    target = agreed.get((trend.part.concept, trend.part.who))
    return Line(
        trend,
        now,
        trend.before(term),
        trend.change(term),
        target,
        reached(target, now) if target else None,
        seen.get(trend.part),
    )


def _by_who(lines: Iterable[Line]) -> tuple[Group, ...]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.trend.part.who, []).append(line)
    return tuple(Group(who, tuple(of_who)) for who, of_who in groups.items())


def _under(where: Filed, lines: Sequence[Line], what: str) -> tuple[Group, ...]:
    """The headings or statements under which something is measured."""
    found = []
    for name, concepts in getattr(where, what).items():
        under = tuple(line for line in lines if line.trend.part.concept in concepts)
        if under:
            found.append(Group(name, under))
    return tuple(found)


async def _followed(
    store: Store, counted: Sequence[Counted], marks: object, term: str
) -> tuple[tuple[Trend, ...], Watch]:
    async def work() -> tuple[tuple[Trend, ...], Watch]:
        return await asyncio.to_thread(lambda: (trends(counted), watched(counted, term)))

    return await kept(store, "trends", (term, marks), work)


async def _disagreements(store: Store, counted: Sequence[Counted], term: str, today: dt.date) -> tuple[Pair, ...]:
    """Of no two surveys in a term, none; and none about what people would like, which is neither good nor bad."""
    try:
        found = await disagreements(store, term, today, answers=counted)
    except KeyError:
        return ()
    return tuple(pair for pair in found if pair.concept not in NOT_WATCHED)
