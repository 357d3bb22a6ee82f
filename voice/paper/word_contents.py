"""The table of contents of a Word file: a field that Word can make anew, filled in already, with links to headings.

Element names are those of ECMA-376, part 1, section 17.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from voice.paper.documents import Document, Heading

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

INSTRUCTION = 'TOC \\o "2-3" \\h \\z \\u'
TITLE_STYLE = "TOC Heading"


def told_in_contents(document: Document) -> list[Heading]:
    return [block for block in document.blocks if isinstance(block, Heading) and block.level in (2, 3)]


def add_lines(made: WordDocument, levels: list[int]) -> list[Any]:
    """A paragraph for each level, in one field. Returns the link in each, for its words."""
    links = []
    for number, level in enumerate(levels):
        line = made.add_paragraph()
        line.paragraph_format.left_indent = Mm(6 * (level - 2))
        if number == 0:
            for kind in ("begin", INSTRUCTION, "separate"):
                _field(line, kind)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), _name(number))
        link.set(qn("w:history"), "1")
        line._p.append(link)
        links.append(link)
        if number == len(levels) - 1:
            _field(line, "end")
    return links


def mark(heading: Paragraph, number: int) -> None:
    """Makes a heading the place that the link of this number leads to."""
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (begin, end):
        element.set(qn("w:id"), str(number))
    begin.set(qn("w:name"), _name(number))
    properties = heading._p.pPr
    if properties is None:
        heading._p.insert(0, begin)
    else:
        properties.addnext(begin)
    heading._p.append(end)


def _name(number: int) -> str:
    return f"_Toc{number:08}"


def _field(line: Paragraph, kind: str) -> None:
    run = line.add_run()
    if kind == INSTRUCTION:
        told = OxmlElement("w:instrText")
        told.set(qn("xml:space"), "preserve")
        told.text = kind
    else:
        told = OxmlElement("w:fldChar")
        told.set(qn("w:fldCharType"), kind)
    run._r.append(told)
