"""A pack as a document to read, which becomes a PDF, a Word file or plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voice.languages import LANGUAGES
from voice.packs import document as packs
from voice.packs.document import ActionCard, Chart, Fact, Hidden, Note, Pack, Section, Subheading
from voice.packs.showing import between, day_words, note_lines, notes_of_all, parts_of, shown, table_of
from voice.paper.documents import (
    Block,
    Bullets,
    Document,
    Drawn,
    Heading,
    Line,
    Mark,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Said,
    Table,
)

MOST_COLUMNS, MOST_COLUMNS_LARGE = 7, 4
"""Of a table on an upright page; one with more is told in parts."""

AS_LONG_AS_IT_IS = 1_000_000
SYMBOL_WIDTH = 14


def document_of(pack: Pack) -> Document:
    return Document(
        title=pack.title,
        language=LANGUAGES[pack.language],
        blocks=tuple(_blocks(pack)),
        foot=" · ".join(filter(None, (pack.title, pack.subtitle))),
        page_words=pack.words.page,
        contents="" if pack.large else pack.words.contents,
        dense=not pack.large,
    )


def _blocks(pack: Pack) -> Iterator[Block]:
    words = pack.words
    if pack.subtitle:
        yield Paragraph(pack.subtitle, strong=True)
    yield Paragraph(f"{words.made_on}: {day_words(pack.made_on, pack.language)}", quiet=True)
    if pack.left_out and not pack.large:
        yield Paragraph(f"{words.left_out} {', '.join(pack.left_out)}.", quiet=True)
    if not pack.large:
        yield PageBreak()
    for section in pack.sections:
        yield Heading(section.title)
        yield from _section(section, pack)
    if pack.large and (notes := notes_of_all(pack)):
        # Whoever reads large letters reads what was said first, and how it was counted last.
        yield Heading(words.about_numbers)
        yield from _notes(notes, pack)


def _section(section: Section, pack: Pack) -> Iterator[Block]:
    """The blocks of a section, each note behind the last of the figures that share it."""
    waiting: list[Note] = []
    for block in section.blocks:
        its_note = block.note if isinstance(block, Chart | packs.Table | Fact) and not pack.large else None
        ends = isinstance(block, Subheading) or (its_note not in (None, *waiting) and not isinstance(block, Fact))
        if waiting and ends:
            yield from _notes(waiting, pack)
            waiting = []
        if its_note is not None and its_note not in waiting:
            waiting.append(its_note)
        yield from _block(block, pack)
    yield from _notes(waiting, pack)


def _notes(notes: Sequence[Note], pack: Pack) -> Iterator[Block]:
    """Where the figures above came from: those that share a note share the paragraph."""
    for note in notes:
        yield Paragraph("\n".join(f"{name}: {said}" for name, said in note_lines(note, pack) if said), quiet=True)


def _block(block: packs.Block, pack: Pack) -> Iterator[Block]:
    match block:
        case packs.Paragraph(words, symbol, quiet):
            yield Paragraph(words, picture=_picture(symbol), quiet=quiet)
        case Subheading(words):
            yield Heading(words, 3)
        case packs.Bullets(lines):
            yield Bullets(tuple(_line(line) for line in lines))
        case Fact(words, _note, symbol):
            yield Paragraph(words, picture=_picture(symbol))
        case packs.Quote(text, language, who):
            yield Quote(Said(text, language), who)
        case Chart():
            yield Paragraph(block.message, strong=True)
            yield drawn(block, pack)
            if not block.told_below:
                yield from _table(table_of(block, pack), pack)
        case packs.Table():
            yield from _table(block, pack)
        case ActionCard():
            header, *rows = action_lines(block, pack)
            yield Table(header, tuple(rows), row_headings=True)


def _line(text: packs.Text) -> Line:
    return Said(text.words, text.language) if text.language else text.words


def _picture(symbol: str) -> Picture | None:
    return Picture(symbol=symbol, width=SYMBOL_WIDTH) if symbol else None


def _table(table: packs.Table, pack: Pack) -> Iterator[Block]:
    most = MOST_COLUMNS_LARGE if pack.large else MOST_COLUMNS
    for number, part in enumerate(parts_of(table, most_columns=most, most_rows=AS_LONG_AS_IT_IS)):
        caption = pack.words.continued.replace("{title}", part.title) if number else part.title
        rows = tuple(
            tuple(_line(cell) if isinstance(cell, packs.Text) and cell.language else shown(cell, pack) for cell in row)
            for row in part.rows
        )
        yield Table(part.columns, rows, caption, row_headings=True)


def action_lines(card: ActionCard, pack: Pack) -> list[tuple[str, str]]:
    """What a card says, each part with its name; what was heard comes first, and what is not known is left out."""
    words = pack.words
    said = (
        (words.heard, card.heard),
        (words.decided, card.decided),
        (words.happened, "\n".join(card.happened)),
        (words.still_to_happen, card.still_to_happen),
        (words.owner, card.owner),
        (words.due, day_words(card.due, pack.language) if card.due else ""),
        (words.state, card.state),
    )
    return [said[0], *((name, told) for name, told in said[1:] if told)]


def drawn(chart: Chart, pack: Pack) -> Drawn:
    """What is drawn of a chart; of a hidden number nothing is, not even that it is small."""
    longest = _longest(chart)

    def mark(point: packs.Point) -> Mark:
        if isinstance(point.value, Hidden):
            return Mark(pack.words.hidden, None)
        low, high = (None if end is None else min(end / longest, 1) for end in (point.low, point.high))
        return Mark(shown(point.value, pack), _value(point) / longest, low, high)

    return Drawn(
        shape=chart.kind,
        categories=chart.categories,
        series=tuple(series.name for series in chart.series),
        marks=tuple(tuple(map(mark, series.points)) for series in chart.series),
        alternative=alternative_of(chart, pack),
    )


def alternative_of(chart: Chart, pack: Pack) -> str:
    """All that a chart shows, for who cannot see it."""
    several = len(chart.series) > 1
    told = []
    for at, category in enumerate(chart.categories):
        for series in chart.series:
            point = series.points[at]
            name = f"{category}, {series.name}" if several else category
            sure = between(point, pack)
            told.append(f"{name}: {shown(point.value, pack)}{f' ({sure})' if sure else ''}")
    return f"{chart.message} {'; '.join(told)}."


def _longest(chart: Chart) -> float:
    points = [point for series in chart.series for point in series.points]
    if any(isinstance(point.value, packs.Share) for point in points):
        return 100
    ends = [point.high or 0 for point in points]
    return max([1, *ends, *(_value(point) for point in points)])


def _value(point: packs.Point) -> float:
    match point.value:
        case packs.Share(percent):
            return percent
        case packs.Number(value):
            return value
        case Hidden():
            return 0
