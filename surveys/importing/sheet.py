"""A table as it stood in the file: headers, rows, and why a file could not be read at all."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Source = Literal["microsoft_forms", "google_forms", "surveymonkey", "other"]
SheetProblemCode = Literal[
    "empty_file",
    "not_what_its_name_says",
    "too_large",
    "no_rows",
    "no_header",
    "unreadable_encoding",
    "too_many_rows",
    "too_many_columns",
]
Cell = str | int | float | bool | datetime | date | None


class SheetProblem(Exception):
    """The file as a whole cannot be imported; `code` says why."""

    def __init__(self, code: SheetProblemCode) -> None:
        super().__init__(code)
        self.code: SheetProblemCode = code


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest file accepted. `unpacked_size` is what an XLSX (a zip) may grow to, and `parts` how many files may
    be in it; sizes are in bytes. `cells` counts those between the first column and the last of each row too: a file of
    a few thousand bytes can say that all its rows are as wide as a sheet can be."""

    size: int = 20_000_000
    unpacked_size: int = 200_000_000
    parts: int = 5000
    rows: int = 200_000
    columns: int = 500
    cells: int = 10_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank.

    `number` is the row a person sees when the file is open in a spreadsheet, the first being 1. `cells` has
    at least one cell a header; more only where the row has more cells than the table has columns.
    `quote_left_open`: a quotation mark opened in this row never closes, so what follows it in the file was
    swallowed.
    """

    number: int
    cells: tuple[Cell, ...]
    quote_left_open: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table. Headers are tidied and differ from one another even when case and spacing are disregarded."""

    source: Source
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
