"""A document as a tagged PDF (PDF/UA-1) with its fonts in it. ``templates/paper/document.typ`` is how it looks.

What it says goes to the typesetter as data and never as its markup: see ``printing.py``.
"""

from __future__ import annotations

import io
from typing import Any

from voice.languages import LANGUAGES
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
    size_of,
)
from voice.paper.drawing import chart_data
from voice.paper.letters import shown
from voice.paper.own_pictures import as_svg
from voice.paper.row_headings import with_row_headings
from voice.paper.setting import faces_of, set_on_pages

DOTS_PER_INCH = 200
"""Of pictures that somebody gave. More make a file large, take long, and show nothing more on paper."""

LONG_CELL = 16
"""Letters of a cell from which its column shares what is left of the page with the others."""


def pdf_of(document: Document) -> bytes:
    """The document as a PDF. The same document gives the same bytes."""
    return with_row_headings(
        set_on_pages("document", _data(document)), [each.row_headings for each in _tables(document)]
    )


def _tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def _data(document: Document) -> dict[str, Any]:
    language = document.language
    return {
        "title": shown(document.title),
        "language": language.code,
        "direction": language.direction,
        "faces": faces_of(language.code, language.direction),
        "foot": _line(document.foot, document),
        "page_words": shown(document.page_words),
        "digits": list(language.digits or "0123456789"),
        "contents": shown(document.contents),
        "dense": document.dense,
        "blocks": [_block(block, document) for block in document.blocks],
    }


def _block(block: Block, document: Document) -> dict[str, Any]:
    match block:
        case Heading(words, level, picture):
            return {
                "kind": "heading",
                "level": level,
                "picture": _picture(picture),
                "words": _line(words, document),
            }
        case Paragraph(words, picture, quiet, strong):
            look = "quiet" if quiet else "strong" if strong else ""
            return {"kind": "paragraph", "words": _line(words, document), "picture": _picture(picture), "look": look}
        case Bullets(lines):
            return {"kind": "bullets", "lines": [_line(line, document) for line in lines]}
        case Quote(words, whose):
            return {"kind": "quote", "words": _line(words, document), "whose": _line(whose, document)}
        case Table(header, rows, caption, row_headings):
            return {
                "kind": "table",
                "header": [_line(cell, document) for cell in header],
                "rows": [[_line(cell, document) for cell in row] for row in rows],
                "long": [_is_long(cells) for cells in zip(header, *rows, strict=True)],
                "caption": _line(caption, document),
                "row_headings": row_headings,
            }
        case Drawn():
            return {"kind": "chart", "chart": chart_data(block, document.language)}
        case Picture():
            return {"kind": "picture", "picture": _picture(block)}
        case PageBreak():
            return {"kind": "break"}


def _line(line: Line, document: Document) -> dict[str, Any]:
    return {
        "direction": line_direction(line, document),
        "pieces": [_piece(words, document) for words in pieces(line)],
    }


def _piece(words: Words, document: Document) -> dict[str, Any]:
    direction = direction_of(words, document)
    text, language = (words, document.language.code) if isinstance(words, str) else (words.words, words.language)
    return {
        "lines": shown(text).split("\n"),
        "language": language if language in LANGUAGES else "",
        "direction": direction,
        "faces": faces_of(language, direction),
    }


def _is_long(cells: tuple[Line, ...]) -> bool:
    return any(sum(len(w if isinstance(w, str) else w.words) for w in pieces(cell)) > LONG_CELL for cell in cells)


def _picture(picture: Picture | None) -> dict[str, Any] | None:
    if picture is None:
        return None
    width, height = size_of(picture)
    return {
        "symbol": picture.symbol,
        "drawn": _drawn(picture.content, max(width, height)) if picture.content else "",
        "alternative": picture.alternative,
        "width": width,
        "height": height,
    }


def _drawn(content: bytes, longest: float) -> str:
    """``longest`` are the millimetres of its longer side."""
    from PIL import Image  # only when a document has such pictures: every start would wait for it

    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
        return as_svg(opened, round(longest / 25.4 * DOTS_PER_INCH))
