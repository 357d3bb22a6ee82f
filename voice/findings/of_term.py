"""What families said in a term, ready to be shown: every number with its n, small numbers hidden.

The floor is one of people, and never of comments: five families with two comments each are five families.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.disclosure import FLOOR, floor_counts
from analysis.measures import Measure
from surveys.document import Words
from surveys.publishing import OpenRound, rounds
from surveys.terms import term_order
from voice.evidence.from_surveys import take_in
from voice.evidence.quotes import released_in
from voice.findings.by_setting import SettingTable, by_setting
from voice.findings.counting import Counted, by_survey, marks_of
from voice.findings.counting import counted as answers_counted
from voice.findings.favourable import OWN_LABEL
from voice.findings.keeping import kept
from voice.findings.trends import apart, trends
from voice.storage import Store
from voice.themes import summaries
from voice.themes.for_leads import CampaignLine, Said, ThemeLine, campaign_lines, theme_lines
from voice.themes.frames import frame_in_use
from voice.themes.heard import APART, OWN_WORDS, Heard, heard, revision, terms_heard
from voice.themes.numbers import NEGATIVE, NEITHER, POSITIVE, campaigns, people

PARENT_CARER = "parent_carer"

OUTCOMES = ("themed", "none_fits", "stock_answer", "other_language", "unreadable")
"""What the machine could do with a comment, the best first: a person's comments count once, by the best of them."""


@dataclass(frozen=True)
class MeasureLine:
    """One measure in the chosen term, and in the term before it, of people who answered for themselves."""

    concept: str
    codes: tuple[str, ...]
    now: Measure | None
    before: Measure | None
    apart: tuple[tuple[str, Measure], ...] = ()
    """By whose words they are: answers given with somebody's support, and answers somebody gave for a person."""


@dataclass(frozen=True)
class Written:
    """How many comments how many people wrote; neither is shown when they are fewer people than the floor."""

    said_by: str
    comments: int | None
    people: int | None


@dataclass(frozen=True)
class Findings:
    """``people`` answered surveys. What is counted of comments is all that was said in the term, wherever it was said,
    as in the summaries of themes: people's own words, a campaign once; ``apart`` says how many others there
    are. Of all comments, ``unread`` were not read yet. Of the comments in people's own words, ``confirmed`` have
    themes that a member of staff decided.

    ``notes`` are what must be told beside every comparison: the title of a survey, and its words.
    """

    term: str
    terms: tuple[str, ...]
    sources: tuple[tuple[str, int | None], ...]
    titles: dict[str, Words]
    notes: tuple[tuple[Words, Words], ...]
    people: int | None
    measures: tuple[MeasureLine, ...]
    settings: tuple[SettingTable, ...]
    written: Written
    apart: tuple[Written, ...]
    unread: int
    confirmed: int
    outcomes: tuple[Said, ...]
    themes: tuple[ThemeLine, ...]
    campaigns: tuple[CampaignLine, ...]
    sentiments: tuple[Said, ...]
    quotes: tuple[tuple[str, str, str, str], ...]


async def findings(store: Store, term: str | None, *, today: dt.date) -> Findings | None:
    """What was said in ``term`` (the newest when ``None``); ``None`` while nobody has said anything.

    Raises ``KeyError`` for a term without answers.
    """
    counted = await answers_counted(store)
    marks = marks_of(counted)
    # Looking among all answers for new ones takes a while, so it is done where some have changed.
    await kept(store, "taken in", marks, lambda: take_in(store))
    spoken = await store.read(terms_heard)
    known = sorted({*(each.round.term for each in counted), *spoken}, key=term_order, reverse=True)
    if not known:
        return None
    chosen = term or known[0]
    if chosen not in known:
        raise KeyError(chosen)
    said = await store.read(_state)
    return await kept(
        store, "of a term", (chosen, today, marks, said), lambda: _findings(store, counted, chosen, known, today)
    )


async def _state() -> tuple[int, int, int]:
    """Tells one state of what was said, and of what people decided about it, from another."""
    frame = await frame_in_use()
    return await revision(), frame.version, await summaries.released()


