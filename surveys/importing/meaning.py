"""What one cell means for the use its column is put to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from babel import Locale

from surveys.importing.cells import comparable, comparable_value, is_formula_error, slug, text_of
from surveys.importing.dates import DateOrder, date_order, read_date
from surveys.importing.mapping import IMPORTED, RESPONDENT_KINDS, Column, KnownQuestion, Mapping, codes_of
from surveys.importing.sheet import Cell, Sheet

CellProblemCode = Literal["value_not_known", "date_not_read", "date_out_of_range", "text_too_long", "formula_error"]
LONGEST_TEXT = 10_000
EARLIEST = date(2000, 1, 1)
# Languages that families write in; each is also known by its own name.
_OWN_NAMES = frozenset(
    {
        "en",
        "cy",
        "pl",
        "ur",
        "pa",
        "bn",
        "gu",
        "hi",
        "ta",
        "ar",
        "fa",
        "ps",
        "ku",
        "so",
        "am",
        "ti",
        "ro",
        "uk",
    }
    | {"ru", "lt", "sk", "cs", "hu", "bg", "sq", "es", "pt", "fr", "it", "de", "tr", "vi", "zh"}
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A cell that was read has a code, a text or a day; one that was not has a problem; a value that is
    unknown and may be is left out; what remains is blank."""

    outcome: Literal["read", "blank", "left_out", "not_read"]
    code: str | None = None
    text: str | None = None
    day: date | None = None
    problem: CellProblemCode | None = None


_BLANK = Meaning("blank")
_LEFT_OUT = Meaning("left_out")
_NOT_KNOWN = Meaning("not_read", problem="value_not_known")


def date_order_in(sheet: Sheet, mapping: Mapping) -> DateOrder:
    """The order of day and month in the dates of submission: as the mapping says, else as the values show,
    else month first for SurveyMonkey and day first for every other file."""
    usual: DateOrder = "month_first" if sheet.source == "surveymonkey" else "day_first"
    column = next((column for column in mapping.columns if column.role == "submitted_at"), None)
    if mapping.date_order or column is None:
        return mapping.date_order or usual
    place = [comparable(header) for header in sheet.headers].index(comparable(column.header))
    return date_order((text_of(row.cells[place]) for row in sheet.rows), usual)


def meaning_for(
    column: Column, mapping: Mapping, questions: Sequence[KnownQuestion], order: DateOrder, today: date
) -> Callable[[Cell], Meaning]:
    """How to understand the cells of a column that is not ignored."""
    if column.role == "submitted_at":
        return lambda cell: _day(cell, order, today)
    if column.role in ("free_text", "identifier"):
        return lambda cell: _text(text_of(cell))
    understand = _of_value(column, mapping, questions)
    known: dict[str, Meaning] = {}

    def understand_once(cell: Cell) -> Meaning:
        text = text_of(cell)
        meaning = known.get(text)
        if meaning is None:
            meaning = known[text] = understand(text)
        return meaning

    return understand_once


def _of_value(column: Column, mapping: Mapping, questions: Sequence[KnownQuestion]) -> Callable[[str], Meaning]:
    given = {comparable_value(value.value): value.code for value in column.values}
    unknown = _LEFT_OUT if mapping.leave_out_unknown else _NOT_KNOWN
    codes: dict[str, str | None]
    if column.role == "question":
        return lambda text: _question(text, given)
    if column.role == "language":
        return lambda text: _value(text, given, language_code(text), unknown)
    if column.role == "respondent_kind":
        codes = {comparable(kind.replace("_", " ")): kind for kind in RESPONDENT_KINDS}
        codes |= {kind: kind for kind in RESPONDENT_KINDS}
    else:
        codes = dict(codes_of(next(known for known in questions if known.concept == column.concept)))
        # Spreadsheets turn a choice of yes or no into one of true or false.
        codes = {word: codes[code] for word, code in (("true", "yes"), ("false", "no")) if code in codes} | codes
    codes = codes | given
    return lambda text: _value(text, codes, None, unknown)


def _value(text: str, codes: dict[str, str | None], otherwise: str | None, unknown: Meaning) -> Meaning:
    if not text:
        return _BLANK
    if is_formula_error(text):
        return Meaning("not_read", problem="formula_error")
    form = comparable_value(text)
    if form in codes:
        code = codes[form]
        return Meaning("read", code=code) if code is not None else _LEFT_OUT
    return Meaning("read", code=otherwise) if otherwise else unknown


def _question(text: str, given: dict[str, str | None]) -> Meaning:
    meaning = _text(text)
    if meaning.text is None:
        return meaning
    form = comparable_value(text)
    return Meaning("read", code=given[form] if form in given else IMPORTED + slug(text), text=" ".join(text.split()))


def _text(text: str) -> Meaning:
    if not text:
        return _BLANK
    if is_formula_error(text):
        return Meaning("not_read", problem="formula_error")
    if len(text) > LONGEST_TEXT:
        return Meaning("not_read", problem="text_too_long")
    return Meaning("read", text=text)


def _day(cell: Cell, order: DateOrder, today: date) -> Meaning:
    plain = text_of(cell) if isinstance(cell, str) else cell
    if plain is None or plain == "":
        return _BLANK
    if isinstance(plain, str) and is_formula_error(plain):
        return Meaning("not_read", problem="formula_error")
    day = read_date(plain, order)
    if day is None:
        return Meaning("not_read", problem="date_not_read")
    if not EARLIEST <= day <= today:
        return Meaning("not_read", problem="date_out_of_range")
    return Meaning("read", day=day)


def language_code(text: str) -> str | None:
    """The ISO 639 code of a language written as a code (en-GB), in English (Polish) or in itself (polski)."""
    form = comparable(text.partition("(")[0])
    codes = _language_codes()
    primary = form.replace("_", "-").partition("-")[0]
    if form in codes:
        return codes[form]
    return primary if primary in codes.values() and len(form) > len(primary) else None


@cache
def _language_codes() -> dict[str, str]:
    english = {code: name for code, name in Locale("en").languages.items() if code.isalpha()}
    codes = {comparable(str(name)): code for code, name in english.items()}
    codes |= {code: code for code in english}
    return codes | {comparable(Locale(code).get_language_name(code) or code): code for code in _OWN_NAMES}
