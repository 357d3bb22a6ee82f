"""The sheets of a workbook as rows with named columns, read and written."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from surveys.exchange.carried import FormProblem
from surveys.importing.cells import text_of
from surveys.importing.sheet import Limits, SheetProblem
from surveys.importing.workbook import check_archive, unescaped

MOST_ROWS = 5000
MOST_COLUMNS = 300


class FormRow(msgspec.Struct, frozen=True):
    """A row with something in it. ``cells`` are those that are not empty, by the header as it is written."""

    number: int
    cells: Mapping[str, str]


def read_sheets(content: bytes, limits: Limits) -> dict[str, list[FormRow]]:
    """Every sheet by its name in small letters. Raises :class:`FormProblem`."""
    if len(content) > limits.size:
        raise FormProblem("too_large")
    try:
        check_archive(content, limits)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles, which say nothing here
            return _read(content)
    except FormProblem:
        raise
    except SheetProblem as problem:
        raise FormProblem(problem.code) from problem
    except Exception as problem:
        # A damaged or hostile workbook makes openpyxl, zipfile and the XML parser raise almost anything.
        raise FormProblem("not_what_its_name_says") from problem


def _read(content: bytes) -> dict[str, list[FormRow]]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        found: dict[str, list[FormRow]] = {}
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows: list[FormRow] = []
            header: tuple[str, ...] = ()
            for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
                if number > MOST_ROWS:
                    raise FormProblem("too_many_rows")
                cells = tuple(_text(value) for value in values)
                if not any(cells):
                    continue
                if not header:
                    header = cells
                    continue
                rows.append(FormRow(number, {name: cell for name, cell in zip(header, cells, strict=False) if cell}))
            found[sheet.title.strip().casefold()] = rows
        return found
    finally:
        book.close()


def _text(value: object) -> str:
    if isinstance(value, str):
        return unescaped(value).replace("\r\n", "\n").strip()
    return text_of(value)  # type: ignore[arg-type]


def write_sheets(sheets: Mapping[str, tuple[Sequence[str], Iterable[Mapping[str, str]]]]) -> bytes:
    """A workbook with each sheet's columns and rows, all of it plain text that no spreadsheet runs."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    for name, (columns, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append(list(columns))
        for row in rows:
            cells = []
            for column in columns:
                text = row.get(column)
                cell = WriteOnlyCell(sheet, value=text) if text else None
                if cell is not None:
                    cell.data_type = "s"  # not a formula, whatever it begins with
                cells.append(cell)
            sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
