"""Rows of a file to answers. A row goes in whole or is listed with the reason why it does not.

A row is kept out when any of its mapped cells cannot be read, because half of what a person said can
mislead; with `Mapping.leave_out_unknown` a value without a code counts as not answered instead, and is
counted.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from surveys.importing.cells import comparable, is_blank, one_line, text_of
from surveys.importing.dates import DateOrder
from surveys.importing.identity import RowKeys
from surveys.importing.mapping import IMPORTED, KIND_NOT_SAID, Column, KnownQuestion, Mapping, Role, mapping_problems
from surveys.importing.meaning import CellProblemCode, Meaning, date_order_in, meaning_for
from surveys.importing.sheet import Cell, Row, Sheet

RowProblemCode = CellProblemCode | Literal["too_many_cells", "quote_left_open", "answered_twice", "nothing_answered"]
_EXCERPT = 60


@dataclass(frozen=True, slots=True)
class ImportedAnswer:
    """A code for a choice, a text for a comment. `question` is the wording it answers where the concept is
    not ours or the file has a column of questions."""

    concept: str
    code: str | None = None
    text: str | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """What one row says. `key` names the row within its form (see `identity`)."""

    row_number: int
    key: str
    submitted_on: date | None
    language: str | None
    respondent_kind: str
    answers: tuple[ImportedAnswer, ...]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row is kept out. `header` is None when it is the row as a whole; `excerpt` has at most 60
    characters."""

    row_number: int
    header: str | None
    code: RowProblemCode
    excerpt: str


@dataclass(frozen=True, slots=True)
class ColumnCount:
    """The cells of one column over all rows of data: read + blank + left_out + not_read are all rows.

    `left_out` are values that are not used: all of an ignored column, and those that the mapping leaves out.
    """

    header: str
    role: Role
    read: int
    blank: int
    left_out: int
    not_read: int


@dataclass(frozen=True, slots=True)
class Converted:
    """`rows` go in; each of the other rows of data, whose keys are `kept_out`, has at least one of the
    `problems`, which are in row order. `date_order` is how dates with the year last were understood."""

    rows: tuple[ImportedRow, ...]
    kept_out: tuple[str, ...]
    problems: tuple[RowProblem, ...]
    columns: tuple[ColumnCount, ...]
    date_order: DateOrder

    @property
    def rows_kept_out(self) -> int:
        return len({problem.row_number for problem in self.problems})


@dataclass(frozen=True, slots=True)
class _Used:
    place: int
    column: Column
    understand: Callable[[Cell], Meaning]


def convert(
    sheet: Sheet,
    mapping: Mapping,
    questions: Sequence[KnownQuestion],
    *,
    today: date,
    default_language: str | None,
) -> Converted:
    """The answers in a sheet.

    Days of submission must lie between 2000 and `today`; a comment has at most 10,000 characters. The same
    file, or a longer export of the same form, gives its earlier rows the same keys, whatever the mapping. A
    key names a row within one form: keep it together with the fingerprint or the survey. Raises ValueError for
    a mapping that has `mapping_problems`.
    """
    if faults := mapping_problems(sheet, mapping, questions):
        raise ValueError(faults)
    order = date_order_in(sheet, mapping)
    columns = {comparable(column.header): column for column in mapping.columns if column.role != "ignore"}
    used = [
        _Used(place, column, meaning_for(column, mapping, questions, order, today))
        for place, column in ((place, columns.get(comparable(header))) for place, header in enumerate(sheet.headers))
        if column is not None
    ]
    keys = RowKeys(sheet.headers)
    outcomes = [Counter[str]() for _ in sheet.headers]
    rows: list[ImportedRow] = []
    kept_out: list[str] = []
    problems: list[RowProblem] = []
    for row in sheet.rows:
        key = keys.key_of(row)
        faults_of_row = _faults_of_whole(row, len(sheet.headers))
        meanings = [(one.column, _NOT_READ if faults_of_row else one.understand(row.cells[one.place])) for one in used]
        for one, (_, meaning) in zip(used, meanings, strict=True):
            outcomes[one.place][meaning.outcome] += 1
            if meaning.problem:
                excerpt = text_of(row.cells[one.place])
                faults_of_row.append(_problem(row, sheet.headers[one.place], meaning.problem, excerpt))
        if not faults_of_row:
            answers, faults_of_row = _answers(row, meanings)
        if faults_of_row:
            problems += faults_of_row
            kept_out.append(key)
        else:
            rows.append(_row(row, key, meanings, answers, default_language, mapping.respondent_kind))
    counts = _column_counts(sheet, used, outcomes)
    return Converted(tuple(rows), tuple(kept_out), tuple(problems), counts, order)


