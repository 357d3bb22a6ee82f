"""The process that reads strangers' files: ``python -m voice.capture.drop_box.reading``.

It gets files as msgpack and writes what it read of each as soon as it is read, its length (four bytes) before it.
Whatever a file does to it happens to this process alone, and to none of the files before it.
"""

from __future__ import annotations

import sys
from pathlib import PurePath

import msgspec

from surveys.importing.cells import text_of
from surveys.importing.delimited import decode
from surveys.importing.personal import is_personal_for_certain
from surveys.importing.reading import read_sheet
from surveys.importing.sheet import SheetProblem
from voice.capture.drop_box.documents import is_word, words_of_pdf, words_of_word
from voice.capture.drop_box.letters import read_letter
from voice.capture.drop_box.pieces import (
    MOST_LETTERS,
    Column,
    DropBoxProblem,
    LeftOut,
    Letter,
    Piece,
    Problem,
    Reading,
    letters_of,
    plain,
)
from voice.running.bounds import bind_this_process

SECONDS_OF_WORK = 20
MOST_MEMORY = 1_500_000_000
"""Bytes of addresses. Reading a workbook of 20 MB takes some 600 million."""

BYTES_OF_LENGTH = 4

TEXT, TABLE, WORD, PDF, LETTER = "text", "table", "word", "pdf", "letter"
ENDINGS = {
    "": TEXT,
    ".txt": TEXT,
    ".md": TEXT,
    ".csv": TABLE,
    ".tsv": TABLE,
    ".xlsx": TABLE,
    ".xlsm": TABLE,
    ".docx": WORD,
    ".docm": WORD,
    ".pdf": PDF,
    ".eml": LETTER,
}
OLD = (".doc", ".dot", ".xls", ".ppt")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_SHEET_PROBLEMS: dict[str, Problem] = {
    "empty_file": "empty",
    "no_rows": "empty",
    "no_header": "empty",
    "too_large": "too_big",
    "too_many_rows": "too_long",
    "too_many_columns": "too_long",
}


class Given(msgspec.Struct, frozen=True):
    """A file to read. ``letter`` asks for an e-mail in its parts, a :class:`Letter` and no :class:`Reading`."""

    name: str
    content: bytes
    letter: bool = False


def kind_of(name: str, content: bytes) -> str:
    """Which of the kinds the file is. Raises :class:`DropBoxProblem` when its name and its bytes do not agree."""
    ending = PurePath(name).suffix.lower()
    if not content.strip():
        raise DropBoxProblem("empty")
    if content.startswith(_OLD_OFFICE):
        # Word and Excel put a locked document of the new kind into a file of the old kind.
        raise DropBoxProblem("locked" if ENDINGS.get(ending) in (WORD, TABLE) else "old_kind")
    if ending in OLD:
        raise DropBoxProblem("not_what_its_name_says")
    kind = ENDINGS.get(ending)
    if kind is None:
        raise DropBoxProblem("not_this_kind")
    zipped = content.startswith(_ZIP)
    is_pdf = content[:1024].lstrip().startswith(b"%PDF")
    if (kind == PDF) != is_pdf or zipped != (ending in (".docx", ".docm", ".xlsx", ".xlsm")):
        raise DropBoxProblem("not_what_its_name_says")
    if kind == WORD and not is_word(content):
        raise DropBoxProblem("not_what_its_name_says")
    return kind


def read(name: str, content: bytes) -> Reading:
    """One file as pieces; of an e-mail its own words alone. What cannot be read comes with its ``problem``."""
    try:
        kind = kind_of(name, content)
        left_out: tuple[LeftOut, ...] = ()
        if kind == TABLE:
            piece, left_out = _table(name, content)
        elif kind == WORD:
            words, has_programs = words_of_word(content)
            piece = Piece(name, plain(words))
            left_out = (LeftOut(name, "programs"),) if has_programs else ()
        elif kind == PDF:
            words, without = words_of_pdf(content)
            piece = Piece(name, plain(words))
            left_out = (LeftOut(f"{name} ({without})", "some_pages"),) if without else ()
        elif kind == LETTER:
            letter = read_letter(content)
            piece = Piece(name, letter.words)
            left_out = (*letter.left_out, *(LeftOut(each.name, "too_many") for each in letter.attachments))
        else:
            piece = Piece(name, _lines(decode(content)))
        if not letters_of((piece,)):
            raise DropBoxProblem("empty")
        if letters_of((piece,)) > MOST_LETTERS:
            raise DropBoxProblem("too_long")
    except DropBoxProblem as problem:
        return Reading(problem=problem.code)  # type: ignore[arg-type]
    except SheetProblem as problem:
        return Reading(problem=_SHEET_PROBLEMS.get(problem.code, "not_what_its_name_says"))
    return Reading((piece,), left_out)


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in plain(text).split("\n")).strip()


def _table(name: str, content: bytes) -> tuple[Piece, tuple[LeftOut, ...]]:
    """The columns with words in them, those of personal details left out; the one with most words is chosen."""
    sheet = read_sheet(content, name)
    columns, left_out = [], []
    for place, header in enumerate(sheet.headers):
        raw = [row.cells[place] for row in sheet.rows]
        cells = tuple(plain(text) for text in map(text_of, raw) if any(map(str.isalpha, text)))
        if is_personal_for_certain(header, raw):
            left_out.append(LeftOut(plain(header), "personal_column"))
        elif cells:
            columns.append(Column(plain(header), cells))
    if not columns:
        raise DropBoxProblem("empty")
    longest = max(range(len(columns)), key=lambda place: sum(map(len, columns[place].cells)))
    return Piece(name, columns=tuple(columns), column=longest), tuple(left_out)


def answer(given: Given) -> Reading | Letter:
    return read_letter(given.content) if given.letter else read(given.name, given.content)


if __name__ == "__main__":
    bind_this_process(seconds=SECONDS_OF_WORK, memory=MOST_MEMORY)
    for given in msgspec.msgpack.decode(sys.stdin.buffer.read(), type=list[Given]):
        written = msgspec.msgpack.encode(answer(given))
        sys.stdout.buffer.write(len(written).to_bytes(BYTES_OF_LENGTH) + written)
        sys.stdout.buffer.flush()
