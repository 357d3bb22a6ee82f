"""What families said in a term, ready to be shown: every number with its n, small numbers hidden.

The floor is one of people, and never of comments: five families with two comments each are five families.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.disclosure import floor_counts
from analysis.measures import Measure, measures
from surveys.document import Words
from surveys.publishing import OpenRound, rounds
from surveys.terms import term_order
from voice.evidence.by_setting import SettingTable, by_setting
from voice.evidence.from_surveys import take_in
from voice.evidence.heard import terms
from voice.evidence.quotes import released_in
from voice.evidence.voices import ChosenBy, chosen_by_families
from voice.storage import Store
from voice.themes.for_leads import CampaignLine, Said, ThemeLine, campaign_lines, theme_lines
from voice.themes.frames import frame_in_use
from voice.themes.heard import APART, OWN_WORDS, Heard, heard, terms_heard
from voice.themes.numbers import NEGATIVE, NEITHER, POSITIVE, campaigns, people

FLOOR = 10
"""Nothing that fewer than ten people said is shown, until there is proper disclosure control."""

FAVOURABLE = {
    "reply_within_five_working_days": ("yes",),
    "kept_up_to_date": ("yes", "mostly"),
    "felt_listened_to": ("yes", "mostly"),
    "child_views_heard": ("yes", "mostly"),
    "plan_describes_child": ("yes", "mostly"),
    "knew_next_steps": ("yes", "mostly"),
    "child_took_part": ("yes", "mostly"),
    "overall_satisfaction": ("very_happy", "happy"),
    "told_what_happens_next": ("yes",),
}
"""The answers that each measure counts."""

NOT_ASKED = ("did_not_get_in_touch",)
"""Answers that say the question did not apply: they are outside of the measure's n."""

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
    await take_in(store)
    sources = await terms(store)
    spoken = await store.read(terms_heard)
    known = sorted({*(key for key, _, _ in sources), *spoken}, key=term_order, reverse=True)
    if not known:
        return None
    chosen = term or known[0]
    if chosen not in known:
        raise KeyError(chosen)
    asked = await store.read(rounds)
    here = {survey: people for term, survey, people in sources if term == chosen}
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
        measures=_measure_lines(chosen, known, await chosen_by_families(FAVOURABLE)),
        settings=await by_setting(asked, chosen, FLOOR),
        written=written[OWN_WORDS],
        apart=tuple(written[whom] for whom in APART),
        unread=sum(not voice.was_read for voice in said) if _enough(said) else 0,
        confirmed=sum(voice.standing.themes_by == "person" for voice in own),
        outcomes=_outcomes(own),
        themes=await store.read(lambda: theme_lines(chosen, read, frame)),
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


def _measure_lines(chosen: str, known: list[str], answers: list[ChosenBy]) -> tuple[MeasureLine, ...]:
    counts: dict[str, dict[tuple[str, str], dict[str, int]]] = {}
    for each in answers:
        if each.code not in NOT_ASKED:
            of_whom = counts.setdefault(each.said_by, {})
            of_whom.setdefault((each.term, each.concept), {})[each.code] = each.people
    by_place = {
        (said_by, each.term, each.concept): each
        for said_by in (OWN_WORDS, *APART)
        for each in measures(counts.get(said_by, {}), FAVOURABLE, floor=FLOOR)
    }
    earlier = known[known.index(chosen) + 1 :]
    before = earlier[0] if earlier else ""
    return tuple(
        MeasureLine(
            concept,
            codes,
            by_place.get((OWN_WORDS, chosen, concept)),
            by_place.get((OWN_WORDS, before, concept)),
            tuple(
                (said_by, by_place[said_by, chosen, concept])
                for said_by in APART
                if (said_by, chosen, concept) in by_place
            ),
        )
        for concept, codes in FAVOURABLE.items()
        if any((said_by, chosen, concept) in by_place for said_by in (OWN_WORDS, *APART))
    )


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
