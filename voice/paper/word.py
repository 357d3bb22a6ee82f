"""A document as a Word file that a screen reader can read: real headings, lists and header rows, the language of every
run of words, pictures with words for them, and nothing of who made it.

Loading python-docx takes a while: import this module where a Word file is made, not where a page begins.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, assert_never

import docx
import typst
from docx.enum.text import WD_BREAK
from docx.shared import Mm

from voice.languages import LANGUAGES
from voice.paper import word_contents, word_marks
from voice.paper.documents import (
    Block,
    Bullets,
    Document,
    Drawn,
    Heading,
    Line,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Table,
    Words,
    direction_of,
    line_direction,
    pieces,
    plain,
    size_of,
)
from voice.paper.drawing import WIDTH as CHART_WIDTH
from voice.paper.drawing import charts_as_pictures
from voice.settings import ROOT

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

DOTS_PER_INCH = 300
"""Of symbols, which are drawn for the file: Word shows no SVG without a picture of dots beside it."""

QUIET, STRONG = "quiet", "strong"
SAME_TIME = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""When every file was made, as its properties say: what a group said must not tell the second it was printed."""


def docx_of(document: Document) -> bytes:
    """The document as a Word file."""
    made = docx.Document()
    _say_what_it_is(made, document)
    word_marks.dress(made, document.language, dense=document.dense)
    _foot(made, document)
    _title(made, document)
    charts = [block for block in document.blocks if isinstance(block, Drawn)]
    pictures = iter(charts_as_pictures(charts, document.language))
    headings = count()
    waits = bool(document.contents)
    for block in document.blocks:
        if waits and isinstance(block, PageBreak | Heading):
            _add_contents(made, document)
            waits = False
        if isinstance(block, Drawn):
            _draw(
                made.add_paragraph(), Picture(content=next(pictures), alternative=block.alternative, width=CHART_WIDTH)
            )
            continue
        _add(made, block, document)
        if document.contents and isinstance(block, Heading) and block.level in (2, 3):
            word_contents.mark(made.paragraphs[-1], next(headings))
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _add_contents(made: WordDocument, document: Document) -> None:
    _write(made.add_paragraph(style=word_contents.TITLE_STYLE), document.contents, document)
    told = word_contents.told_in_contents(document)
    for heading, link in zip(told, word_contents.add_lines(made, [each.level for each in told]), strict=True):
        line = made.add_paragraph()
        for words in pieces(heading.words):
            _run(line, words, document)
        for run in list(line.runs):
            link.append(run._r)
        word_marks.mark_direction_of(link.getparent(), line_direction(heading.words, document))
        line._p.getparent().remove(line._p)


def _say_what_it_is(made: WordDocument, document: Document) -> None:
    known = made.core_properties
    known.title = plain(document.title)
    known.language = word_marks.tag_of(document.language.code)
    known.author = known.last_modified_by = known.comments = known.keywords = known.subject = ""
    known.created = known.modified = SAME_TIME.replace(tzinfo=None)


def _title(made: WordDocument, document: Document) -> None:
    _write(made.add_paragraph(style="Heading 1"), document.title, document)


def _foot(made: WordDocument, document: Document) -> None:
    foot = made.sections[0].footer.paragraphs[0]
    if document.foot:
        _write(foot, document.foot, document, look=QUIET)
    if document.page_words:
        line = made.sections[0].footer.add_paragraph(style="Footer") if document.foot else foot
        word_marks.mark_direction(line, document.language.direction)
        for part in re.split(r"(\{position\}|\{count\})", plain(document.page_words)):
            if part in ("{position}", "{count}"):
                word_marks.add_field(line, "PAGE" if part == "{position}" else "NUMPAGES")
            elif part:
                _run(line, part, document)


def _add(made: WordDocument, block: Block, document: Document) -> None:
    match block:
        case Heading(words, level, picture):
            line = made.add_paragraph(style=f"Heading {min(level, 6)}")
            _write(line, words, document, picture=picture)
        case Paragraph(words, picture, quiet, strong):
            look = QUIET if quiet else STRONG if strong else ""
            line = made.add_paragraph()
            line.paragraph_format.keep_with_next = strong or None
            _write(line, words, document, picture=picture, look=look)
        case Bullets(lines):
            for each in lines:
                _write(made.add_paragraph(style="List Bullet"), each, document)
        case Quote(words, whose):
            _write(made.add_paragraph(style="Quote"), words, document)
            if pieces(whose):
                _write(made.add_paragraph(style="Quote"), whose, document, look=QUIET)
        case Table():
            _add_table(made, block, document)
        case Picture():
            _draw(made.add_paragraph(), block)
        case Drawn():
            raise AssertionError("charts are drawn together")
        case PageBreak():
            made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        case _:
            assert_never(block)


def _add_table(made: WordDocument, block: Table, document: Document) -> None:
    if pieces(block.caption):
        caption = made.add_paragraph()
        caption.paragraph_format.keep_with_next = True
        _write(caption, block.caption, document, look=STRONG)
    table = made.add_table(rows=1 + len(block.rows), cols=len(block.header), style="Table Grid")
    word_marks.mark_table(table, document.language.direction)
    if block.row_headings:
        word_marks.mark_row_headings(table)
    for number, (row, made_row) in enumerate(zip((block.header, *block.rows), table.rows, strict=True)):
        for at, (cell, words) in enumerate(zip(made_row.cells, row, strict=True)):
            look = STRONG if number == 0 or (at == 0 and block.row_headings) else ""
            _write(cell.paragraphs[0], words, document, look=look)
    made.add_paragraph()


def _write(
    paragraph: WordParagraph, line: Line, document: Document, *, picture: Picture | None = None, look: str = ""
) -> None:
    word_marks.mark_direction(paragraph, line_direction(line, document))
    if picture is not None:
        _draw(paragraph, picture)
        paragraph.add_run("  ")
    for words in pieces(line):
        _run(paragraph, words, document, look=look)


def _run(paragraph: WordParagraph, words: Words, document: Document, *, look: str = "") -> None:
    text, language = (words, document.language.code) if isinstance(words, str) else (words.words, words.language)
    run = paragraph.add_run(plain(text))
    if look == STRONG:
        run.bold = True
    elif look == QUIET:
        word_marks.make_quiet(run)
    known = language if language in LANGUAGES else ""
    word_marks.mark_language(run, known, direction_of(words, document))


def _draw(paragraph: WordParagraph, picture: Picture) -> None:
    width, height = size_of(picture)
    content = picture.content or symbol_png(picture.symbol, picture.width)
    drawn = paragraph.add_run().add_picture(io.BytesIO(content), width=Mm(width), height=Mm(height))
    word_marks.describe(drawn, picture.alternative)


@lru_cache(maxsize=256)
def symbol_png(name: str, width: int) -> bytes:
    """One of our symbols as a picture of dots; ``width`` in millimetres."""
    return typst.compile(
        str(ROOT / "templates" / "paper" / "symbol.typ"),
        root=str(ROOT),
        ignore_system_fonts=True,
        format="png",
        ppi=DOTS_PER_INCH,
        sys_inputs={"name": name, "width": str(width)},
    )
