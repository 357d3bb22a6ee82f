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
_INSIDE = r"[;\t\r\n][;\"\s\x00]*+"
_RUN_INSIDE = r"(?=[=@\uff1d\uff20]|[+\-\uff0b\uff0d](?!\)))"
_HIDDEN = re.compile(rf"{_INSIDE}(?P<run>{_RUN_INSIDE})?")
"""Where commas are for decimals, a spreadsheet takes a semicolon for the edge of a cell and not the quotation marks
after a comma, so that a line break in a cell ends the row: what follows either begins a cell. A sad face is no formula.

It matches at every edge and takes all edges in a row at once: looked for one by one, many tabs would take hours."""
_HIDDEN_PROTECTED = re.compile(rf"(?P<edge>{_INSIDE})(?:'{_RUN_INSIDE})?")
_PROTECTED = re.compile(rf"'(?=[\s\x00]*[{_RUN}]|[\t\r])")


def safe_cell(value: object) -> str:
    """``value`` as the text of a cell; ``None`` is an empty one. What would be run gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    safe = _HIDDEN.sub(lambda edge: edge[0] if edge["run"] is None else f"{edge[0]}'", text)
    return f"'{safe}" if not text[:1].isalnum() and _FORMULA.match(text) else safe


def plain_cell(text: str) -> str:
    """What somebody wrote, from a cell that ``safe_cell`` made and that comes back to us."""
    plain = _HIDDEN_PROTECTED.sub(r"\g<edge>", text)
    return plain[1:] if _PROTECTED.match(plain) else plain


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
