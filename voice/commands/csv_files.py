"""CSV files as the verbs read and write them: any size, any encoding people save in, whole or not at all."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from analysis.delimited import NotText, detect_delimiter, detect_encoding
from surveys.exporting.whole_files import written_whole
from voice.commands.problems import CommandProblem

if TYPE_CHECKING:
    import _csv

ROWS_AT_ONCE = 5_000
_BYTES_AT_ONCE = 1 << 20
_LONGEST_CELL = 64 << 20


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A file whose header has been read. Its rows can be read as often as they are needed."""

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]

    def place(self, column: str) -> int:
        """Where a column stands; raises CommandProblem, with the columns there are, when it is not there once."""
        if column not in self.header:
            raise CommandProblem(f"{self.path} has no column “{column}”; it has: {', '.join(self.header)}.")
        if self.header.count(column) > 1:
            raise CommandProblem(f"{self.path} has several columns called “{column}”.")
        return self.header.index(column)

    def rows(self) -> Iterator[list[str]]:
        """Every row, as wide as the header.

        Blank rows are kept, apart from those after the last of several columns. Raises CommandProblem when a row is
        wider than the header, when what follows is no text, and when there are no rows at all.
        """
        seen = False
        with _explained(self.path), self.path.open(encoding=self.encoding, newline="") as file:
            first = _first_line(file)
            reader = csv.reader(_lines(first, file), delimiter=self.delimiter)
            next(reader)
            for row in _filled(reader, len(self.header), self.path):
                seen = True
                yield row
        if not seen:
            raise CommandProblem(f"{self.path} has headers but no rows below them.")

    def pieces(self, rows: int = ROWS_AT_ONCE) -> Iterator[list[list[str]]]:
        """The rows, so many at a time."""
        every = self.rows()
        while piece := list(islice(every, rows)):
            yield piece


def open_csv(path: Path) -> CsvFile:
    """The file with its encoding, what separates its cells, and its header; raises CommandProblem with a sentence.

    UTF-8, UTF-16 and Windows-1252 are understood, and comma, tab or semicolon.
    """
    csv.field_size_limit(_LONGEST_CELL)
    with _explained(path):
        with path.open("rb") as raw:
            encoding = detect_encoding(iter(lambda: raw.read(_BYTES_AT_ONCE), b""))
        with path.open(encoding=encoding, newline="") as file:
            first = _first_line(file)
            if not first:
                raise CommandProblem(f"{path} is empty.")
            delimiter = detect_delimiter(first)
            header = next(csv.reader(_lines(first, file), delimiter=delimiter))
    return CsvFile(path, encoding, delimiter, tuple(header))


@contextlib.contextmanager
def written_text(path: Path, newline: str | None = None) -> Iterator[IO[str]]:
    """A file in UTF-8 that takes its place when it is whole; raises CommandProblem when it cannot be written."""
    try:
        with written_whole(path) as place, place.open("w", encoding="utf-8", newline=newline) as file:
            yield file
    except OSError as problem:
        raise CommandProblem(f"{problem.filename or path}: {problem.strerror}.") from problem


@contextlib.contextmanager
def written_rows(path: Path, header: Iterable[str]) -> Iterator[_csv.Writer]:
    """A CSV file with this header, to write rows to; it takes its place when it is whole."""
    with written_text(path, newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(list(header))
        yield writer


def names_beside(header: Sequence[str], ours: Iterable[str]) -> list[str]:
    """The names of our columns after those of the input, which keeps its own: ours is then `themes_suggested`."""
    names = list[str]()
    for name in ours:
        while name in header:
            name += "_suggested"
        names.append(name)
    return names


def refuse_to_overwrite(read: Mapping[str, Path | None], written: Mapping[str, Path | None]) -> None:
    """Raises CommandProblem unless all files are different and what is written can be.

    Both map what the verb calls a file (IN, OUT) to its path; paths that are None were not given.
    """
    taken = {path.resolve() for path in read.values() if path}
    places = [path.resolve() for path in written.values() if path]
    if taken & set(places) or len(places) != len(set(places)):
        *most, last = [name for name, path in [*read.items(), *written.items()] if path]
        raise CommandProblem(f"{', '.join(most)} and {last} must be different files.")
    for place in places:
        if place.is_dir():
            raise CommandProblem(f"{place} is a folder: give the name of a file.")
        if not place.parent.is_dir():
            raise CommandProblem(f"There is no folder {place.parent}.")


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """What goes wrong while a file is read, in one sentence."""
    try:
        yield
    except FileNotFoundError as problem:
        raise CommandProblem(f"There is no file {path}.") from problem
    except NotText as problem:
        raise CommandProblem(f"{path} is not a CSV file.") from problem
    except UnicodeError as problem:
        raise CommandProblem(f"{path} is not a text file in UTF-8, UTF-16 or Windows-1252.") from problem
    except csv.Error as problem:
        raise CommandProblem(f"{path} cannot be read as CSV: {problem}.") from problem
    except OSError as problem:
        raise CommandProblem(f"{problem.filename or path}: {problem.strerror}.") from problem


def _first_line(file: IO[str]) -> str:
    """The first line that is not blank, empty at the end of the file."""
    line = file.readline()
    while line and not line.strip():
        line = file.readline()
    return line


def _lines(first: str, rest: IO[str]) -> Iterator[str]:
    yield first
    yield from rest


def _filled(rows: Iterator[list[str]], width: int, path: Path) -> Iterator[list[str]]:
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
