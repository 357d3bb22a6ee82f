"""Taking in answers that were collected elsewhere: from a read file to stored submissions.

The reading itself is in ``surveys/importing``. Here a file meets what is stored: what was remembered of
its form, which of its rows are known already, and the survey and terms that its answers go to.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from surveys import submissions
from surveys.answers import GivenAnswer
from surveys.document import Question, SurveyDocument
from surveys.exporting.cells import csv_file
from surveys.identity import submitted_at
from surveys.importing.converting import Converted, ImportedRow, RowProblem, convert
from surveys.importing.guessing import guess_mapping, with_same_titles
from surveys.importing.mapping import Mapping, fingerprint
from surveys.importing.sheet import Sheet
from surveys.publishing import publish, round_collected_elsewhere
from surveys.submissions import SentAnswers
from surveys.tables import ImportedFile, ImportMapping
from surveys.terms import term_of
from voice.capture.matched_questions import MatchedQuestions
from voice.evidence.forgetting import forget
from voice.storage import Store

ROWS_AT_ONCE = 200
"""Rows stored in one unit, so that people who are answering never wait long behind a file."""

LOOKED_FOR_ELSEWHERE = 1000
"""Rows that are looked for under the names of other surveys."""

_NO_ROUND = uuid.UUID(int=0)


class Destination(msgspec.Struct, frozen=True):
    """Where the answers go. ``term`` is for rows without a date of their own."""

    survey: str
    term: str
    language: str = "en"

    @property
    def slug(self) -> str:
        plain = unicodedata.normalize("NFKC", self.survey).casefold()
        return re.sub(r"[^\w]+", "-", plain).strip("-")[:80] or "collected-elsewhere"


@dataclass(frozen=True)
class Preview:
    """What taking in the file would do.

    ``new`` rows would be added; the rest of those that can be read are here already. Of these, ``known`` say the same
    as before, and ``changed`` say something else now that the columns are used otherwise: these are kept as they are,
    or replaced. ``gone`` are rows that are here and that can no longer be read; replacing takes them out.
    ``elsewhere`` counts the rows that are here under the name of another survey.
    """

    converted: Converted
    new: int
    known: int
    changed: int
    gone: int
    elsewhere: tuple[tuple[str, int], ...]
    terms: dict[str, int]


@dataclass(frozen=True)
class TakenIn:
    """``changed`` rows were here already and said something else; the first were kept. ``replaced`` ones were not."""

    added: int
    known: int
    changed: int
    replaced: int
    not_read: int


class Importing:
    """One file on its way in. ``secret`` is the installation's: nobody else can tell from an id what a row held.

    Raises ``ValueError`` for a mapping that does not fit the sheet.
    """

    def __init__(
        self,
        store: Store,
        sheet: Sheet,
        mapping: Mapping,
        destination: Destination,
        questions: MatchedQuestions,
        *,
        secret: bytes,
        today: dt.date,
    ) -> None:
        self._store = store
        self._sheet = sheet
        self._mapping = mapping
        self._destination = destination
        self._questions = questions
        self._secret = secret
        self._today = today
        self._form = fingerprint(sheet)
        self._converted = convert(sheet, mapping, questions.known, today=today, default_language=destination.language)

    async def preview(self) -> Preview:
        """Nothing is stored."""
        sent = [self._sent(row, _NO_ROUND) for row in self._converted.rows]
        kept_out = [self._id(key) for key in self._converted.kept_out]
        known = await self._store.read(lambda: submissions.known_among([*(each.id for each in sent), *kept_out]))
        terms = [self._term(row) for row in self._converted.rows]
        told = Counter(_told(each, term, known.get(each.id)) for each, term in zip(sent, terms, strict=True))
        return Preview(
            self._converted,
            new=told["new"],
            known=told["known"],
            changed=told["changed"],
            gone=sum(id in known for id in kept_out),
            elsewhere=await self._store.read(self._elsewhere),
            terms=dict(Counter(terms)),
        )

    async def take_in(self, *, filename: str, replace: bool = False) -> TakenIn:
        """Stores what can be read. Taking in the same file again adds nothing.

        With ``replace``, what the rows of this file gave before makes room for what they say now, a row wholly or not
        at all.
        """
        converted = self._converted
        document = self._document()
        rounds: dict[str, uuid.UUID] = {}

        async def prepare() -> None:
            version = await publish(document, today=self._today)
            for term in {self._term(row) for row in converted.rows}:
                rounds[term] = await round_collected_elsewhere(version, term=term)
            await remember(self._sheet, self._mapping, self._destination.survey)

        outcomes: Counter[str] = Counter()
        gone = [self._id(key) for key in converted.kept_out] if replace else []

        async def store_rows(rows: tuple[ImportedRow, ...]) -> None:
            for row in rows:
                outcomes[await self._store_row(row, rounds, replace=replace)] += 1

        async def take_out(ids: list[uuid.UUID]) -> None:
            here = list(await submissions.known_among(ids))
            await forget(await submissions.answers_of(here))
            await submissions.take_out(here)

        if converted.rows:
            await self._store.write(prepare)
        for start in range(0, len(converted.rows), ROWS_AT_ONCE):
            rows = converted.rows[start : start + ROWS_AT_ONCE]
            await self._store.write(lambda rows=rows: store_rows(rows))  # type: ignore[misc]
        for start in range(0, len(gone), ROWS_AT_ONCE):
            ids = gone[start : start + ROWS_AT_ONCE]
            await self._store.write(lambda ids=ids: take_out(ids))  # type: ignore[misc]
        taken = TakenIn(
            outcomes["added"],
            outcomes["known_already"],
            outcomes["changed"],
            outcomes["replaced"],
            converted.rows_kept_out,
        )
        await self._store.write(
            lambda: _keep_record(self._destination, filename, len(self._sheet.rows), taken, self._today)
        )
        return taken

    async def _store_row(self, row: ImportedRow, rounds: dict[str, uuid.UUID], *, replace: bool) -> str:
        term = self._term(row)
        sent = self._sent(row, rounds[term])
        known = (await submissions.known_among([sent.id])).get(sent.id)
        told = _told(sent, term, known)
        if told == "changed" and replace:
            await forget(await submissions.said_otherwise(sent))
            await submissions.replace(sent)
            return "replaced"
        return await submissions.store(sent) if told == "new" else "known_already" if told == "known" else told

    async def _elsewhere(self) -> tuple[tuple[str, int], ...]:
        slugs = {str(row["survey"]) for row in await ImportedFile.select(ImportedFile.survey)}
        keys = [row.key for row in self._converted.rows[:LOOKED_FOR_ELSEWHERE]]
        found = []
        for slug in sorted(slugs - {self._destination.slug}):
            known = await submissions.known_among([self._id(key, slug) for key in keys])
            if known:
                found.append((slug, len(known)))
        return tuple(found)

    def _id(self, key: str, slug: str | None = None) -> uuid.UUID:
        named = f"{slug or self._destination.slug}\x1f{self._form}\x1f{key}".encode()
        return uuid.UUID(
            bytes=hashlib.blake2b(named, digest_size=16, key=self._secret, person=b"imported row").digest()
        )

    def _term(self, row: ImportedRow) -> str:
        return term_of(row.submitted_on) if row.submitted_on else self._destination.term

    def _sent(self, row: ImportedRow, round: uuid.UUID) -> SentAnswers:
        language = row.language or self._destination.language
        day = row.submitted_on
        return SentAnswers(
            id=self._id(row.key),
            round=round,
            language=language,
            mode="imported",
            respondent_kind=row.respondent_kind,  # type: ignore[arg-type]
            submitted_at=submitted_at(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC), "anonymous")
            if day
            else "",
            answers={
                answer.concept: GivenAnswer(language=language, code=answer.code, text=answer.text)
                for answer in row.answers
            },
        )

    def _document(self) -> SurveyDocument:
        """The survey as the file tells it: questions of ours that it answers, and others by their wording."""
        wordings: dict[str, str] = {}
        for row in self._converted.rows:
            for answer in row.answers:
                wordings.setdefault(answer.concept, answer.question or "")
        return SurveyDocument(
            slug=self._destination.slug,
            title={"en": self._destination.survey},
            about={},
            who_reads={},
            what_happens_next={},
            minutes=0,
            languages=(),
            questions=tuple(
                self._questions.question(concept)
                or Question(concept=concept, kind="free_text", symbol="paper", title={"en": wording}, help={})
                for concept, wording in sorted(wordings.items())
            ),
        )


def _told(sent: SentAnswers, term: str, known: submissions.Known | None) -> str:
    """Whether this is ``new``, ``known`` to say just this, or ``changed``."""
    if known is None:
        return "new"
    now = submissions.Known(sent.digest(), term, sent.language, sent.respondent_kind, sent.submitted_at)
    return "known" if known == now else "changed"


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


async def mapping_for(store: Store, sheet: Sheet, questions: MatchedQuestions) -> tuple[Mapping, str | None]:
    """What was remembered for this form with its survey, or else a guess for a person to correct.

    Guessed is among our own questions; of the bank's others, only where a heading says just the same.
    """
    known = await store.read(lambda: remembered(sheet))
    if known:
        return known
    mapping = guess_mapping(sheet, [each.known for each in questions.ours])
    return with_same_titles(mapping, [each.known for each in questions.others]), None


def unread_as_csv(problems: Iterable[RowProblem]) -> bytes:
    """Every row that stays out, with the column, why, and what stands there."""
    rows = ((each.row_number, each.header, each.code, each.excerpt) for each in problems)
    return csv_file([("row", "column", "why", "what_stands_there"), *rows])


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
            known_already=taken.known + taken.changed + taken.replaced,
            not_read=taken.not_read,
        )
    )
