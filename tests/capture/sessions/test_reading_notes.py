"""Notes as people have them: pasted, in a table, in Word; and files that hold none."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest

from voice.capture.sessions.reading_notes import (
    MOST_CELLS,
    MOST_COLUMNS,
    NotedLine,
    Notes,
    NotesProblem,
    read_file,
    read_text,
)

BOARD = "id,column,text\nn1,Start,Visit each school once a term\nn2,,“Thank you” letters\nn3,BARRIERS,Money\n"


def said(notes: Notes) -> list[tuple[str, str]]:
    return [(line.column, line.text) for line in notes.lines]


def word_with_spans(spans: tuple[int, ...]) -> bytes:
    """A Word file with a table of one cell a row, which say that they span so many columns."""
    made = docx.Document()
    table = made.add_table(rows=len(spans), cols=1)
    for number, (row, span) in enumerate(zip(table._tbl.tr_lst, spans, strict=True)):
        row.tc_lst[0].grid_span = span
        row.tc_lst[0].p_lst[0].add_r().text = str(number)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


class TestPasting:
    def test_it_puts_lines_below_their_headings_in_any_case_and_keeps_other_headings(self) -> None:
        notes = read_text(
            "A loose thought\nSTART\n- More staff\n\n2. A quiet room\n"
            "stop: shouting\nBarriers:\n•  Money\nOur wishes:\nA dog"
        )
        assert said(notes) == [
            ("", "A loose thought"),
            ("start", "More staff"),
            ("start", "A quiet room"),
            ("stop", "shouting"),
            ("barriers", "Money"),
            ("Our wishes", "A dog"),
        ]

    def test_it_reads_a_pasted_table(self) -> None:
        assert said(read_text(BOARD))[0] == ("start", "Visit each school once a term")

    def test_a_line_of_100_000_letters_stays_out_and_takes_nothing_along(self) -> None:
        notes = read_text("Stop\nEarly meetings\n" + "x" * 100_000)
        assert said(notes) == [("stop", "Early meetings")]
        assert [(line.place, len(line.text)) for line in notes.too_long] == [(3, 100_000)]

    def test_it_holds_no_letter_that_no_database_takes(self) -> None:
        assert said(read_text("a\x00b \ud800c\x07")) == [("", "ab c")]


class TestFiles:
    def test_it_recognises_id_column_and_text_without_being_told(self) -> None:
        assert read_file(BOARD.encode(), "board.csv").lines == (
            NotedLine(2, "start", "Visit each school once a term", "n1"),
            NotedLine(3, "start", "“Thank you” letters", "n2"),
            NotedLine(4, "barriers", "Money", "n3"),
        )

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
    def test_it_reads_letters_as_people_save_them(self, encoding: str) -> None:
        assert said(read_file("Column;Text\nStop;Le café – “no”\n".encode(encoding), "b.csv")) == [
            ("stop", "Le café – “no”")
        ]

    def test_it_reads_a_sheet_that_looks_as_the_board_did(self) -> None:
        book = openpyxl.Workbook()
        for row in (
            ("Start", "Continue", "Ideas"),
            ("Phone back", "The newsletter", "A fair"),
            ("Say why", None, None),
        ):
            book.active.append(row)  # type: ignore[union-attr]
        written = io.BytesIO()
        book.save(written)
        assert said(read_file(written.getvalue(), "board.xlsx")) == [
            ("start", "Phone back"),
            ("start", "Say why"),
            ("continue", "The newsletter"),
            ("Ideas", "A fair"),
        ]

    def test_it_reads_the_headings_lists_and_tables_of_word(self) -> None:
        made = docx.Document()
        made.add_heading("Continue", 1)
        made.add_paragraph("The drop-in", style="List Bullet")
        made.add_heading("What we wonder", 2)
        made.add_paragraph("Who decides?")
        table = made.add_table(rows=2, cols=2)
        for cell, words in zip((*table.rows[0].cells, *table.rows[1].cells), ("Start", "Stop", "a", "b"), strict=True):
            cell.text = words
        written = io.BytesIO()
        made.save(written)
        assert said(read_file(written.getvalue(), "notes.docx")) == [
            ("continue", "The drop-in"),
            ("What we wonder", "Who decides?"),
            ("start", "a"),
            ("stop", "b"),
        ]

    @pytest.mark.parametrize(
        "spans", [(3_000_000,), (MOST_COLUMNS + 1,), (MOST_COLUMNS,) * (MOST_CELLS // MOST_COLUMNS + 1)]
    )
    def test_it_refuses_tables_of_word_that_say_they_are_wider_than_any(self, spans: tuple[int, ...]) -> None:
        with pytest.raises(NotesProblem) as raised:
            read_file(word_with_spans(spans), "notes.docx")
        assert raised.value.code == "too_large"

    def test_it_reads_a_cell_of_word_above_several_columns(self) -> None:
        assert said(read_file(word_with_spans((2, MOST_COLUMNS)), "notes.docx"))[:1] == [("", "0")]

    @pytest.mark.parametrize(
        ("content", "name", "code"),
        [
            (b"", "a.csv", "empty_file"),
            (b"", "a.docx", "empty_file"),
            (b"\n \n", "a.csv", "empty_file"),
            (b"", "a.txt", "nothing"),
            (b"when,where,who\na,b,c\n", "a.csv", "no_text_column"),
            (b"\x89PNG\r\n\x1a\n", "a.csv", "not_what_its_name_says"),
            (b"PK\x03\x04 no archive", "a.docx", "not_what_its_name_says"),
            (b"%PDF-1.7", "a.pdf", "not_what_its_name_says"),
            (b"\x81\x8d\xff\xfe\xfa" * 50, "a.csv", "unreadable_encoding"),
            (b"a note\n" * 1001, "a.txt", "too_many_lines"),
        ],
    )
    def test_it_says_what_is_wrong(self, content: bytes, name: str, code: str) -> None:
        with pytest.raises(NotesProblem) as raised:
            read_file(content, name)
        assert raised.value.code == code
