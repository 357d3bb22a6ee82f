"""A pack as slides: one message each, with charts that PowerPoint can change, and where each number came from below.

Each slide has a title, words for who cannot see its chart, and notes to read out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.util import Emu, Pt

from voice.languages import LANGUAGES
from voice.packs.as_document import action_lines, alternative_of
from voice.packs.document import (
    ActionCard,
    Block,
    Bullets,
    Chart,
    Fact,
    Note,
    Pack,
    Paragraph,
    Quote,
    Section,
    Subheading,
    Table,
)
from voice.packs.showing import day_words, note_lines, parts_of, shown, table_of
from voice.packs.slide_charts import add_chart
from voice.packs.slide_marks import BODY, Slides, Words, write, write_cell

if TYPE_CHECKING:
    from pptx.slide import Slide

MOST_ROWS, MOST_COLUMNS = 9, 6
MOST_LINES, MOST_LETTERS = 6, 480
"""Of words on a slide: what is longer goes on to the next."""

ROW_HEIGHT = Emu(430_000)


def pptx_of(pack: Pack) -> bytes:
    """The pack as a PowerPoint file (Office Open XML)."""
    made = Presentation()
    slides = Slides(made, LANGUAGES[pack.language])
    known = made.core_properties
    known.title, known.author, known.language = pack.title, pack.partnership, pack.language
    known.subject = known.keywords = known.comments = ""
    _cover(slides, pack)
    for section in pack.sections:
        _section(slides, section, pack)
    slides.number()
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _cover(slides: Slides, pack: Pack) -> None:
    words = pack.words
    below = [pack.subtitle, f"{words.made_on}: {day_words(pack.made_on, pack.language)}"]
    if pack.left_out:
        below.append(f"{words.left_out} {', '.join(pack.left_out)}.")
    slides.cover(pack.title, [each for each in below if each])


def _section(slides: Slides, section: Section, pack: Pack) -> None:
    """Charts and tables have slides of their own; words are gathered until one is full."""
    under = section.title
    said: list[tuple[Words, Note | None]] = []

    def say() -> None:
        for number, some in enumerate(_slides_full(said)):
            title = pack.words.continued.replace("{title}", under) if number else under
            slide = slides.with_words(title, [words for words, _note in some])
            _notes(slide, [note for _words, note in some if note], pack)
        said.clear()

    for block in section.blocks:
        if isinstance(block, Subheading):
            say()
            under = f"{section.title}: {block.words}"
        elif isinstance(block, Chart):
            say()
            _chart_slide(slides, block, pack)
            if not block.told_below:
                _table_slides(slides, section, table_of(block, pack), pack)
        elif isinstance(block, Table):
            say()
            _table_slides(slides, section, block, pack)
        elif isinstance(block, ActionCard):
            say()
            (_name, heard), *others = action_lines(block, pack)
            slides.with_words(f"{section.title}: {heard}", [Words(f"{name}: {told}") for name, told in others])
        else:
            said += _words(block)
    say()


def _words(block: Block) -> Iterator[tuple[Words, Note | None]]:
    match block:
        case Paragraph(words):
            yield Words(words), None
        case Bullets(lines):
            for line in lines:
                yield Words(line.words, line.language), None
        case Fact(words, note):
            yield Words(words), note
        case Quote(text, language, who):
            yield Words(text, language, who=who), None


def _slides_full(said: list[tuple[Words, Note | None]]) -> Iterator[list[tuple[Words, Note | None]]]:
    some: list[tuple[Words, Note | None]] = []
    for each in said:
        letters = sum(len(words.text) for words, _note in some)
        if some and (len(some) == MOST_LINES or letters + len(each[0].text) > MOST_LETTERS):
            yield some
            some = []
        some.append(each)
    if some:
        yield some


def _chart_slide(slides: Slides, chart: Chart, pack: Pack) -> None:
    slide = slides.titled(chart.message)
    add_chart(slide, chart, pack, BODY)
    _notes(slide, [chart.note], pack, alternative_of(chart, pack))


def _table_slides(slides: Slides, section: Section, table: Table, pack: Pack) -> None:
    title = table.title if table.title == section.title else f"{section.title}: {table.title}"
    for number, part in enumerate(parts_of(table, most_columns=MOST_COLUMNS, most_rows=MOST_ROWS)):
        slide = slides.titled(pack.words.continued.replace("{title}", title) if number else title)
        rows, columns = len(part.rows) + 1, len(part.columns)
        frame = slide.shapes.add_table(rows, columns, *BODY[:3], Emu(ROW_HEIGHT * rows))
        frame._element.nvGraphicFramePr.cNvPr.set("descr", f"{title}. {pack.words.base}: {table.note.base}")
        made = frame.table
        made.first_row, made.first_col, made.horz_banding = True, True, False
        slides.mark_table(frame)
        _set_widths(made, BODY[2])
        for row, cells in enumerate((part.columns, *([shown(cell, pack) for cell in each] for each in part.rows))):
            for column, said in enumerate(cells):
                write_cell(made.cell(row, column), said, slides.language, bold=row == 0 or column == 0)
        _notes(slide, [table.note], pack)


def _set_widths(table: Any, width: int) -> None:
    """The first column has the words, and takes as much as two others."""
    columns = len(table.columns)
    part = width // (columns + 1)
    for number, column in enumerate(table.columns):
        column.width = Emu(part if number else width - part * (columns - 1))


def _notes(slide: Slide, notes: list[Note], pack: Pack, first: str = "") -> None:
    """What to say beside a slide: its numbers in words, and where each came from."""
    lines = [first] if first else []
    for note in dict.fromkeys(notes):
        lines += [f"{name}: {said}" for name, said in note_lines(note, pack) if said]
    if lines:
        frame = slide.notes_slide.notes_text_frame
        assert frame is not None
        write(frame, [Words(line) for line in lines], LANGUAGES[pack.language], size=Pt(12))
