"""What each column of a file is used for: kept as JSON and used again for the next file of the same form."""

import hashlib
from collections import Counter
from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from typing import Literal

import msgspec

from surveys.importing.cells import comparable, comparable_value, text_of
from surveys.importing.dates import DateOrder
from surveys.importing.personal import is_personal_for_certain
from surveys.importing.sheet import Sheet

Role = Literal[
    "answer",
    "free_text",
    "question",
    "submitted_at",
    "language",
    "respondent_kind",
    "identifier",
    "ignore",
]
Reason = Literal[
    "title_same",  # the header is the known question's wording
    "title_alike",  # the header resembles it: to be checked by a person
    "values_match",  # only the values fit: to be checked by a person
    "header_known",  # the survey tool always calls it so, or the header says what it is
    "dates",
    "long_text",
    "personal_detail",  # never imported
    "not_an_answer",  # the survey tool's own bookkeeping
    "not_known",
    "empty",
    "chosen",  # a person decided
]
RESPONDENT_KINDS = ("parent_carer", "young_person", "school", "health", "other")
KIND_NOT_SAID = "other"
"""Who answered a row for which neither a column nor the mapping says so."""

IMPORTED = "imported."


class KnownOption(msgspec.Struct, frozen=True):
    """An answer that can be chosen: its stable code and its wordings in all languages."""

    code: str
    labels: tuple[str, ...] = ()


class KnownQuestion(msgspec.Struct, frozen=True):
    """A question of ours: its concept code, its wordings in all languages, and its options if it has any."""

    concept: str
    titles: tuple[str, ...]
    kind: Literal["choice", "text"]
    options: tuple[KnownOption, ...] = ()


class ValueCode(msgspec.Struct, frozen=True):
    """What a value in a column means: an option's code, a respondent kind, a language, or for the column of
    questions a concept. None: the value counts as not answered."""

    value: str
    code: str | None


class Column(msgspec.Struct, frozen=True):
    """The use of one column. `concept` belongs to the roles answer and free_text; a concept that is not
    ours is `imported.` and a name. `values` comes before what the labels of the options say."""

    header: str
    role: Role
    concept: str | None = None
    values: tuple[ValueCode, ...] = ()
    reason: Reason = "chosen"


class Mapping(msgspec.Struct, frozen=True):
    """The use of every column. Columns of the file that are not listed are ignored.

    `leave_out_unknown`: a value that means nothing to us counts as not answered, instead of keeping its row
    out. `date_order`: None leaves it to the values and the survey tool. `respondent_kind` is who answered where no
    column says so.
    """

    columns: tuple[Column, ...]
    leave_out_unknown: bool = False
    date_order: DateOrder | None = None
    respondent_kind: str | None = None


class MappingProblem(msgspec.Struct, frozen=True):
    """Why a mapping cannot be used: the header of the column at fault, None when it is the whole."""

    header: str | None
    code: Literal[
        "header_not_in_file",
        "header_twice",
        "role_twice",
        "concept_missing",
        "concept_not_known",
        "code_not_known",
        "question_without_text",
        "personal_detail",
        "nothing_to_import",
        "kind_not_known",
    ]


class SeenValue(msgspec.Struct, frozen=True):
    """A value of a column, as written the first time, and in how many rows it is."""

    value: str
    rows: int


_ONE_COLUMN_ONLY = ("question", "submitted_at", "language", "respondent_kind", "identifier")


def fingerprint(sheet: Sheet) -> str:
    """Names the form a file comes from by its headers, whatever their order, case and spacing (64 hex
    digits)."""
    forms = sorted(comparable(header) for header in sheet.headers)
    return hashlib.sha256("\x1f".join(forms).encode()).hexdigest()


def seen_values(sheet: Sheet, header: str, most: int = 50) -> tuple[SeenValue, ...]:
    """The different values of a column, the most frequent first, for a person to give them codes."""
    place = sheet.headers.index(header)
    written: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for row in sheet.rows:
        if text := text_of(row.cells[place]):
            form = comparable_value(text)
            written.setdefault(form, text)
            counts[form] += 1
    return tuple(SeenValue(written[form], rows) for form, rows in counts.most_common(most))


def codes_of(question: KnownQuestion) -> dict[str, str]:
    """Every comparable wording of a question's options, their codes included, to the code."""
    codes = {comparable_value(label): option.code for option in question.options for label in option.labels}
    return codes | {comparable_value(option.code): option.code for option in question.options}


def mapping_problems(sheet: Sheet, mapping: Mapping, questions: Sequence[KnownQuestion]) -> tuple[MappingProblem, ...]:
    """Why this mapping cannot be used on this sheet; empty when it can."""
    known = {question.concept: question for question in questions}
    problems = [*_problems_with_headers(sheet, mapping)]
    if not problems:
        places = {comparable(header): place for place, header in enumerate(sheet.headers)}
        for column in mapping.columns:
            problems += _problems_with(column, places[comparable(column.header)], sheet, known)
    roles = Counter(column.role for column in mapping.columns)
    for column in mapping.columns:
        if column.role in _ONE_COLUMN_ONLY and roles[column.role] > 1:
            problems.append(MappingProblem(column.header, "role_twice"))
        if column.role == "question" and not roles["free_text"]:
            problems.append(MappingProblem(column.header, "question_without_text"))
    if not roles["answer"] and not roles["free_text"]:
        problems.append(MappingProblem(None, "nothing_to_import"))
    if mapping.respondent_kind not in (None, *RESPONDENT_KINDS):
        problems.append(MappingProblem(None, "kind_not_known"))
    return tuple(problems)


def _problems_with_headers(sheet: Sheet, mapping: Mapping) -> list[MappingProblem]:
    in_file = {comparable(header) for header in sheet.headers}
    named = Counter(comparable(column.header) for column in mapping.columns)
    problems: list[MappingProblem] = []
    for column in mapping.columns:
        if comparable(column.header) not in in_file:
            problems.append(MappingProblem(column.header, "header_not_in_file"))
        elif named[comparable(column.header)] > 1:
            problems.append(MappingProblem(column.header, "header_twice"))
    return problems


def _problems_with(column: Column, place: int, sheet: Sheet, known: Lookup[str, KnownQuestion]) -> list[MappingProblem]:
    problems: list[MappingProblem] = []
    if column.role == "ignore":
        return problems
    if is_personal_for_certain(column.header, (row.cells[place] for row in sheet.rows)):
        problems.append(MappingProblem(column.header, "personal_detail"))
    if column.role in ("answer", "free_text"):
        kind = "choice" if column.role == "answer" else "text"
        question = known.get(column.concept or "")
        is_new_text = column.role == "free_text" and (column.concept or "").startswith(IMPORTED)
        if not column.concept:
            problems.append(MappingProblem(column.header, "concept_missing"))
        elif not is_new_text and (question is None or question.kind != kind):
            problems.append(MappingProblem(column.header, "concept_not_known"))
        elif column.role == "answer" and question is not None:
            codes = {option.code for option in question.options}
            if any(value.code not in codes for value in column.values if value.code is not None):
                problems.append(MappingProblem(column.header, "code_not_known"))
    if column.role == "respondent_kind" and any(
        value.code not in RESPONDENT_KINDS for value in column.values if value.code is not None
    ):
        problems.append(MappingProblem(column.header, "code_not_known"))
    return problems
