"""CSV files as the verbs of the command line read and write them: any encoding that people save tables in, row by row,
with one sentence when a file cannot be used. What is written appears whole or not at all.
"""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from analysis.delimited import NotText, detect_delimiter, detect_encoding
from surveys.exporting.whole_files import written_whole
from voice.commands.problems import CommandProblem

_BYTES_AT_ONCE = 1 << 20
_LONGEST_CELL = 64 << 20


@dataclass(frozen=True)
class Table:
    """The header of a file, and its rows, each as wide as the header. The rows can be read once."""

    path: Path
    header: list[str]
    rows: Iterator[list[str]]

    def place_of(self, column: str) -> int:
        """Where a column stands; raises CommandProblem when it is missing or there twice."""
        if column not in self.header:
            raise CommandProblem(f"{self.path} has no column “{column}”; it has: {', '.join(self.header)}.")
        if self.header.count(column) > 1:
            raise CommandProblem(f"{self.path} has several columns called “{column}”.")
        return self.header.index(column)

    def free_name(self, column: str) -> str:
        """The name for a column that is added: the input keeps its own."""
        while column in self.header:
            column += "_suggested"
        return column


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Table]:
    """The table in a file; what goes wrong while its rows are read is told as CommandProblem too."""
    try:
        with _opened(path) as file:
            yield _table(path, file)
    except UnicodeDecodeError as problem:
        raise CommandProblem(f"{path} is not a text file in UTF-8, UTF-16 or Windows-1252.") from problem
    except csv.Error as problem:
        raise CommandProblem(f"{path} cannot be read as CSV: {problem}.") from problem
    except OSError as problem:
        raise CommandProblem(f"{problem.filename or path}: {problem.strerror}.") from problem


@contextlib.contextmanager
def replacing(path: Path, newline: str | None = None) -> Iterator[IO[str]]:
    """A text file that takes its place when it is whole."""
    with written_whole(path) as place, place.open("w", encoding="utf-8", newline=newline) as file:
        yield file


def refuse_to_overwrite(read: Sequence[Path], written: Sequence[Path], names: str) -> None:
    """Raises CommandProblem when two files are the same, or one cannot be written; ``names`` are what the verb calls
    them."""
    taken = [path.resolve() for path in written]
    if {path.resolve() for path in read} & set(taken) or len(taken) != len(set(taken)):
        raise CommandProblem(f"{names} must be different files.")
    for path in written:
        if path.is_dir():
            raise CommandProblem(f"{path} is a folder: give the name of a file.")
        if not path.resolve().parent.is_dir():
            raise CommandProblem(f"There is no folder {path.parent}.")


def _opened(path: Path) -> IO[str]:
    try:
        with path.open("rb") as raw:
            encoding = detect_encoding(iter(lambda: raw.read(_BYTES_AT_ONCE), b""))
    except FileNotFoundError as problem:
        raise CommandProblem(f"There is no file {path}.") from problem
    except NotText as problem:
        raise CommandProblem(f"{path} is not a CSV file.") from problem
    return path.open(encoding=encoding, newline="")


def _table(path: Path, file: IO[str]) -> Table:
    first_line = file.readline()
    while first_line and not first_line.strip():
        first_line = file.readline()
    if not first_line:
        raise CommandProblem(f"{path} is empty.")
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(_lines(first_line, file), delimiter=detect_delimiter(first_line))
    header = next(rows)
    return Table(path, header, _filled(rows, len(header), path))


def _lines(first: str, rest: IO[str]) -> Iterator[str]:
    yield first
    yield from rest


def _filled(rows: Iterator[list[str]], width: int, path: Path) -> Iterator[list[str]]:
    """Every row as wide as the header; blank rows are kept, apart from those after the last of several columns."""
    blank = 0
    for number, row in enumerate(rows, start=2):
        if not row:
            blank += 1
            continue
        if len(row) > width:
            raise CommandProblem(f"Row {number} of {path} has {len(row)} cells, but the header has {width}.")
        yield from ([""] * width for _ in range(blank))
        blank = 0
        yield row + [""] * (width - len(row))
    if width == 1:
        yield from ([""] for _ in range(blank))