async def _findings(
    store: Store, counted: Sequence[Counted], chosen: str, known: Sequence[str], today: dt.date
) -> Findings:
    asked = await store.read(rounds)
    here = by_survey(counted, chosen)
    surveys = floor_counts(here, FLOOR)
    said = await store.read(lambda: heard(chosen, today=today))
    by_whom = {whom: [voice for voice in said if voice.said_by == whom] for whom in (OWN_WORDS, *APART)}
    written = {whom: _written(whom, voices) for whom, voices in by_whom.items()}
    read = {whom: [voice for voice in voices if voice.was_read] for whom, voices in by_whom.items()}
    own = read[OWN_WORDS] if written[OWN_WORDS].people else []
    frame = await store.read(frame_in_use)
    return Findings(
        term=chosen,
        terms=tuple(known),
        sources=tuple((cell.key, cell.count) for cell in surveys.cells),
        titles={each.survey: each.document.title for each in asked},
        notes=_notes(asked, here),
        people=surveys.total,
        measures=_measure_lines(chosen, counted),
        settings=by_setting(counted, chosen, FLOOR),
        written=written[OWN_WORDS],
        apart=tuple(written[whom] for whom in APART),
        unread=sum(not voice.was_read for voice in said) if _enough(said) else 0,
        confirmed=sum(voice.standing.themes_by == "person" for voice in own),
        outcomes=_outcomes(own),
        themes=await store.read(lambda: theme_lines(chosen, read, frame, today=today)),
        campaigns=campaign_lines(own, frame),
        sentiments=_feelings(own),
        quotes=await store.read(lambda: released_in(chosen, today=today)) if _enough(said) else (),
    )


def _enough(said: Iterable[Heard]) -> bool:
    return people(said) >= FLOOR


def _written(said_by: str, said: Sequence[Heard]) -> Written:
    """A campaign is one comment of one person: what is left of the people when it is taken away is no small number."""
    many = people(said)
    enough = many - len(campaigns(said)) >= FLOOR
    return (
        Written(said_by, len({voice.campaign or voice.voice for voice in said}), many)
        if enough
        else Written(said_by, None, None)
    )


def _notes(asked: Sequence[OpenRound], here: Iterable[str]) -> tuple[tuple[Words, Words], ...]:
    newest = {each.survey: each.document for each in sorted(asked, key=lambda each: each.version)}
    documents = [newest[survey] for survey in sorted(here) if survey in newest]
    return tuple((each.title, each.series.note) for each in documents if each.series and each.series.note)


def _measure_lines(chosen: str, counted: Sequence[Counted]) -> tuple[MeasureLine, ...]:
    """The measures that have a name of their own, of parent carers."""
    of = {
        trend.part.concept: trend
        for trend in trends(counted, floor=FLOOR)
        if trend.part.who == PARENT_CARER and trend.part.concept in OWN_LABEL
    }
    by_whom = {said_by: apart(counted, said_by, floor=FLOOR) for said_by in APART}
    known = sorted({each.round.term for each in counted}, key=term_order)
    earlier = [term for term in known if term_order(term) < term_order(chosen)]
    lines = []
    for concept, codes in OWN_LABEL.items():
        others = tuple(
            (said_by, measured[concept, PARENT_CARER, chosen])
            for said_by, measured in by_whom.items()
            if (concept, PARENT_CARER, chosen) in measured
        )
        now = of[concept].at(chosen) if concept in of else None
        if now or others:
            before = of[concept].comparable(earlier[-1], chosen) if concept in of and earlier else None
            lines.append(MeasureLine(concept, codes, now, before, others))
    return tuple(lines)


def _feelings(said: Iterable[Heard]) -> tuple[Said, ...]:
    """How many people feel which way about what they say. Told apart further, nearly all would be hidden."""
    felt: dict[object, set[str]] = {}
    for voice in said:
        felt.setdefault(voice.person, set()).add(voice.standing.sentiment)
    if not felt:
        return ()
    together = {POSITIVE: 0, NEGATIVE: 0, NEITHER: 0}
    for feelings in felt.values():
        one_way = (POSITIVE in feelings) != (NEGATIVE in feelings)
        together[(POSITIVE if POSITIVE in feelings else NEGATIVE) if one_way else NEITHER] += 1
    return tuple(Said(cell.key, cell.count) for cell in floor_counts(together, FLOOR, least_missed=NEITHER).cells)


def _outcomes(said: Iterable[Heard]) -> tuple[Said, ...]:
    """How many people's comments have themes, and why others have none."""
    best: dict[object, str] = {}
    for voice in said:
        outcome = voice.standing.outcome or OUTCOMES[-1]
        best[voice.person] = min(best.get(voice.person, outcome), outcome, key=OUTCOMES.index)
    counts = {outcome: sum(each == outcome for each in best.values()) for outcome in OUTCOMES}
    met = {outcome: n for outcome, n in counts.items() if n}
    return tuple(Said(cell.key, cell.count) for cell in floor_counts(met, FLOOR).cells)
