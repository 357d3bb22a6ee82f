"""The words of Word and PDF files. Runs in the process of ``reading.py``."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from voice.capture.drop_box.pieces import MOST_LETTERS, DropBoxProblem

MOST_UNPACKED = 200_000_000
MOST_PARTS = 5000
MOST_PAGES = 600
_WORD_PART = "word/document.xml"
_PROGRAMS = "word/vbaProject.bin"
_KINDS = "[Content_Types].xml"
_WITH_PROGRAMS = b"application/vnd.ms-word.document.macroEnabled.main+xml"
_WITHOUT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_BEGINS_ANEW = re.compile(r"\s*(?:[•●▪■◦*–—·-]\s|\(?\d{1,3}[.)]\s|[A-Za-z][.)]\s)")
_ENDS = re.compile(r"[.!?:;…؟۔।]['\"”’)]?$")


def is_word(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _WORD_PART in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def words_of_word(content: bytes) -> tuple[str, bool]:
    """The paragraphs of a Word document in their order, those of tables and boxes too, a line each; and whether it
    holds programs, which are never looked at. Words that were struck out as a change do not count.

    Raises :class:`DropBoxProblem`: ``too_big``, ``unreadable``, ``too_long``.
    """
    import docx
    from docx.oxml.ns import qn

    safe, has_programs = _without_programs(content)
    try:
        body = docx.Document(io.BytesIO(safe)).element.body
    except Exception as problem:
        # A damaged document makes python-docx, zipfile and lxml raise almost anything.
        raise DropBoxProblem("unreadable") from problem
    paragraph, fallback = qn("w:p"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    lines, letters = [], 0
    for each in body.iter(paragraph):
        # Boxes stand twice in the file: once more for programs that do not know them.
        if next(each.iterancestors(fallback), None) is not None:
            continue
        line = "".join(_letters(each, qn)).strip()
        letters += len(line)
        if letters > MOST_LETTERS:
            raise DropBoxProblem("too_long")
        lines.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), has_programs


def _letters(paragraph: Any, qn: Any) -> Iterator[str]:
    text, others = qn("w:t"), {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
    runs = {qn("w:r")}
    for node in paragraph.iter(text, *others):
        if next(node.iterancestors(paragraph.tag)) is paragraph:
            if node.tag == text:
                yield node.text or ""
            elif node.getparent().tag in runs:
                yield others[node.tag]


def _without_programs(content: bytes) -> tuple[bytes, bool]:
    """The document as one of the kind that cannot hold programs. Every part is checked before it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = archive.infolist()
            if len(inside) > MOST_PARTS or sum(entry.file_size for entry in inside) > MOST_UNPACKED:
                raise DropBoxProblem("too_big")
            kinds = archive.read(_KINDS)
            names = set(archive.namelist())
            if _WITH_PROGRAMS not in kinds:
                return content, _PROGRAMS in names
            made = io.BytesIO()
            with zipfile.ZipFile(made, "w") as safe:
                for name in sorted(names):
                    if name != _PROGRAMS:
                        found = archive.read(name)
                        safe.writestr(name, found.replace(_WITH_PROGRAMS, _WITHOUT) if name == _KINDS else found)
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, NotImplementedError, RuntimeError) as problem:
        raise DropBoxProblem("unreadable") from problem
    return made.getvalue(), True


def words_of_pdf(content: bytes) -> tuple[str, int]:
    """The words of a PDF, a line for each paragraph as far as lines can be joined; and how many pages have none.

    Raises :class:`DropBoxProblem`: ``locked``, ``only_pictures``, ``too_long``, ``unreadable``.
    """
    import logging

    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of faults that it could read past
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        # Many files are closed to changes alone: those open without a password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise DropBoxProblem("locked")
        if len(reader.pages) > MOST_PAGES:
            raise DropBoxProblem("too_long")
        pages, letters = [], 0
        for page in reader.pages:
            words = page.extract_text()
            letters += len(words)
            if letters > MOST_LETTERS:
                raise DropBoxProblem("too_long")
            pages.append(words.splitlines())
    except DropBoxProblem:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError) as fault:
        raise DropBoxProblem("unreadable") from fault
    except NotImplementedError as fault:
        raise DropBoxProblem("locked") from fault
    without = sum(not any(map(str.strip, lines)) for lines in pages)
    if without == len(pages):
        raise DropBoxProblem("only_pictures")
    return "\n".join(line for lines in pages for line in _paragraphs(lines)).strip(), without


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """A page breaks lines where its edge is: a full line that ends no sentence goes on in the next one."""
    edge = max((len(line) for line in lines), default=0) * 0.7
    going_on = ""
    for line in (" ".join(each.split()) for each in lines):
        if going_on and line and not _BEGINS_ANEW.match(line):
            joined = f"{going_on} {line}"
        else:
            if going_on:
                yield going_on
            joined = line
        if len(line) >= edge and line and not _ENDS.search(line):
            going_on = joined
        else:
            yield joined
            going_on = ""
    if going_on:
        yield going_on
