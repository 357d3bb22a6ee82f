"""The code frame: the themes an analyst looks for, and the words that point to each."""

import csv
import io
import os
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import IO, TYPE_CHECKING

from analysis.delimited import NotText, decoded, detect_delimiter

if TYPE_CHECKING:
    import _csv

COLUMNS = ("theme_id", "theme", "description", "keywords")
_SEPARATOR = ";"
# An id stands alone in a spreadsheet's cell, and ids are joined by semicolons.
_ID = re.compile(r"[^\W_][^;\n\r]*")


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme. Each keyword is the beginning of a word, or several words that follow each other."""

    theme_id: str
    theme: str
    description: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeFrame:
    """Themes in the order in which the analyst listed them; their ids are unique."""

    themes: tuple[Theme, ...]

    @property
    def theme_ids(self) -> tuple[str, ...]:
        return tuple(theme.theme_id for theme in self.themes)


class CodeFrameProblem(Exception):
    """A code frame that cannot be used.

    `code` is one of file_missing, file_empty, file_unreadable, column_missing, id_missing, id_repeated,
    id_invalid, no_themes. `field` names the column or the repeated id; `line` is the line in the file, 1
    being the header.
    """

    def __init__(self, code: str, field: str = "", line: int | None = None) -> None:
        super().__init__(code, field, line)
        self.code = code
        self.field = field
        self.line = line


def read_code_frame(path_or_buffer: str | os.PathLike[str] | IO[bytes] | IO[str]) -> CodeFrame:
    """Read a CSV with the columns theme_id, theme, description, keywords (`;`-joined); raises
    CodeFrameProblem.

    UTF-8, UTF-16 and Windows-1252 are understood, and comma, tab or semicolon between the cells. Column
    names may differ in case; further columns are ignored; blank lines are skipped.
    """
    text = _text_of(path_or_buffer)
    if not text.strip():
        raise CodeFrameProblem("file_empty")
    header_line = next(line for line in text.splitlines() if line.strip())
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=detect_delimiter(header_line))
    try:
        return CodeFrame(tuple(_themes(rows)))
    except csv.Error as problem:
        raise CodeFrameProblem("file_unreadable", line=rows.line_num) from problem


def send_code_frame() -> CodeFrame:
    """The code frame that comes with the product: what families of children with SEND speak about."""
    with (files("analysis") / "frames" / "send.csv").open("rb") as frame:
        return read_code_frame(frame)


def _text_of(path_or_buffer: str | os.PathLike[str] | IO[bytes] | IO[str]) -> str:
    if isinstance(path_or_buffer, str | os.PathLike):
        try:
            raw: bytes | str = Path(path_or_buffer).read_bytes()
        except FileNotFoundError as problem:
            raise CodeFrameProblem("file_missing") from problem
        except OSError as problem:
            raise CodeFrameProblem("file_unreadable") from problem
    else:
        raw = path_or_buffer.read()
    if isinstance(raw, str):
        return raw
    try:
        return decoded(raw)
    except NotText as problem:
        raise CodeFrameProblem("file_unreadable") from problem


def _themes(rows: "_csv.Reader") -> list[Theme]:
    header = next(row for row in rows if any(cell.strip() for cell in row))
    position = {name.strip().lower(): index for index, name in enumerate(header)}
    for column in COLUMNS:
        if column not in position:
            raise CodeFrameProblem("column_missing", column, rows.line_num)
    themes: dict[str, Theme] = {}
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        padded = row + [""] * len(header)
        theme_id, theme, description, keywords = (padded[position[name]].strip() for name in COLUMNS)
        if not theme_id:
            raise CodeFrameProblem("id_missing", "theme_id", rows.line_num)
        if not _ID.fullmatch(theme_id):
            raise CodeFrameProblem("id_invalid", theme_id, rows.line_num)
        if theme_id in themes:
            raise CodeFrameProblem("id_repeated", theme_id, rows.line_num)
        themes[theme_id] = Theme(theme_id, theme or theme_id, description, _keywords(keywords))
    if not themes:
        raise CodeFrameProblem("no_themes")
    return list(themes.values())


def _keywords(cell: str) -> tuple[str, ...]:
    stripped = (keyword.strip() for keyword in cell.split(_SEPARATOR))
    return tuple(dict.fromkeys(keyword for keyword in stripped if keyword))
