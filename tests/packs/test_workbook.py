"""A pack as a workbook, opened and read back."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import Any

import openpyxl

from tests.packs import invented
from voice.packs.writing import file_of


@cache
def content(language: str) -> bytes:
    return file_of(invented.pack(language), "xlsx")


@cache
def opened(language: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content(language)))


def rows(name: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in opened("en")[name].iter_rows(min_row=4)]


class TestSheets:
    def test_there_is_one_for_each_table_and_the_first_leads_to_them(self) -> None:
        names = opened("en").sheetnames
        assert names == [
            "Board pack",
            "How it went for them",
            "Who took part",
            "What they wrote about",
            "By school or group all of them",
            "In their own words",
            "What we promised",
            "Where the numbers come from",
        ]
        first = opened("en")["Board pack"]
        links = {cell.hyperlink.location or cell.hyperlink.target for row in first for cell in row if cell.hyperlink}
        assert links == {f"#'{name}'!A1" for name in names[1:5]}

    def test_numbers_are_numbers_and_the_hidden_are_words(self) -> None:
        assert rows("How it went for them") == [
            ["What we ask", "Autumn 2026", "How sure", "Families"],
            ["They felt listened to", 0.77, "between 64% and 86%", 52],
            ["We kept them up to date", 0.38, "between 28% and 49%", 81],
            ["They knew the next steps", "hidden", None, "hidden"],
        ]
        sheet = opened("en")["How it went for them"]
        assert sheet["B5"].number_format == "0%"
        assert len(rows("By school or group all of them")) == 26

    def test_nothing_is_a_formula(self) -> None:
        cells = [cell for sheet in opened("en") for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if cell.value is not None} == {"s", "n"}
        assert rows("What they wrote about")[2][0] == "'" + invented.FORMULA
        with zipfile.ZipFile(io.BytesIO(content("en"))) as file:
            assert not [name for name in file.namelist() if b"<f>" in file.read(name)]

    def test_tables_are_tables_whose_heading_stays(self) -> None:
        for name in opened("en").sheetnames[1:5]:
            sheet = opened("en")[name]
            (table,) = sheet.tables.values()
            assert table.headerRowCount == 1
            assert sheet.freeze_panes == "B5"

    def test_every_figure_has_its_note(self) -> None:
        head, *others = rows("Where the numbers come from")
        assert head == [
            "Sheet",
            "Figure",
            "Of how many",
            "How we count this",
            "Where it came from",
            "Counted on",
            "See it here",
        ]
        assert [row[:3] for row in others] == [
            ["How it went for them", "How it went for them", "81 families"],
            ["Who took part", "Who took part", "346 people"],
            ["What they wrote about", "What they wrote about", "346 people"],
            ["By school or group all of them", "By school or group: all/of [them]", "81 families"],
            [None, "81 families answered.", "81 families"],
        ]
        assert all(all(row[2:]) for row in others)

    def test_urdu_sheets_go_from_right_to_left(self) -> None:
        assert all(sheet.sheet_view.rightToLeft for sheet in opened("ur"))
        assert not any(sheet.sheet_view.rightToLeft for sheet in opened("en"))
