"""What each school, college or club said whose classes answered together, small numbers hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.disclosure import floor_counts
from analysis.measures import Measure, measures
from surveys.document import SurveyDocument, Words
from surveys.publishing import OpenRound
from surveys.tables import Submission

COUNTED = {"agree": ("strongly_agree", "agree"), "yes_no": ("yes",)}
"""The kinds of question that are shown for each setting, and the answers that are counted."""


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


async def by_setting(asked: Sequence[OpenRound], term: str, floor: int) -> tuple[SettingTable, ...]:
    """A table for each survey that classes answered in ``term``.

    A setting in which fewer than ``floor`` people answered is not named. Measured is what people answered in their own
    words.
    """
    people = await _people(term)
    with_settings = sorted({survey for (survey, setting) in people if setting})
    if not with_settings:
        return ()
    newest = {each.survey: each.document for each in sorted(asked, key=lambda each: each.version)}
    answers = await _answers(term)
    return tuple(
        _table(
            newest[survey],
            {setting: n for (slug, setting), n in people.items() if slug == survey},
            {(setting, concept): codes for (slug, setting, concept), codes in answers.items() if slug == survey},
            floor,
        )
        for survey in with_settings
    )


def _table(
    document: SurveyDocument,
    people: Mapping[str, int],
    answers: Mapping[tuple[str, str], Mapping[str, int]],
    floor: int,
) -> SettingTable:
    questions = [question for question in document.questions if question.kind in COUNTED]
    named = {setting: n for setting, n in sorted(people.items()) if setting and n >= floor}
    others = sum(people.values()) - sum(named.values())
    shown = floor_counts({**named, **({"": others} if others else {})}, floor)
    counts = {(setting, concept): codes for (setting, concept), codes in answers.items() if setting in named}
    favourable = {question.concept: COUNTED[question.kind] for question in questions}
    measured = {(each.term, each.concept): each for each in measures(counts, favourable, floor=floor)}
    return SettingTable(
        document.title,
        tuple(question.title for question in questions),
        tuple(
            SettingLine(cell.key, cell.count, tuple(measured.get((cell.key, q.concept)) for q in questions))
            for cell in shown.cells
        ),
    )


async def _people(term: str) -> dict[tuple[str, str], int]:
    """By survey and setting ("" for none), how many answered."""
    rows = await Submission.raw(
        'SELECT s."slug" AS "survey", COALESCE(u."setting", \'\') AS "setting", COUNT(*) AS "people" '
        'FROM "submission" AS u JOIN "survey_round" AS r ON u."round" = r."id" '
        'JOIN "survey_version" AS v ON r."version" = v."id" JOIN "survey" AS s ON v."survey" = s."id" '
        'WHERE r."term" = {} GROUP BY s."slug", COALESCE(u."setting", \'\')',
        term,
    )
    return {(row["survey"], row["setting"]): int(row["people"]) for row in rows}


async def _answers(term: str) -> dict[tuple[str, str, str], dict[str, int]]:
    """By survey, setting and concept, how many people gave each code for themselves."""
    rows = await Submission.raw(
        'SELECT s."slug" AS "survey", u."setting" AS "setting", a."concept" AS "concept", a."code" AS "code", '
        'COUNT(*) AS "people" FROM "answer" AS a JOIN "submission" AS u ON a."submission" = u."id" '
        'JOIN "survey_round" AS r ON u."round" = r."id" JOIN "survey_version" AS v ON r."version" = v."id" '
        'JOIN "survey" AS s ON v."survey" = s."id" '
        'WHERE r."term" = {} AND u."setting" IS NOT NULL AND u."said_by" = \'own_words\' AND a."code" IS NOT NULL '
        'GROUP BY s."slug", u."setting", a."concept", a."code"',
        term,
    )
    found: dict[tuple[str, str, str], dict[str, int]] = {}
    for row in rows:
        place = (row["survey"], row["setting"], row["concept"])
        found.setdefault(place, {})[row["code"]] = int(row["people"])
    return found
