"""Writing a table of answers to a file, with its dictionary beside it."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path

import msgspec

from surveys.exporting.cells import SafeRows
from surveys.exporting.dictionary import header, languages_of, lines
from surveys.exporting.formats import Format, writer
from surveys.exporting.tables import AnswerTable
from surveys.exporting.whole_files import goes_straight, written_whole


class Saved(msgspec.Struct, frozen=True):
    """``cut_short`` texts did not fit whole into the format. ``dictionary`` is ``None`` where it has no place."""

    rows: int
    dictionary: Path | None
    cut_short: int


def dictionary_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.dictionary.csv")


async def save(table: AnswerTable, format: Format, path: Path, language: str) -> Saved:
    """Writes both files whole, or neither. Raises ``OSError`` and ``TooManyRows``.

    To what is no file, such as ``/dev/stdout``, goes the table alone.
    """
    if goes_straight(path):
        # Some formats are not written from beginning to end.
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / "table"
            saved = await save(table, format, made, language)
            await asyncio.to_thread(_copy, made, path)
        return msgspec.structs.replace(saved, dictionary=None)
    with written_whole(path) as beside, written_whole(dictionary_path(path)) as dictionary_beside:
        return await _write(table, format, beside, dictionary_beside, language, dictionary_path(path))


def _copy(made: Path, path: Path) -> None:
    with made.open("rb") as source, path.open("wb") as target:
        shutil.copyfileobj(source, target)


async def _write(
    table: AnswerTable, format: Format, path: Path, dictionary_file: Path, language: str, named: Path
) -> Saved:
    rows = 0
    writing = await asyncio.to_thread(writer, format, path, table.columns, language)
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
    with dictionary_file.open("w", encoding="utf-8", newline="") as file:
        SafeRows(file).writerows(dictionary)
    return Saved(rows, named, writing.cut_short)
