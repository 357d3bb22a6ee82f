"""What families said in a term, ready to be shown: every number with its n, small numbers hidden.

The floor is one of people, and never of comments: five families with two comments each are five families.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.disclosure import floor_counts
from analysis.measures import Measure, measures
from surveys.document import Words
from surveys.publishing import OpenRound, rounds
from surveys.terms import term_order
from voice.evidence.by_setting import SettingTable, by_setting
from voice.evidence.heard import terms
from voice.evidence.voices import ChosenBy, Voice, chosen_by_families, voices
from voice.storage import Store
from voice.themes.frames import Frame, frame_in_use

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

OWN_WORDS = "own_words"
APART = ("supported", "proxy")
"""Answers that are counted apart from those people gave for themselves."""

OUTCOMES = ("themed", "none_fits", "stock_answer", "other_language", "unreadable")
"""What the machine could do with a comment, the best first: a person's comments count once, by the best of them."""

POSITIVE, NEGATIVE, NEITHER = "positive", "negative", "neither"


@dataclass(frozen=True)
class Said:
    """A count of people that may be shown, or ``None`` when fewer than the floor said it."""

    key: str
    n: int | None


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
class ThemeLine:
    """A theme with how many people mention it in their own words and how they feel; hidden counts are ``None``.

    ``apart`` are those whose words came with somebody's support, and those for whom somebody spoke.
    """

    theme_id: str
    theme: str
    n: int | None
    sentiments: tuple[Said, ...]
    apart: tuple[Said, ...]


@dataclass(frozen=True)
class Findings:
    """``people`` answered. What is counted of comments are people's own words; ``apart`` says how many others there
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
    sentiments: tuple[Said, ...]
    quotes: tuple[tuple[str, str, str, str], ...]


async def findings(store: Store, term: str | None) -> Findings | None:
    """What was said in ``term`` (the newest when ``None``); ``None`` while nobody has said anything.

    Raises ``KeyError`` for a term without answers.
    """
    sources = await terms(store)
    known = sorted({key for key, _, _ in sources}, key=term_order, reverse=True)
    if not known:
        return None
    chosen = term or known[0]
    if chosen not in known:
        raise KeyError(chosen)
    asked = await store.read(rounds)
    here = {survey: people for term, survey, people in sources if term == chosen}
    surveys = floor_counts(here, FLOOR)
    said = await voices(store, term=chosen)
    by_whom = {whom: [voice for voice in said if voice.said_by == whom] for whom in (OWN_WORDS, *APART)}
    written = {whom: _written(whom, voices) for whom, voices in by_whom.items()}
    read = {whom: [voice for voice in voices if _is_read(voice)] for whom, voices in by_whom.items()}
    own = read[OWN_WORDS] if written[OWN_WORDS].people else []
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
        unread=sum(not _is_read(voice) for voice in said) if _enough(said) else 0,
        confirmed=sum(voice.standing.themes_by == "person" for voice in own),
        outcomes=_outcomes(own),
        themes=_themes(read, await store.read(frame_in_use)),
        sentiments=_feelings(own),
        quotes=tuple(
            (voice.shown or "", voice.language, voice.respondent_kind, voice.said_by)
            for voice in said
            if voice.decision == "released" and _enough(said)
        ),
    )


def _people(said: Iterable[Voice]) -> int:
    return len({voice.person for voice in said})


def _enough(said: Iterable[Voice]) -> bool:
    return _people(said) >= FLOOR


def _is_read(voice: Voice) -> bool:
    return voice.standing.themes_by != "nobody"


def _written(said_by: str, said: Sequence[Voice]) -> Written:
    return Written(said_by, len(said), _people(said)) if _enough(said) else Written(said_by, None, None)


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


def _themes(read: dict[str, list[Voice]], frame: Frame) -> tuple[ThemeLine, ...]:
    """Every theme that somebody mentions, those of most people first."""
    mentioned: dict[tuple[str, str], list[Voice]] = {}
    for whom, voices_of in read.items():
        for voice in voices_of:
            for theme_id in voice.standing.themes:
                mentioned.setdefault((whom, theme_id), []).append(voice)
    lines = []
    for theme in frame.themes:
        said = {whom: mentioned.get((whom, theme.theme_id), []) for whom in read}
        if not any(said.values()):
            continue
        own = said[OWN_WORDS]
        n = _people(own)
        lines.append(
            ThemeLine(
                theme_id=theme.theme_id,
                theme=theme.theme,
                n=n if n == 0 or n >= FLOOR else None,
                sentiments=_feelings(own) if n >= FLOOR else (),
                apart=tuple(Said(whom, _people(said[whom]) if _enough(said[whom]) else None) for whom in APART),
            )
        )
    return tuple(sorted(lines, key=lambda line: -(line.n or 0)))


def _feelings(said: Iterable[Voice]) -> tuple[Said, ...]:
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


def _outcomes(said: Iterable[Voice]) -> tuple[Said, ...]:
    """How many people's comments have themes, and why others have none."""
    best: dict[object, str] = {}
    for voice in said:
        outcome = voice.standing.outcome or OUTCOMES[-1]
        best[voice.person] = min(best.get(voice.person, outcome), outcome, key=OUTCOMES.index)
    counts = {outcome: sum(each == outcome for each in best.values()) for outcome in OUTCOMES}
    met = {outcome: n for outcome, n in counts.items() if n}
    return tuple(Said(cell.key, cell.count) for cell in floor_counts(met, FLOOR).cells)
