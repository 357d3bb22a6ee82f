"""From the bytes of a file to a table with one row of headers."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import PurePath

from surveys.importing.cells import comparable, is_blank, one_line, text_of
from surveys.importing.dates import read_date
from surveys.importing.delimited import decode, records
from surveys.importing.sheet import Cell, Limits, Row, Sheet, SheetProblem, Source
from surveys.importing.workbook import workbook_rows

_WORKBOOK_ENDINGS = {".xlsx", ".xlsm"}
_TEXT_ENDINGS = {".csv", ".tsv", ".txt", ""}
_ZIP = b"PK\x03\x04"
# How files begin that are no table of text, in lower case: old workbooks, PDF, pictures, archives, web pages
_NO_TABLE = (
    *(
        b"\xd0\xcf\x11\xe0",
        b"%pdf",
        b"\x89png",
        b"\xff\xd8\xff",
        b"gif8",
        b"\x1f\x8b",
        b"7z\xbc\xaf",
        b"rar!",
    ),
    *(b"{\\rtf", b"sqlite format 3", b"<!doctype", b"<html", b"<?xml", b"<table"),
)
_ROWS_ABOVE_TABLE = 20
_SURVEYMONKEY_ANSWER_KINDS = {"response", "open-ended response"}
JOINED_BY = " — "


def read_sheet(content: bytes, filename: str, limits: Limits = Limits()) -> Sheet:  # noqa: B008 - frozen
    """Read a CSV or XLSX file as survey tools and spreadsheets write them.

    Blank rows and titles above the table are passed over; rows that are blank throughout are no rows. The
    two rows of headers of SurveyMonkey become one ("question — option"). A column without a header is
    called by its letter, e.g. [C]; headers that repeat are numbered, e.g. "Comments (2)". Raises
    SheetProblem.
    """
    if not content:
        raise SheetProblem("empty_file")
    if len(content) > limits.size:
        raise SheetProblem("too_large")
    ending = PurePath(filename).suffix.lower()
    is_zip = content.startswith((_ZIP, b"PK\x05\x06"))
    begins_otherwise = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_NO_TABLE)
    if begins_otherwise or is_zip != (ending in _WORKBOOK_ENDINGS) or ending not in _WORKBOOK_ENDINGS | _TEXT_ENDINGS:
        raise SheetProblem("not_what_its_name_says")
    read = workbook_rows(content, limits) if is_zip else records(decode(content))
    return _sheet(_kept(read, limits), limits)


def _kept(read: Iterable[Row], limits: Limits) -> list[Row]:
    """The rows with anything in them, without the blank cells at their ends."""
    filled = (row for row in map(_without_blank_end, read) if row.cells)
    rows = list(islice(filled, limits.rows + _ROWS_ABOVE_TABLE + 1))
    if not rows:
        raise SheetProblem("empty_file")
    if len(rows) > limits.rows + _ROWS_ABOVE_TABLE:
        raise SheetProblem("too_many_rows")
    return rows


def _without_blank_end(row: Row) -> Row:
    last = len(row.cells)
    while last and is_blank(row.cells[last - 1]):
        last -= 1
    return row if last == len(row.cells) else Row(row.number, row.cells[:last], row.quote_left_open)


def _sheet(rows: Sequence[Row], limits: Limits) -> Sheet:
    top = _header_place(rows)
    if not any(_is_wording(cell) for cell in rows[top].cells):
        raise SheetProblem("no_header")
    names = [one_line(text_of(cell)) for cell in rows[top].cells]
    below = top + 1
    if _is_surveymonkey(names) and below < len(rows) and is_blank(rows[below].cells[0]):
        names = _joined(names, [one_line(text_of(cell)) for cell in rows[below].cells])
        below += 1
    data = rows[below:]
    if not data:
        raise SheetProblem("no_rows")
    if len(data) > limits.rows:
        raise SheetProblem("too_many_rows")
    names += [""] * (_usual_width(data, len(names)) - len(names))
    if len(names) > limits.columns:
        raise SheetProblem("too_many_columns")
    if len(names) * len(data) > limits.cells:
        raise SheetProblem("too_large")
    headers = _told_apart(names)
    return Sheet(_source(names), headers, tuple(_padded(row, len(headers)) for row in data))


def _header_place(rows: Sequence[Row]) -> int:
    """Where the headers are: in the first row, or below titles, each of which stands alone in its row."""
    titles = 0
    while titles < min(len(rows), _ROWS_ABOVE_TABLE) and _filled(rows[titles]) == 1:
        titles += 1
    table = rows[titles : titles + 200]
    is_table = sum(_filled(row) > 1 for row in table) * 2 > len(table)
    has_headers = is_table and all(is_blank(cell) or _is_wording(cell) for cell in table[0].cells)
    return titles if has_headers else 0


def _filled(row: Row) -> int:
    return sum(not is_blank(cell) for cell in row.cells)


def _is_wording(cell: Cell) -> bool:
    return isinstance(cell, str) and any(map(str.isalpha, cell)) and read_date(text_of(cell), "day_first") is None


def _is_surveymonkey(names: Sequence[str]) -> bool:
    found = {name.casefold().replace(" ", "") for name in names}
    return {"respondentid", "collectorid"} <= found


def _source(names: Sequence[str]) -> Source:
    found = [comparable(name) for name in names]
    if _is_surveymonkey(names):
        return "surveymonkey"
    if {"id", "start time", "completion time"} <= set(found):
        return "microsoft_forms"
    return "google_forms" if found[0] == "timestamp" else "other"


def _joined(questions: Sequence[str], options: Sequence[str]) -> list[str]:
    """SurveyMonkey writes a question once, above the first of its columns, and below it what each column
    holds."""
    width = max(len(questions), len(options))
    questions = [*questions, *[""] * (width - len(questions))]
    options = [*options, *[""] * (width - len(options))]
    joined: list[str] = []
    asked = ""
    for question, option in zip(questions, options, strict=True):
        asked = question or (asked if option else "")
        names_a_choice = bool(option) and option.casefold() not in _SURVEYMONKEY_ANSWER_KINDS
        joined.append(JOINED_BY.join(filter(None, (asked, option))) if names_a_choice else asked)
    return joined


def _usual_width(data: Sequence[Row], named: int) -> int:
    """Columns without a header count when most rows use them; else a wider row is a faulty row."""
    widths = sorted((len(row.cells) for row in data), reverse=True)
    return max(named, widths[len(widths) // 2])


def _told_apart(names: Sequence[str]) -> tuple[str, ...]:
    headers: list[str] = []
    taken: set[str] = set()
    for place, name in enumerate(names):
        base = header = name or f"[{_letters(place)}]"
        count = 1
        while comparable(header) in taken:
            count += 1
            header = f"{base} ({count})"
        taken.add(comparable(header))
        headers.append(header)
    return tuple(headers)


def _letters(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _padded(row: Row, width: int) -> Row:
    missing = width - len(row.cells)
    return row if missing <= 0 else Row(row.number, row.cells + (None,) * missing, row.quote_left_open)
