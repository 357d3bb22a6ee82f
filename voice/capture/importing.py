"""Taking in answers that were collected elsewhere: from a read file to stored submissions.

The reading itself is in ``surveys/importing``. Here a file meets what is stored: what was remembered of
its form, which of its rows are known already, and the survey and terms that its answers go to.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import uuid
from collections import Counter
from dataclasses import dataclass
from functools import cache

import msgspec

from surveys import submissions
from surveys.answers import GivenAnswer
from surveys.document import RATHER_NOT_SAY, Question, RespondentKind, SurveyDocument
from surveys.identity import submitted_at
from surveys.importing.converting import Converted, ImportedRow, convert
from surveys.importing.guessing import guess_mapping
from surveys.importing.mapping import KnownOption, KnownQuestion, Mapping, fingerprint
from surveys.importing.sheet import Sheet
from surveys.publishing import publish, round_collected_elsewhere
from surveys.submissions import OtherContent, SentAnswers
from surveys.tables import ImportedFile, ImportMapping
from surveys.templates import post_ehcp
from surveys.terms import term_of
from voice.languages import LANGUAGES, words
from voice.storage import Store

ROWS_AT_ONCE = 200
"""Rows stored in one unit, so that people who are answering never wait long behind a file."""

_NAMESPACE = uuid.UUID("3c9a2d1e-8a55-5e0b-9d0e-5f6a4b1c7d20")
"""Any fixed id: it keeps ids made from files apart from ids made from anything else."""


class Destination(msgspec.Struct, frozen=True):
    """Where the answers go. ``term`` is for rows without a date of their own."""

    survey: str
    term: str
    language: str = "en"
    respondent_kind: RespondentKind = "parent_carer"

    @property
    def slug(self) -> str:
        plain = unicodedata.normalize("NFKC", self.survey).casefold()
        return re.sub(r"[^\w]+", "-", plain).strip("-")[:80] or "collected-elsewhere"


@dataclass(frozen=True)
class Preview:
    """What taking in the file would do. ``new`` + ``known`` rows go in; the rest are in ``converted.problems``."""

    converted: Converted
    new: int
    known: int
    terms: dict[str, int]


@dataclass(frozen=True)
class TakenIn:
    """``changed`` rows were known under the same id with other answers; the first were kept."""

    added: int
    known: int
    changed: int
    not_read: int


@cache
def known_document() -> SurveyDocument:
    """The questions that columns of a file can be matched with."""
    return post_ehcp.document(words, tuple(LANGUAGES))


@cache
def known_questions() -> tuple[KnownQuestion, ...]:
    rather_not = KnownOption(RATHER_NOT_SAY, tuple(words("I would rather not say").values()))
    return tuple(
        KnownQuestion(
            concept=question.concept,
            titles=tuple(question.title.values()),
            kind="text" if question.kind == "free_text" else "choice",
            options=(*(KnownOption(o.code, tuple(o.label.values())) for o in question.options), rather_not)
            if question.options
            else (),
        )
        for question in known_document().questions
    )


async def remembered(sheet: Sheet) -> tuple[Mapping, str] | None:
    """The mapping and the survey of the last file with the same headers. Runs inside a unit."""
    row = await ImportMapping.select().where(ImportMapping.fingerprint == fingerprint(sheet)).first()
    if row is None:
        return None
    return msgspec.json.decode(row["mapping"], type=Mapping), row["survey"]


async def remember(sheet: Sheet, mapping: Mapping, survey: str) -> None:
    """Keeps the mapping for the next file with the same headers. Runs inside a unit."""
    key = fingerprint(sheet)
    await ImportMapping.delete().where(ImportMapping.fingerprint == key)
    await ImportMapping.insert(
        ImportMapping(id=uuid.uuid4(), fingerprint=key, survey=survey, mapping=msgspec.json.encode(mapping).decode())
    )


async def mapping_for(store: Store, sheet: Sheet) -> tuple[Mapping, str | None]:
    """What was remembered for this form with its survey, or else a guess for a person to correct."""
    known = await store.read(lambda: remembered(sheet))
    return known if known else (guess_mapping(sheet, known_questions()), None)


async def preview(store: Store, sheet: Sheet, mapping: Mapping, destination: Destination, *, today: dt.date) -> Preview:
    """Nothing is stored. Raises ``ValueError`` for a mapping that does not fit the sheet."""
    converted = convert(sheet, mapping, known_questions(), today=today, default_language=destination.language)
    ids = [_id(sheet, destination, row) for row in converted.rows]
    known = await store.read(lambda: submissions.known_among(ids))
    terms = Counter(_term(row, destination) for row in converted.rows)
    return Preview(converted, len(ids) - len(known), len(known), dict(terms))


async def take_in(
    store: Store, sheet: Sheet, mapping: Mapping, destination: Destination, *, filename: str, today: dt.date
) -> TakenIn:
    """Stores what can be read. Taking in the same file again adds nothing."""
    converted = convert(sheet, mapping, known_questions(), today=today, default_language=destination.language)
    document = _document(destination, converted)
    rounds: dict[str, uuid.UUID] = {}

    async def prepare() -> None:
        version = await publish(document, today=today)
        for term in {_term(row, destination) for row in converted.rows}:
            rounds[term] = await round_collected_elsewhere(version, term=term)
        await remember(sheet, mapping, destination.survey)

    outcomes: Counter[str] = Counter()

    async def store_rows(rows: tuple[ImportedRow, ...]) -> None:
        for row in rows:
            try:
                outcomes[await submissions.store(_sent(sheet, destination, row, rounds))] += 1
            except OtherContent:
                outcomes["changed"] += 1

    if converted.rows:
        await store.write(prepare)
    for start in range(0, len(converted.rows), ROWS_AT_ONCE):
        rows = converted.rows[start : start + ROWS_AT_ONCE]
        await store.write(lambda rows=rows: store_rows(rows))  # type: ignore[misc]
    taken = TakenIn(outcomes["added"], outcomes["known_already"], outcomes["changed"], converted.rows_kept_out)
    await store.write(lambda: _keep_record(destination, filename, len(sheet.rows), taken, today))
    return taken


async def imported_files() -> list[dict[str, object]]:
    """What was taken in before, the newest first. Runs inside a unit."""
    rows: list[dict[str, object]] = await ImportedFile.select().order_by(ImportedFile.imported_on, ascending=False)
    return rows


async def _keep_record(destination: Destination, filename: str, rows: int, taken: TakenIn, today: dt.date) -> None:
    await ImportedFile.insert(
        ImportedFile(
            id=uuid.uuid4(),
            survey=destination.slug,
            filename=filename[:200],
            imported_on=today,
            rows=rows,
            added=taken.added,
            known_already=taken.known + taken.changed,
            not_read=taken.not_read,
        )
    )


def _id(sheet: Sheet, destination: Destination, row: ImportedRow) -> uuid.UUID:
    return uuid.uuid5(_NAMESPACE, f"{destination.slug}\x1f{fingerprint(sheet)}\x1f{row.key}")


def _term(row: ImportedRow, destination: Destination) -> str:
    return term_of(row.submitted_on) if row.submitted_on else destination.term


def _sent(sheet: Sheet, destination: Destination, row: ImportedRow, rounds: dict[str, uuid.UUID]) -> SentAnswers:
    language = row.language or destination.language
    day = row.submitted_on
    return SentAnswers(
        id=_id(sheet, destination, row),
        round=rounds[_term(row, destination)],
        language=language,
        mode="imported",
        respondent_kind=row.respondent_kind or destination.respondent_kind,  # type: ignore[arg-type]
        submitted_at=submitted_at(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC), "anonymous") if day else "",
        answers={
            answer.concept: GivenAnswer(language=language, code=answer.code, text=answer.text) for answer in row.answers
        },
    )


def _document(destination: Destination, converted: Converted) -> SurveyDocument:
    """The survey as the file tells it: our own questions that it answers, and others by their wording."""
    ours = {question.concept: question for question in known_document().questions}
    wordings: dict[str, str] = {}
    for row in converted.rows:
        for answer in row.answers:
            wordings.setdefault(answer.concept, answer.question or "")
    return SurveyDocument(
        slug=destination.slug,
        title={"en": destination.survey},
        about={},
        who_reads={},
        what_happens_next={},
        minutes=0,
        languages=(),
        questions=tuple(
            ours.get(concept)
            or Question(concept=concept, kind="free_text", symbol="paper", title={"en": wording}, help={})
            for concept, wording in sorted(wordings.items())
        ),
    )
