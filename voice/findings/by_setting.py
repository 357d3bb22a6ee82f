"""What each school, college or club said whose classes answered together, small numbers hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.disclosure import floor_counts
from analysis.measures import Measure, measures
from surveys.document import SurveyDocument, Words
from voice.findings.counting import Counted
from voice.findings.favourable import counted_of
from voice.findings.trends import OWN_WORDS

KINDS = ("agree", "yes_no")
"""The kinds of question that are shown for each setting."""


@dataclass(frozen=True)
class SettingLine:
    """A setting, or "" for everybody in none that can be named. ``people`` is ``None`` when hidden; a measure is
    ``None`` where nobody answered."""

    setting: str
    people: int | None
    measures: tuple[Measure | None, ...]


@dataclass(frozen=True)
class SettingTable:
    """A survey's settings. ``questions`` are the titles of what is measured, in the order of the measures."""

    title: Words
    questions: tuple[Words, ...]
    lines: tuple[SettingLine, ...]


def by_setting(counted: Sequence[Counted], term: str, floor: int) -> tuple[SettingTable, ...]:
    """A table for each survey that classes answered in ``term``.

    A setting in which fewer than ``floor`` people answered is not named. Measured is what people answered in their own
    words.
    """
    here = [each for each in counted if each.round.term == term]
    newest = {each.round.survey: each.round.document for each in sorted(here, key=lambda each: each.round.version)}
    people: dict[str, dict[str, int]] = {}
    answers: dict[str, dict[tuple[str, str], dict[str, int]]] = {}
    for each in here:
        of_survey = people.setdefault(each.round.survey, {})
        for group in each.people:
            of_survey[group.setting] = of_survey.get(group.setting, 0) + group.people
        for cell in each.chosen:
            if cell.setting and cell.said_by == OWN_WORDS:
                codes = answers.setdefault(each.round.survey, {}).setdefault((cell.setting, cell.concept), {})
                codes[cell.code] = codes.get(cell.code, 0) + cell.people
    return tuple(
        _table(newest[survey], people[survey], answers.get(survey, {}), floor)
        for survey in sorted(people)
        if any(people[survey])
    )


def _table(
    document: SurveyDocument,
    people: Mapping[str, int],
    answers: Mapping[tuple[str, str], Mapping[str, int]],
    floor: int,
) -> SettingTable:
    questions = [question for question in document.questions if question.kind in KINDS]
    named = {setting: n for setting, n in sorted(people.items()) if setting and n >= floor}
    others = sum(people.values()) - sum(named.values())
    shown = floor_counts({**named, **({"": others} if others else {})}, floor)
    counts = {(setting, concept): codes for (setting, concept), codes in answers.items() if setting in named}
    favourable = {question.concept: counted_of(question) or () for question in questions}
    measured = {(each.term, each.concept): each for each in measures(counts, favourable, floor=floor)}
    return SettingTable(
        document.title,
        tuple(question.title for question in questions),
        tuple(
            SettingLine(cell.key, cell.count, tuple(measured.get((cell.key, q.concept)) for q in questions))
            for cell in shown.cells
        ),
    )
