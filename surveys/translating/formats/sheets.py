"""Translations as a table: CSV or XLSX, a message a row.

The columns are found by their names, in any order: ``id``, ``english``, ``english_many``, ``words_pl_1`` and so on,
``notes``, ``state``, ``checked``. A message without a number uses ``words_pl_1`` only. The names of these columns say
the language, so that no sheet is taken for one of another.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from surveys.exporting.cells import csv_file, plain_cell
from surveys.importing.reading import read_sheet
from surveys.importing.sheet import Cell, Limits, Sheet, SheetProblem
from surveys.importing.workbook import Extent
from surveys.translating import plurals
from surveys.translating.catalogs import check_note, read_check
from surveys.translating.lines import MOST_LINES, FileProblem, FileProblemCode, Line
from surveys.translating.messages import Message
from surveys.translating.state import Translation

_NAMES_A_LANGUAGE = re.compile(r"words_[a-z]{2,3}_\d")
_PROBLEMS: dict[str, FileProblemCode] = {"too_large": "too_large", "too_many_rows": "too_many_lines"}


def _table(found: Sequence[Translation], language: str) -> list[list[str]]:
    places = range(1, plurals.form_count(language) + 1)
    rows = [["id", "english", "english_many", *(f"words_{language}_{n}" for n in places), "notes", "state", "checked"]]
    for each in found:
        message = each.message
        forms = (*each.forms, *("" for _ in places))[: len(places)]
        many = message.forms[1] if message.is_plural else ""
        check = check_note(each.check, message, each.forms, language)
        rows.append([message.id, message.forms[0], many, *forms, " ".join(message.notes), each.state, check])
    return rows


def write_csv(found: Sequence[Translation], language: str) -> bytes:
    """A table that spreadsheets read as UTF-8, and in which no cell is taken for a formula."""
    return csv_file(_table(found, language), quoting=csv.QUOTE_ALL)


def write_xlsx(found: Sequence[Translation], language: str) -> bytes:
    import openpyxl  # takes longer to load than all the rest
    from openpyxl.styles import Alignment

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = language
    sheet.freeze_panes = "B2"
    wrapped = Alignment(wrap_text=True, vertical="top")  # one for all: to make one a cell takes most of the time
    for number, row in enumerate(_table(found, language), start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            cell.value = text or None
            if text:
                cell.data_type = "s"  # also what begins with an equals sign is words
            cell.alignment = wrapped
    for letter in "BCDEFGHI":
        sheet.column_dimensions[letter].width = 45
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: bytes, filename: str, language: str) -> list[Line]:
    """The lines of a table. Raises :class:`FileProblem`."""
    try:
        sheet = read_sheet(content, filename)
    except SheetProblem as problem:
        raise FileProblem(_PROBLEMS.get(problem.code, "not_this_format")) from problem
    columns = {header.casefold(): place for place, header in enumerate(sheet.headers)}
    if "id" not in columns:
        raise FileProblem("no_ids")
    words = [columns[name] for n in range(1, 10) if (name := f"words_{language}_{n}") in columns]
    if not words:
        raise FileProblem("other_language" if any(map(_NAMES_A_LANGUAGE.fullmatch, columns)) else "no_words")
    if len(sheet.rows) > MOST_LINES:
        raise FileProblem("too_many_lines")
    is_workbook = filename.casefold().endswith(("xlsx", "xlsm"))
    formulas = _rows_with_formulas(content) if is_workbook else _rows_like_formulas(sheet, words)
    return _lines(sheet, columns, words, formulas, language)


def _lines(
    sheet: Sheet, columns: dict[str, int], words: list[int], formulas: frozenset[int], language: str
) -> list[Line]:
    found = []
    for row in sheet.rows:

        def said(name: str, cells: tuple[Cell, ...] = row.cells) -> str:
            return _text(cells[columns[name]]) if name in columns else ""

        source = tuple(filter(None, (said("english"), said("english_many"))))
        forms = [_text(row.cells[place]) for place in words]
        while len(forms) > 1 and not forms[-1]:
            forms.pop()
        check = read_check([said("checked")], Message(said("id"), source), forms, language)
        found.append(Line(row.number, said("id"), source, tuple(forms), check, row.number in formulas))
    return found


def _text(cell: Cell) -> str:
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    return plain_cell(cell.replace("\r\n", "\n"))


def _rows_like_formulas(sheet: Sheet, words: list[int]) -> frozenset[int]:
    return frozenset(row.number for row in sheet.rows if any(str(row.cells[place]).startswith("=") for place in words))


def _rows_with_formulas(content: bytes) -> frozenset[int]:
    """Rows in which a cell is computed: its words could be anything by the time they are read.

    Of every sheet: ours have one, and where there are more it need not be the first that is read.
    """
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        try:
            extent = Extent(Limits())
            return frozenset(
                number
                for sheet in book.worksheets
                for number, row in extent.rows(sheet, values_only=False)
                if any(cell.data_type == "f" for cell in row)
            )
        finally:
            book.close()
    except SheetProblem as problem:
        raise FileProblem(_PROBLEMS[problem.code]) from problem
    except Exception as problem:
        # Values that can be read do not mean that openpyxl can read the formulas behind them.
        raise FileProblem("not_this_format") from problem
