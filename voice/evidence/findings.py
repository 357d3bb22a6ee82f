"""What families said in a term, ready to be shown: every number with its n, small numbers hidden."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.code_frame import send_code_frame
from analysis.disclosure import floor_counts
from analysis.measures import Measure, measures
from analysis.themes import theme_counts
from surveys.document import Words
from surveys.publishing import rounds
from surveys.terms import term_order
from voice.evidence.heard import terms
from voice.evidence.reading import engine_name
from voice.evidence.voices import choices, voices
from voice.storage import Store

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

SENTIMENTS = {
    "positive": ("positive",),
    "negative": ("negative",),
    "neither": ("neutral", "mixed", "not_measured"),
}
"""What is shown of how comments feel, and what each takes together: told apart further, nearly all would be hidden."""


@dataclass(frozen=True)
class Said:
    """A count that may be shown, or ``None`` when fewer than the floor said it."""

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
class ThemeLine:
    """A theme with how many voices mention it and how those feel; hidden counts are ``None``."""

    theme_id: str
    theme: str
    description: str
    n: int | None
    sentiments: tuple[Said, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Findings:
    """``people`` answered; ``comments`` were written, of which ``unread`` were not read by the machine yet."""

    term: str
    terms: tuple[str, ...]
    sources: tuple[tuple[str, int | None], ...]
    titles: dict[str, Words]
    people: int | None
    measures: tuple[MeasureLine, ...]
    comments: int | None
    unread: int
    outcomes: tuple[Said, ...]
    themes: tuple[ThemeLine, ...]
    sentiments: tuple[Said, ...]
    quotes: tuple[tuple[str, str, str, str], ...]
    languages: tuple[str, ...]


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
    answers, said = await choices(), await voices(store, term=chosen)
    titles = {each.survey: each.document.title for each in await store.read(rounds)}
    return await asyncio.to_thread(_findings, chosen, known, sources, titles, answers, said)


def _findings(
    chosen: str,
    known: list[str],
    sources: list[tuple[str, str, int]],
    titles: dict[str, Words],
    answers: pd.DataFrame,
    said: pd.DataFrame,
) -> Findings:
    here = {survey: people for term, survey, people in sources if term == chosen}
    surveys = floor_counts(here, FLOOR)
    read = said[said["engine"] == engine_name()]
    enough = len(said) >= FLOOR
    quoted = said[(said["decision"] == "released") & enough]
    return Findings(
        term=chosen,
        terms=tuple(known),
        sources=tuple((cell.key, cell.count) for cell in surveys.cells),
        titles=titles,
        people=surveys.total,
        measures=_measure_lines(chosen, known, answers),
        comments=len(said) if enough else None,
        unread=len(said) - len(read) if enough else 0,
        outcomes=_counted(read["outcome"]) if enough else (),
        themes=_themes(read, quoted) if enough else (),
        sentiments=_feelings(read["sentiment"].value_counts().to_dict()) if enough else (),
        quotes=tuple(
            (str(shown), str(language), str(kind), str(said_by))
            for shown, language, kind, said_by in zip(
                quoted["shown"], quoted["language"], quoted["respondent_kind"], quoted["said_by"], strict=True
            )
        ),
        languages=tuple(said["language"].value_counts().index) if enough else (),
    )


def _measure_lines(chosen: str, known: list[str], answers: pd.DataFrame) -> tuple[MeasureLine, ...]:
    of_families = answers["respondent_kind"] == "parent_carer"
    asked = answers[of_families & ~answers["code"].isin(NOT_ASKED)]
    by_place = {
        (said_by, each.term, each.concept): each
        for said_by in (OWN_WORDS, *APART)
        for each in measures(asked[asked["said_by"] == said_by], FAVOURABLE, floor=FLOOR)
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


def _themes(read: pd.DataFrame, quoted: pd.DataFrame) -> tuple[ThemeLine, ...]:
    frame = send_code_frame()
    counts = {row["theme_id"]: row for row in theme_counts(read, frame, sentiment="sentiment").to_dict("records")}
    themes_quoted = [set(ids.split(";")) for ids in quoted["themes"].fillna("")]
    lines = []
    for theme in frame.themes:
        row = counts[theme.theme_id]
        n = int(row["voices"])
        if n == 0:
            continue
        shown = n >= FLOOR
        in_theme = [theme.theme_id in ids for ids in themes_quoted]
        lines.append(
            ThemeLine(
                theme_id=theme.theme_id,
                theme=theme.theme,
                description=theme.description,
                n=n if shown else None,
                sentiments=_feelings(row) if shown else (),
                quotes=tuple(quoted.loc[in_theme, "shown"]) if shown else (),
            )
        )
    return tuple(sorted(lines, key=lambda line: -(line.n or 0)))


def _feelings(counts: Mapping[str, int]) -> tuple[Said, ...]:
    together = {key: sum(int(counts.get(each, 0)) for each in parts) for key, parts in SENTIMENTS.items()}
    return tuple(Said(cell.key, cell.count) for cell in floor_counts(together, FLOOR, least_missed="neither").cells)


def _counted(column: pd.Series) -> tuple[Said, ...]:
    counts = {str(key): int(n) for key, n in column.value_counts().items()}
    return tuple(Said(cell.key, cell.count) for cell in floor_counts(counts, FLOOR).cells)
