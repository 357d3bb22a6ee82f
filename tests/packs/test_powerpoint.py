"""A pack as slides, opened and read back with the workbooks of its charts."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from tests.packs import invented
from voice.packs.writing import file_of


@cache
def opened(language: str) -> Any:
    return Presentation(io.BytesIO(file_of(invented.pack(language), "pptx")))


def charts(language: str) -> list[Any]:
    return [shape for slide in opened(language).slides for shape in slide.shapes if shape.has_chart]


def tables(language: str) -> list[Any]:
    return [shape for slide in opened(language).slides for shape in slide.shapes if shape.has_table]


def titles(language: str) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in opened(language).slides]


class TestSlides:
    def test_each_has_a_title_and_says_one_thing(self) -> None:
        assert titles("en")[:6] == [
            "Board pack",
            "Most often they felt listened to.",
            "How it went for them",
            "More of them took part.",
            "How it went for them: Who took part",
            "What they wrote about",
        ]
        assert all(titles("en"))
        for slide in opened("en").slides:
            assert sum(shape.has_chart or shape.has_table for shape in slide.shapes) <= 1

    def test_they_are_read_from_the_title_to_the_number(self) -> None:
        for slide in opened("en").slides:
            shapes = list(slide.shapes)
            assert shapes[0] == slide.shapes.title
            assert "slidenum" in {each.get("type") for each in shapes[-1]._element.iter(qn("a:fld"))}
            assert len({shape.shape_id for shape in shapes}) == len(shapes)

    def test_nothing_lies_outside_of_a_slide(self) -> None:
        made = opened("en")
        for slide in made.slides:
            for shape in slide.shapes:
                assert shape.left >= 0
                assert shape.left + shape.width <= made.slide_width
                if shape.has_table:
                    assert shape.top + shape.height <= made.slide_height

    def test_what_was_promised_has_a_slide_with_all_of_it(self) -> None:
        last = opened("en").slides[-1]
        assert last.shapes.title.text_frame.text == "What we promised: Waiting takes too long"
        assert [each.text for each in last.placeholders[1].text_frame.paragraphs] == [
            "What we decided: A person to call for each family",
            "What happened since: Two people began on 2 November They have called 40 families",
            "Who does it: Strategic lead",
            "By when: 15 January 2027",
        ]


class TestCharts:
    def test_they_are_charts_of_powerpoint_with_the_numbers_of_the_pack(self) -> None:
        bars, line = (shape.chart for shape in charts("en"))
        (series,) = bars.plots[0].series
        assert list(bars.plots[0].categories) == [*invented.MEASURES.categories[:2], "They knew the next steps: hidden"]
        assert tuple(series.values) == (0.77, 0.38, None)
        assert tuple(line.plots[0].series[0].values) == (31, None, 1046)

    def test_their_workbooks_have_no_number_that_is_hidden(self) -> None:
        for shape, shown in zip(charts("en"), ({0.77, 0.38}, {31, 1046}), strict=True):
            book = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
            values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
            assert {value for value in values if isinstance(value, int | float)} == shown

    def test_they_show_how_sure_each_number_is(self) -> None:
        bars = charts("en")[0].chart._chartSpace
        ends = {
            end: [float(each.text) for each in bars.find(f".//{qn('c:errBars')}/{qn(f'c:{end}')}").iter(qn("c:v"))]
            for end in ("plus", "minus")
        }
        assert ends == {"plus": [0.09, 0.11], "minus": [0.13, 0.1]}

    def test_they_say_their_numbers_to_who_cannot_see_them(self) -> None:
        told = charts("en")[0]._element.nvGraphicFramePr.cNvPr.get("descr")
        assert "They felt listened to: 77% (between 64% and 86%)" in told
        assert "They knew the next steps: hidden" in told


class TestTables:
    def test_a_long_one_goes_on_and_loses_no_row(self) -> None:
        long = [shape.table for shape in tables("en") if shape.table.cell(0, 0).text == "School"]
        assert all(len(table.rows) <= 10 and len(table.columns) <= 6 for table in long)
        found = {cell.text for table in long for row in list(table.rows)[1:] for cell in list(row.cells)[1:]}
        assert found == {f"{1000 + 100 * row + n:,}" for row in range(25) for n in range(11)}
        assert sum("(continued)" in each for each in titles("en")) == len(long) - 1

    def test_they_have_headings_and_say_hidden(self) -> None:
        table = next(shape.table for shape in tables("en") if shape.table.cell(0, 0).text == "Theme")
        assert table.first_row
        assert table.first_col
        assert [cell.text for cell in table.rows[1].cells] == ["Waiting", "64", "hidden"]


class TestNotes:
    def test_every_slide_with_a_number_says_where_it_came_from(self) -> None:
        for slide in opened("en").slides:
            if any(shape.has_chart or shape.has_table for shape in slide.shapes):
                told = slide.notes_slide.notes_text_frame.text
                assert "How we count this: Each family counts once." in told
                assert "See it here: https://voices.example/lead" in told


class TestLanguages:
    @pytest.mark.parametrize(("language", "tag", "rtl"), [("en", "en-GB", "0"), ("ur", "ur-PK", "1")])
    def test_words_say_their_language_and_go_their_way(self, language: str, tag: str, rtl: str) -> None:
        runs = [
            (run, paragraph)
            for slide in opened(language).slides
            for shape in slide.placeholders
            if shape.has_text_frame
            for paragraph in shape.text_frame.paragraphs
            for run in paragraph.runs
            if run.text != invented.URDU
        ]
        assert {run._r.rPr.get("lang") for run, _paragraph in runs} == {tag}
        others = [each for each in runs if invented.URDU not in each[1].text]
        assert {paragraph._p.pPr.get("rtl") for _run, paragraph in others} == {rtl}
        said = [
            run
            for slide in opened(language).slides
            for shape in slide.placeholders
            for paragraph in shape.text_frame.paragraphs
            for run in paragraph.runs
            if run.text == invented.URDU
        ]
        assert {run._r.rPr.get("lang") for run in said} == {"ur-PK"}
        if rtl == "1":
            assert all(shape._element.graphic.graphicData.tbl.tblPr.get("rtl") == "1" for shape in tables(language))
