"""Writing a table of answers to a file, with its dictionary beside it."""

from __future__ import annotations

import asyncio
import csv
import os
from pathlib import Path

import msgspec

from surveys.exporting.cells import safe_cell
from surveys.exporting.dictionary import header, languages_of, lines
from surveys.exporting.formats import Format, writer
from surveys.exporting.tables import AnswerTable


class Saved(msgspec.Struct, frozen=True):
    """``cut_short`` texts did not fit whole into the format."""

    rows: int
    dictionary: Path
    cut_short: int


def dictionary_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.dictionary.csv")


async def save(table: AnswerTable, format: Format, path: Path, language: str) -> Saved:
    """Writes both files whole, or neither. Raises ``OSError`` and ``TooManyRows``."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    dictionary_beside = dictionary_path(beside)
    rows = 0
    try:
        writing = await asyncio.to_thread(writer, format, beside, table.columns, language)
        try:
            async for batch in table.rows:
                await asyncio.to_thread(writing.add, batch)
                rows += len(batch)
            spoken = languages_of(column for _, columns, _ in table.described for column in columns)
            dictionary = [
                header(spoken),
                *(
                    line
                    for survey, columns, counts in table.described
                    for line in lines(survey, columns, counts, spoken, writing.numbered)
                ),
            ]
            await asyncio.to_thread(writing.finish, dictionary)
        except BaseException:
            writing.abandon()
            raise
        with dictionary_beside.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([safe_cell(cell) for cell in line] for line in dictionary)
        beside.replace(path)
        dictionary_beside.replace(dictionary_path(path))
    finally:
        beside.unlink(missing_ok=True)
        dictionary_beside.unlink(missing_ok=True)
    return Saved(rows, dictionary_path(path), writing.cut_short)
