"""A document as plain text: for e-mails, for screen readers, and for whoever reads it out."""

from __future__ import annotations

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
    pieces,
    plain,
)


def text_of(document: Document) -> str:
    """The document with an empty line between its parts; every file of it ends with a line's end."""
    parts = [_underlined(document.title, "="), *filter(None, map(_text, document.blocks)), plain(document.foot)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _text(block: Block) -> str:
    match block:
        case Heading(words, level):
            return _underlined(_words(words), "-") if level == 2 else _words(words)
        case Paragraph(words):
            return _words(words)
        case Bullets(lines):
            return "\n".join("- " + _words(line).replace("\n", "\n  ") for line in lines)
        case Quote(words, whose):
            return "\n".join(filter(None, (_words(words), _words(whose))))
        case Table(header, rows, caption):
            told = (": ".join((_words(row[0]), _beside(header[1:], row[1:]))) for row in rows)
            return "\n".join(filter(None, (_words(caption), *told)))
        case Picture(alternative=alternative) | Drawn(alternative=alternative):
            return f"[{plain(alternative)}]" if alternative else ""
        case PageBreak():
            return ""


def _beside(header: tuple[Line, ...], cells: tuple[Line, ...]) -> str:
    if len(cells) == 1:
        return _words(cells[0])
    return ", ".join(f"{_words(name)}: {_words(cell)}" for name, cell in zip(header, cells, strict=True))


def _words(line: Line) -> str:
    return plain("".join(each if isinstance(each, str) else each.words for each in pieces(line)))


def _underlined(words: str, with_: str) -> str:
    return f"{words}\n{with_ * min(len(words), 60)}"
