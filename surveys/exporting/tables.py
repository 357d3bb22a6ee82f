"""Tables of answers: one person a row, or one answer a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable, Sequence

import msgspec

from surveys.answers import GivenAnswer
from surveys.document import RATHER_NOT_SAY, SurveyDocument, Words, wording
from surveys.exporting import people as kept
from surveys.exporting.columns import RATHER_NOT, Cell, Column, Row, SurveyColumns, Why, about_answers, columns_of
from surveys.exporting.dictionary import Counts
from surveys.exporting.people import Person
from surveys.question_types import type_of
from surveys.question_types.variables import Value
from surveys.routing import path

SERIES = "series"


class NoSuchSurvey(Exception):
    """There is no survey of this name; ``known`` are those that there are."""

    def __init__(self, known: tuple[str, ...]) -> None:
        super().__init__(known)
        self.known = known


class AnswerTable(msgspec.Struct, frozen=True):
    """A table on its way out. ``rows`` can be read once; ``described`` says what the answers' columns mean, and
    its counts are complete when all rows were read."""

    columns: tuple[Column, ...]
    rows: AsyncIterator[list[Row]]
    described: tuple[tuple[str, tuple[Column, ...], Counts], ...]


async def one_person_a_row(survey: str, term: str | None, words: Callable[[str], Words]) -> AnswerTable:
    """A survey's answers with a column for each variable. Raises :class:`NoSuchSurvey`."""
    documents, columns = await _columns(survey, words)
    counts = Counts()

    async def rows() -> AsyncIterator[list[Row]]:
        async for batch in kept.people(survey, term):
            made = [_row(survey, person, documents[person.version], columns) for person in batch]
            counts.add(columns.columns, made)
            yield made

    return AnswerTable(columns.columns, rows(), ((survey, columns.columns, counts),))


async def one_answer_a_row(
    survey: str | None, term: str | None, words: Callable[[str], Words], language: str
) -> AnswerTable:
    """The answers to a survey, or to all of them, with the words of ``language`` beside the codes.

    Raises :class:`NoSuchSurvey`.
    """
    surveys = [survey] if survey else await kept.slugs()
    asked = [(slug, *await _columns(slug, words)) for slug in surveys]
    described = tuple((slug, columns.columns, Counts()) for slug, _, columns in asked)
    about = {column.name: column for column in about_answers(words)}
    answer = (
        Column("concept", words("The name of the question"), "text"),
        Column("question", words("The question"), "text"),
        Column("code", words("The answer as a code"), "text"),
        Column("label", words("The answer in words"), "text"),
        Column("text", words("People’s own words"), "text"),
    )
    order = ("submission", "survey", "version", "round", "*", "language", "mode", "submitted_at", "said_by")
    columns = [column for name in order for column in (answer if name == "*" else (about[name],))]

    async def rows() -> AsyncIterator[list[Row]]:
        for (slug, documents, of_survey), (_, _, counts) in zip(asked, described, strict=True):
            async for batch in kept.people(slug, term):
                made = [_row(slug, person, documents[person.version], of_survey) for person in batch]
                counts.add(of_survey.columns, made)
                yield [
                    Row(_about(slug, person) | _answer_cells(documents[person.version], concept, given, language), {})
                    for person in batch
                    for concept, given in sorted(person.given.items())
                ]

    return AnswerTable((*columns, about["respondent_kind"], about["setting"]), rows(), described)


async def _columns(survey: str, words: Callable[[str], Words]) -> tuple[dict[int, SurveyDocument], SurveyColumns]:
    versions = await kept.versions(survey)
    if not versions:
        raise NoSuchSurvey(tuple(await kept.slugs()))
    first = about_answers(words) + _series(versions[-1][1])
    return dict(versions), columns_of(versions, await kept.concepts_answered(survey), first)


def _series(document: SurveyDocument) -> tuple[Column, ...]:
    """A column for the surveys that this one is laid side by side with; what it means is the note beside every
    comparison."""
    return (Column(SERIES, document.series.note, "text"),) if document.series else ()


def _about(survey: str, person: Person) -> dict[str, Cell]:
    return {
        "submission": person.submission,
        "survey": survey,
        "version": person.version,
        "round": person.round,
        "language": person.language,
        "mode": person.mode,
        "submitted_at": person.submitted_at,
        "said_by": person.said_by,
        "respondent_kind": person.respondent_kind,
        **({"setting": person.setting} if person.setting else {}),
    }


def _row(survey: str, person: Person, document: SurveyDocument, columns: SurveyColumns) -> Row:
    of_version = columns.of_version[person.version]
    values = _about(survey, person)
    if document.series and any(column.name == SERIES for column in columns.columns):
        values[SERIES] = document.series.code
    why: dict[str, Why] = {}
    asked = {question.concept for question in path(document, person.given)}
    said: dict[str, Value] = {}
    for concept, given in person.given.items():
        if given.code != RATHER_NOT_SAY:
            question = document.question(concept)
            said |= type_of(question).values(question, given) if question else {concept: as_text(given)}
    by_name = {column.name: name for name, column in of_version.items()}
    for column in columns.columns:
        if not column.concept:
            continue
        value = said.get(by_name.get(column.name, ""))
        if value is not None and value != "":
            values[column.name] = _cell(column, value)
        elif column.name not in by_name:
            why[column.name] = "not_asked"
        elif column.concept in person.given:
            why[column.name] = RATHER_NOT if person.given[column.concept].code == RATHER_NOT_SAY else "skipped"
        else:
            why[column.name] = "skipped" if column.concept in asked else "not_asked"
    return Row(values, why)


def _cell(column: Column, value: Value) -> Cell:
    if column.measure == "date" and isinstance(value, str):
        return dt.date.fromisoformat(value)
    return value


def as_text(given: GivenAnswer) -> str:
    """All that an answer says in one cell: a code, words, a file, or several codes joined by ``;``."""
    if given.code is not None or given.text is not None:
        return given.code or given.text or ""
    return f"file:{given.file}" if given.file else _joined(given, None)


def _joined(given: GivenAnswer, words_of: Callable[[str], str] | None) -> str:
    say = words_of or str
    return ";".join(
        say(part.item) if part.value is None else f"{say(part.item)}={say(part.value)}" for part in given.parts
    )


def _answer_cells(document: SurveyDocument, concept: str, given: GivenAnswer, language: str) -> dict[str, Cell]:
    question = document.question(concept)
    options = (*question.options, *question.places) if question else ()
    labels = {option.code: wording(option.label, language) for option in options}
    code = given.code or (f"file:{given.file}" if given.file and given.text is None else _joined(given, None))
    label = labels.get(given.code or "", "") or _joined(given, lambda each: labels.get(each, each))
    cells: Sequence[tuple[str, str]] = (
        ("concept", concept),
        ("question", wording(question.title, language) if question else ""),
        ("code", code),
        ("label", label),
        ("text", given.text or ""),
        ("language", given.language),
    )
    return {name: value for name, value in cells if value}