_NOT_READ = Meaning("not_read")


def _faults_of_whole(row: Row, width: int) -> list[RowProblem]:
    if row.quote_left_open:
        return [_problem(row, None, "quote_left_open", text_of(row.cells[-1]))]
    if len(row.cells) > width:
        return [_problem(row, None, "too_many_cells", text_of(row.cells[width]))]
    return []


def _answers(
    row: Row, meanings: Sequence[tuple[Column, Meaning]]
) -> tuple[tuple[ImportedAnswer, ...], list[RowProblem]]:
    asked = next((meaning for column, meaning in meanings if column.role == "question"), None)
    answers: dict[str, ImportedAnswer] = {}
    problems: list[RowProblem] = []
    for column, meaning in meanings:
        answer = _answer(column, meaning, asked)
        if answer is None:
            continue
        earlier = answers.setdefault(answer.concept, answer)
        if (earlier.code, earlier.text) != (answer.code, answer.text):
            problems.append(_problem(row, column.header, "answered_twice", answer.text or answer.code or ""))
    if not answers:
        problems.append(_problem(row, None, "nothing_answered", ""))
    return tuple(answers.values()), problems


def _answer(column: Column, meaning: Meaning, asked: Meaning | None) -> ImportedAnswer | None:
    if meaning.outcome != "read" or column.concept is None:
        return None
    if column.role == "answer":
        return ImportedAnswer(column.concept, code=meaning.code)
    if not column.concept.startswith(IMPORTED):
        return ImportedAnswer(column.concept, text=meaning.text)
    if asked is not None and asked.outcome == "read":
        return ImportedAnswer(asked.code, text=meaning.text, question=asked.text) if asked.code else None
    return ImportedAnswer(column.concept, text=meaning.text, question=column.header)


def _row(
    row: Row,
    key: str,
    meanings: Sequence[tuple[Column, Meaning]],
    answers: tuple[ImportedAnswer, ...],
    default_language: str | None,
    default_kind: str | None,
) -> ImportedRow:
    by_role = {column.role: meaning for column, meaning in meanings}
    nothing = Meaning("blank")
    return ImportedRow(
        row_number=row.number,
        key=key,
        submitted_on=by_role.get("submitted_at", nothing).day,
        language=by_role.get("language", nothing).code or default_language,
        respondent_kind=by_role.get("respondent_kind", nothing).code or default_kind or KIND_NOT_SAID,
        answers=answers,
    )


def _problem(row: Row, header: str | None, code: RowProblemCode, text: str) -> RowProblem:
    excerpt = one_line(text[: 4 * _EXCERPT])
    return RowProblem(row.number, header, code, excerpt if len(excerpt) <= _EXCERPT else excerpt[: _EXCERPT - 1] + "…")


def _column_counts(sheet: Sheet, used: Sequence[_Used], outcomes: Sequence[Counter[str]]) -> tuple[ColumnCount, ...]:
    roles: dict[int, Role] = {one.place: one.column.role for one in used}
    counts: list[ColumnCount] = []
    for place, header in enumerate(sheet.headers):
        seen = outcomes[place]
        if place not in roles:
            blank = sum(is_blank(row.cells[place]) for row in sheet.rows)
            seen = Counter(blank=blank, left_out=len(sheet.rows) - blank)
        counts.append(
            ColumnCount(
                header,
                roles.get(place, "ignore"),
                seen["read"],
                seen["blank"],
                seen["left_out"],
                seen["not_read"],
            )
        )
    return tuple(counts)
