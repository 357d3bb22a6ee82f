"""What slides say beside their words, and python-pptx has no name for: languages, directions, numbers of slides.

Element names are those of ECMA-376, part 1, sections 19 and 21.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import msgspec
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from voice.languages import LANGUAGES, Language
from voice.paper.documents import plain

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

WIDTH, HEIGHT = Emu(12_192_000), Emu(6_858_000)
MARGIN = Emu(600_000)
TITLE = (MARGIN, Emu(360_000), Emu(WIDTH - 2 * MARGIN), Emu(1_150_000))
BODY = (MARGIN, Emu(1_650_000), Emu(WIDTH - 2 * MARGIN), Emu(4_600_000))


def colour(written: str) -> RGBColor:
    make: Any = RGBColor.from_string  # python-pptx has types for a part of itself
    made: RGBColor = make(written)
    return made


INK, QUIET = colour("1F2430"), colour("4A5160")
PAPER, THREAD = colour("FFFDF7"), colour("B8860B")
FACE = "Arial"
TITLE_SIZE, TEXT_SIZE, TABLE_SIZE, COVER_SIZE = Pt(28), Pt(20), Pt(14), Pt(44)
COVER, TITLE_AND_WORDS, TITLE_ALONE = 0, 1, 5
"""Layouts of the template that python-pptx brings."""

SLIDE_NUMBER = 12
"""The kind of placeholder, by its index in those layouts."""


class Words(msgspec.Struct, frozen=True):
    """A line on a slide; ``language`` is empty for that of the pack, ``who`` said it."""

    text: str
    language: str = ""
    who: str = ""


class Slides:
    """Slides as wide as screens are, in a language."""

    def __init__(self, made: Presentation, language: Language) -> None:
        self._made = made
        self.language = language
        wider = WIDTH / (made.slide_width or WIDTH)
        made.slide_width, made.slide_height = WIDTH, HEIGHT
        for layout in (made.slide_master, *made.slide_layouts):
            own = [shape for shape in layout.placeholders if shape._element.spPr.find(qn("a:xfrm")) is not None]
            for shape in own:  # the others stand where those of the master stand
                shape.left, shape.width = Emu(int(shape.left * wider)), Emu(int(shape.width * wider))

    def cover(self, title: str, below: list[str]) -> None:
        slide = self._new(COVER)
        self._title(slide, title, COVER_SIZE)
        body = slide.placeholders[1]
        place(body, (MARGIN, Emu(3_300_000), TITLE[2], Emu(2_400_000)))
        write(body.text_frame, [Words(line) for line in below], self.language, size=TEXT_SIZE)
        title_shape = slide.shapes.title
        place(title_shape, (MARGIN, Emu(1_500_000), TITLE[2], Emu(1_600_000)))

    def titled(self, title: str) -> Slide:
        slide = self._new(TITLE_ALONE)
        self._title(slide, title, TITLE_SIZE)
        return slide

    def with_words(self, title: str, lines: list[Words]) -> Slide:
        slide = self._new(TITLE_AND_WORDS)
        self._title(slide, title, TITLE_SIZE)
        body = slide.placeholders[1]
        place(body, BODY)
        write(body.text_frame, lines, self.language, size=TEXT_SIZE)
        return slide

    def mark_table(self, frame: Any) -> None:
        if self.language.direction == "rtl":
            frame._element.graphic.graphicData.tbl.tblPr.set("rtl", "1")

    def _title(self, slide: Slide, title: str, size: Pt) -> None:
        shape: Any = slide.shapes.title
        place(shape, TITLE)
        shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        write(shape.text_frame, [Words(title)], self.language, size=size, bold=True)

    def _new(self, layout: int) -> Slide:
        slide: Slide = self._made.slides.add_slide(self._made.slide_layouts[layout])
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = PAPER
        return slide

    def number(self) -> None:
        """Puts its number on each slide, behind all that it says."""
        for slide in self._made.slides:
            for shape in slide.slide_layout.placeholders:
                if shape.placeholder_format.idx == SLIDE_NUMBER:
                    copied = copy.deepcopy(shape._element)
                    copied.nvSpPr.cNvPr.set("id", str(max(each.shape_id for each in slide.shapes) + 1))
                    slide.shapes._spTree.append(copied)


def place(shape: Any, at: tuple[Emu, Emu, Emu, Emu]) -> None:
    shape.left, shape.top, shape.width, shape.height = at


def write(frame: Any, lines: list[Words], language: Language, *, size: Pt, bold: bool = False) -> None:
    """The lines as paragraphs, each in its language and written its way."""
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        own = LANGUAGES.get(line.language, language)
        _run(paragraph, line.text, own, size=size, bold=bold)
        if line.who:
            run = _run(paragraph, f" – {line.who}", language, size=Pt(size.pt - 4))
            run.font.color.rgb = QUIET
        _mark_direction(paragraph, own)


def write_cell(cell: Any, said: str, language: Language, *, bold: bool) -> None:
    cell.margin_top = cell.margin_bottom = Emu(36_000)
    write(cell.text_frame, [Words(said)], language, size=TABLE_SIZE, bold=bold)
    cell.fill.background()


def _run(paragraph: Any, text: str, language: Language, *, size: Pt, bold: bool = False) -> Any:
    run = paragraph.add_run()
    run.text = " ".join(plain(text).split())
    run.font.size, run.font.bold, run.font.name = size, bold, FACE
    run.font.color.rgb = INK
    run._r.get_or_add_rPr().set("lang", tag_of(language))
    return run


def _mark_direction(paragraph: Any, language: Language) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.set("algn", "r" if language.direction == "rtl" else "l")
    properties.set("rtl", "1" if language.direction == "rtl" else "0")


def tag_of(language: Language) -> str:
    return {"ar": "ar-SA", "pa": "pa-IN"}.get(language.code, language.locale.replace("_", "-"))


def describe(frame: Any, words: str) -> None:
    """What a chart or a table shows, for who cannot see it."""
    frame._element.find(qn("p:nvGraphicFramePr")).find(qn("p:cNvPr")).set("descr", words)
