"""What is known about something that was heard, for whoever decides what to do about it.

Functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec

from analysis.disclosure import FLOOR
from analysis.measures import Measure, measures, wilson_interval
from surveys.document import wording
from surveys.publishing import rounds
from surveys.terms import is_term, term_of, term_order
from voice.actions.making import session_of
from voice.actions.promise import About, Figures, Measured, Origin
from voice.capture.sessions.approving import load_report
from voice.capture.sessions.planning import UnknownSession
from voice.capture.sessions.report import Line, Report
from voice.capture.sessions.tables import SessionAsk
from voice.evidence.findings import FAVOURABLE, NOT_ASKED
from voice.evidence.voices import chosen_by_families
from voice.themes import summaries
from voice.themes.building import build
from voice.themes.heard import OWN_WORDS, heard
from voice.themes.naming import theme_names
from voice.themes.numbers import Numbers


class Beginning(msgspec.Struct, frozen=True, kw_only=True):
    """``origin.name`` is what it is called today. ``said`` are words that people agreed may be quoted, ``promised``
    what a released summary promised, ``happened`` what the group was told already. ``surveys`` are the two that differ.
    ``is_former`` says that the theme is in the code frame no longer."""

    origin: Origin
    about: tuple[About, ...] = ()
    figures: Figures | None = None
    first_said: str = ""
    said: str = ""
    promised: str = ""
    happened: str = ""
    surveys: tuple[str, ...] = ()
    is_former: bool = False


async def beginning(kind: str, key: str, term: str, *, today: dt.date) -> Beginning | None:
    """``None`` for something that is not there, or not any more."""
    if kind == "session":
        return await _of_a_line(key)
    if term and not is_term(term):
        return None
    if kind in ("theme", "summary"):
        return await _of_a_theme(kind, key, term, today)
    if kind == "measure":
        return await _of_a_measure(key, term, today)
    if kind == "disagreement":
        return await _of_a_disagreement(key, term)
    return Beginning(origin=Origin("other", term=term)) if kind == "other" else None


async def _of_a_theme(kind: str, theme_id: str, term: str, today: dt.date) -> Beginning | None:
    names = await theme_names()
    released = await summaries.history_of(term, theme_id) if term else ()
    if theme_id not in names.names and not released:
        return None
    making = None if released or not term else await build(term, theme_id, today=today)
    built = released[0].built if released else making.built if making else None
    numbers = built.numbers if built else None
    told = numbers is not None and numbers.people is not None
    return Beginning(
        origin=Origin(
            "summary" if kind == "summary" else "theme",
            theme_id,
            built.theme if built and released else names.named(theme_id),
            term,
        ),
        about=(About("theme", theme_id),),
        figures=_figures(numbers, built.counted_on) if built and numbers and told else None,
        first_said=await _first_month(term, theme_id, today) if told else "",
        promised=released[0].promised if released else "",
        is_former=names.is_former(theme_id),
    )


async def _first_month(term: str, theme_id: str, today: dt.date) -> str:
    """The month of the first who spoke about it in the term: no day, which could be one person's."""
    months = (each.said_on[:7] for each in await heard(term, today=today) if theme_id in each.standing.themes)
    return min(months, default="")


def _figures(numbers: Numbers, counted_on: dt.date) -> Figures | None:
    if numbers.people is None or not numbers.of:
        return None
    low, high = wilson_interval(numbers.people, numbers.of)
    return Figures(numbers.people, numbers.of, numbers.people / numbers.of, low, high, counted_on)


async def _of_a_line(key: str) -> Beginning | None:
    """Something a group asked for in a report that it agreed to. Its words are here only if they may be quoted; what an
    action keeps is the name of the forum, so that a line can still be taken back."""
    found = await asked_for(key)
    if found is None:
        return None
    report, line = found
    plan = report.record.plan
    row = await SessionAsk.select(SessionAsk.happened).where(SessionAsk.line == line.id).first()
    return Beginning(
        origin=Origin("session", key, plan.forum or plan.title, term_of(plan.held_on)),
        about=(About("line", key), About("session", str(report.record.id))),
        first_said=plan.held_on.isoformat(),
        said=line.text if report.permitted == "quote" else "",
        happened=row["happened"] if row else "",
    )


async def asked_for(key: str) -> tuple[Report, Line] | None:
    """The line of an approved report, with the report; ``None`` where nobody says it any more."""
    try:
        id = uuid.UUID(key)
        session = await session_of(id)
        report, _ = await load_report(session) if session else (None, None)
    except (ValueError, UnknownSession):
        return None
    if report is None or report.approved_on is None or report.record.stage != "approved":
        return None
    line = next((each for each in report.asks if each.id == id), None)
    return (report, line) if line else None


async def _of_a_disagreement(key: str, term: str) -> Beginning | None:
    """Two surveys that ask one concept and hear something else: ``CONCEPT~SURVEY~TERM~SURVEY~TERM``."""
    parts = key.split("~")
    if len(parts) != 5:
        return None
    concept, *sides = parts
    wanted = {(sides[0], sides[1]), (sides[2], sides[3])}
    asked = [
        (each, question)
        for each in await rounds()
        if (each.survey, each.term) in wanted and (question := each.document.question(concept))
    ]
    if {(each.survey, each.term) for each, _ in asked} != wanted:
        return None
    name = wording(asked[0][1].title, "en")
    titles = {each.survey: wording(each.document.title, "en") for each, _ in asked}
    return Beginning(
        origin=Origin("disagreement", key, name, term),
        about=(About("concept", concept), *(About("survey", survey) for survey in titles)),
        surveys=tuple(titles.values()),
    )


async def _of_a_measure(concept: str, term: str, today: dt.date) -> Beginning | None:
    if concept not in FAVOURABLE:
        return None
    found = {each.term: each for each in await measured(concept)}
    if term not in found:
        return None
    return Beginning(
        origin=Origin("measure", concept, concept, term),
        about=(About("concept", concept),),
        figures=_of_measure(found[term], today),
    )


async def measured(concept: str) -> tuple[Measure, ...]:
    """A measure term by term, in time, of people who answered for themselves, where it may be told."""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for each in await chosen_by_families((concept,)):
        if each.said_by == OWN_WORDS and each.code not in NOT_ASKED:
            counts.setdefault((each.term, concept), {})[each.code] = each.people
    found = measures(counts, {concept: FAVOURABLE[concept]}, floor=FLOOR)
    return tuple(sorted((each for each in found if each.share is not None), key=lambda each: term_order(each.term)))


async def before_and_after(concept: str, made_on: dt.date, *, today: dt.date) -> Measured | None:
    """A measure as it was when an action was made, and as it is now; ``None`` where it was not asked since, or may not
    be told."""
    if concept not in FAVOURABLE:
        return None
    made_in = term_order(term_of(made_on))
    found = await measured(concept)
    before = [each for each in found if term_order(each.term) <= made_in]
    after = [each for each in found if term_order(each.term) > made_in]
    if not before or not after:
        return None
    return Measured(
        concept, before[-1].term, _of_measure(before[-1], today), after[-1].term, _of_measure(after[-1], today)
    )


def _of_measure(of: Measure, today: dt.date) -> Figures:
    return Figures(of.favourable, of.answered, of.share, of.low, of.high, today)
