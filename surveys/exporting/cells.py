"""Cells that a spreadsheet shows as they are, and runs never: every table that we hand out is written with these."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

_RUN = "=+\\-@\uff1d\uff0b\uff0d\uff20"
"""With any of these a formula begins; spreadsheets of East Asia take the wide ones for the same."""
_FORMULA = re.compile(rf"[\s\x00]*[{_RUN}]|[\t\r]")
_HIDDEN = re.compile(rf"([;\t][\s\x00]*)(?=[=@\uff1d\uff20]|[{_RUN}]\s*\w)")
"""Where commas are for decimals, a spreadsheet takes a semicolon for the edge of a cell, and what follows for its
beginning. A sad face after a semicolon is no formula."""
_PROTECTED = re.compile(rf"'(?=[\s\x00]*[{_RUN}]|[\t\r])")


def safe_cell(value: object) -> str:
    """``value`` as the text of a cell; ``None`` is an empty one. What would be run gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    if ";" in text or "\t" in text:
        text = _HIDDEN.sub(r"\1'", text)
    return f"'{text}" if not text[:1].isalnum() and _FORMULA.match(text) else text


def plain_cell(text: str) -> str:
    """What somebody wrote, from a cell that ``safe_cell`` made and that comes back to us."""
    return text[1:] if _PROTECTED.match(text) else text


class SafeRows:
    """Writes rows of CSV to a text file, every cell a safe one."""

    def __init__(self, file: Any, **dialect: Any) -> None:
        self._writer = csv.writer(file, **dialect)

    def writerow(self, cells: Iterable[object]) -> None:
        self._writer.writerow([safe_cell(cell) for cell in cells])

    def writerows(self, rows: Iterable[Iterable[object]]) -> None:
        for row in rows:
            self.writerow(row)


def csv_file(rows: Iterable[Iterable[object]], **dialect: Any) -> bytes:
    """A file of CSV; the mark at its beginning tells spreadsheets that it is UTF-8."""
    written = io.StringIO(newline="")
    SafeRows(written, **dialect).writerows(rows)
    return written.getvalue().encode("utf-8-sig")
