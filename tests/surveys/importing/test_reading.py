import csv
import io
import zipfile
from contextlib import suppress
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.importing.cells import is_blank
from surveys.importing.reading import read_sheet
from surveys.importing.sheet import Limits, SheetProblem
from tests.surveys.importing.files import (
    csv_bytes,
    google_forms,
    microsoft_forms,
    saved,
    surveymonkey,
    xlsx_bytes,
)

TABLE = [["When", "Comment"], ["2025-06-03", "The café was warm – it’s £5"], ["2025-06-04", "Zażółć"]]
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=40)
BRITISH = [row for row in TABLE if row[1] != "Zażółć"]


def cells(content: bytes, filename: str = "answers.csv") -> list[tuple[object, ...]]:
    return [row.cells for row in read_sheet(content, filename).rows]


def problem_of(content: bytes, filename: str, limits: Limits | None = None) -> str:
    with pytest.raises(SheetProblem) as raised:
        read_sheet(content, filename, limits or Limits())
    return raised.value.code


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_it_reads_unicode_with_and_without_a_mark(self, encoding: str) -> None:
        sheet = read_sheet(csv_bytes(TABLE, encoding), "a.csv")
        assert sheet.headers == ("When", "Comment")
        assert [row.cells[1] for row in sheet.rows] == ["The café was warm – it’s £5", "Zażółć"]

    @pytest.mark.parametrize("byte_order", ["utf-16-le", "utf-16-be"])
    def test_it_reads_both_marks_of_utf_16(self, byte_order: str) -> None:
        assert cells("\ufeffWhen,Comment\r\nnow,ż\r\n".encode(byte_order)) == [("now", "ż")]

    def test_it_reads_what_excel_writes_in_britain(self) -> None:
        assert cells(csv_bytes(BRITISH, "cp1252")) == [tuple(BRITISH[1])]

    @pytest.mark.parametrize("text", ["café", "£20", "don’t know", "Zoë"])
    def test_it_takes_a_short_text_for_british(self, text: str) -> None:
        assert cells(csv_bytes([["id", "text"], ["1", text]], "cp1252")) == [("1", text)]

    def test_it_reads_what_excel_writes_in_poland(self) -> None:
        text = "Dziękuję za pomoc, było świetnie, żadnych zastrzeżeń. Czekaliśmy długo na odpowiedź."
        assert cells(csv_bytes([["id", "text"], ["1", text]], "cp1250")) == [("1", text)]

    def test_it_drops_nul_bytes(self) -> None:
        assert cells(b"id,text\n1,go\x00od\n\x00\x00") == [("1", "good")]

    def test_it_says_when_marked_text_is_broken(self) -> None:
        assert problem_of(b"\xff\xfea\x00,\x00\xd8", "a.csv") == "unreadable_encoding"


class TestDelimiters:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_it_finds_what_parts_the_columns(self, delimiter: str) -> None:
        rows = [["a", "b", "c"], ["1", "warm, kind; and\tquick", "x"], ["2", "two\nlines", "y"]]
        assert cells(csv_bytes(rows, delimiter=delimiter)) == [tuple(row) for row in rows[1:]]

    def test_it_is_not_misled_by_commas_in_comments(self) -> None:
        content = b"id;comment\n1;good, kind, quick\n2;slow\n3;late, again\n"
        assert cells(content) == [("1", "good, kind, quick"), ("2", "slow"), ("3", "late, again")]

    def test_it_keeps_a_single_column_of_prose_whole(self) -> None:
        assert cells(b"comment\nKind, thanks\nSlow\nLate, sorry to say, again\n") == [
            ("Kind, thanks",),
            ("Slow",),
            ("Late, sorry to say, again",),
        ]

    def test_it_follows_a_declared_delimiter(self) -> None:
        sheet = read_sheet(b"sep=;\r\nid;comment\r\n1;a,b,c\r\n", "a.csv")
        assert (sheet.headers, sheet.rows[0].cells) == (("id", "comment"), ("1", "a,b,c"))

    def test_it_finds_the_delimiter_under_a_title(self) -> None:
        sheet = read_sheet(b"Summer survey, second run\n\nid;comment\n1;a\n2;b\n", "a.csv")
        assert sheet.headers == ("id", "comment")
        assert [row.number for row in sheet.rows] == [4, 5]


class TestRows:
    def test_it_counts_rows_as_a_spreadsheet_does(self) -> None:
        content = b'id,text\n1,"two\nlines"\n\n , \n2,x\n'
        assert [row.number for row in read_sheet(content, "a.csv").rows] == [2, 5]

    def test_it_keeps_a_row_with_too_many_cells_as_it_is(self) -> None:
        assert cells(b"a,b\n1,2\n1,2,3\n4,5\n")[1] == ("1", "2", "3")

    def test_it_fills_a_short_row(self) -> None:
        assert cells(b"a,b,c\n1\n1,2,3\n") == [("1", None, None), ("1", "2", "3")]

    def test_it_passes_over_blank_cells_at_the_end(self) -> None:
        sheet = read_sheet(b"a,b,,\n1,2,,\n3,4,\xc2\xa0,\n", "a.csv")
        assert (sheet.headers, sheet.rows[1].cells) == (("a", "b"), ("3", "4"))

    def test_it_notices_a_quotation_mark_that_never_closes(self) -> None:
        rows = read_sheet(b'a,b\n1,x\n2,"open\n3,y\n4,z\n', "a.csv").rows
        assert [(row.number, row.quote_left_open) for row in rows] == [(2, False), (3, True)]

    def test_it_reads_a_cell_longer_than_the_csv_module_allows(self) -> None:
        assert cells(csv_bytes([["a", "b"], ["1", "x" * 300_000]]))[0][1] == "x" * 300_000

    @given(
        st.lists(st.tuples(WORDS, WORDS.filter(lambda text: not is_blank(text))), min_size=1, max_size=12),
        st.sampled_from([",", ";", "\t"]),
    )
    def test_it_reads_back_whatever_the_csv_module_wrote(self, rows: list[tuple[str, str]], delimiter: str) -> None:
        content = csv_bytes([["one", "two"], *rows], delimiter=delimiter, quoting=csv.QUOTE_ALL)
        assert cells(content) == [(one or None, two) for one, two in rows]


class TestHeaders:
    def test_it_tidies_them(self) -> None:
        assert read_sheet(microsoft_forms(), "a.xlsx").headers[6:9] == (
            "Did we keep you up to date?",
            "How happy are you with how it went?",
            "What went well?",
        )

    def test_it_tells_repeated_ones_apart(self) -> None:
        headers = read_sheet(b"Comment,comment ,Comment (2),Comment\n1,2,3,4\n", "a.csv").headers
        assert headers == ("Comment", "comment (2)", "Comment (2) (2)", "Comment (3)")

    def test_it_calls_an_unnamed_column_by_its_letter(self) -> None:
        assert read_sheet(b"a,,c\n1,2,3\n4,5,6\n", "a.csv").headers == ("a", "[B]", "c")

    def test_it_adds_columns_that_most_rows_have(self) -> None:
        assert read_sheet(b"a,b\n1,2,3\n4,5,6\n7,8\n", "a.csv").headers == ("a", "b", "[C]")

    def test_it_joins_the_two_rows_of_surveymonkey(self) -> None:
        assert read_sheet(surveymonkey(), "a.csv").headers[9:] == (
            "How happy are you with how it went?",
            "What went well?",
            "Who helped you? — Plan officer",
            "Who helped you? — School",
            "Who helped you? — Other (please specify)",
        )

    def test_it_leaves_the_first_answer_of_a_condensed_surveymonkey_file_alone(self) -> None:
        content = b"Respondent ID,Collector ID,What went well?\n1,2,All of it\n"
        assert cells(content) == [("1", "2", "All of it")]


class TestSources:
    def test_it_knows_each_tool_by_its_headers(self) -> None:
        assert read_sheet(microsoft_forms(), "a.xlsx").source == "microsoft_forms"
        assert read_sheet(google_forms(), "a.csv").source == "google_forms"
        assert read_sheet(surveymonkey(), "a.csv").source == "surveymonkey"
        assert read_sheet(b"a,b\n1,2\n", "a.csv").source == "other"


class TestWorkbooks:
    def test_it_reads_values_as_they_are(self) -> None:
        when = datetime.fromisoformat("2025-06-03 14:05")
        content = xlsx_bytes([["When", "Score", "Text", "Agreed"], [when, 3.0, "Fine", True]])
        assert cells(content, "a.xlsx") == [(when, 3.0, "Fine", True)]

    def test_it_passes_over_titles_and_blank_rows_above_the_table(self) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet["A2"] = "Summer survey"
        sheet.merge_cells("A2:C2")
        for place, value in enumerate(["a", "b", "c"], start=1):
            sheet.cell(4, place, value)
            sheet.cell(5, place, place)
        assert [(row.number, row.cells) for row in read_sheet(saved(book), "a.xlsx").rows] == [(5, (1, 2, 3))]

    def test_it_takes_the_first_visible_sheet_with_anything_in_it(self) -> None:
        book = openpyxl.Workbook()
        book.create_sheet("Lists").append(["hidden", "list"])
        book["Lists"].sheet_state = "hidden"
        for row in (["a", "b"], [1, 2]):
            book.create_sheet("Answers" if "Answers" not in book else None)
            book["Answers"].append(row)
        assert read_sheet(saved(book), "a.xlsx").headers == ("a", "b")

    def test_it_passes_over_cells_that_only_have_a_format(self) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (["a", "b"], [1, 2]):
            sheet.append(row)
        sheet["Z900"].number_format = "0.00"
        read = read_sheet(saved(book), "a.xlsx")
        assert (read.headers, len(read.rows)) == (("a", "b"), 1)

    def test_it_undoes_escaped_characters(self) -> None:
        content = xlsx_bytes([["a", "b"], ["one_x000D_\ntwo", "_x0041__xD83D__xDE00_"]])
        assert cells(content, "a.xlsx") == [("one\r\ntwo", "A😀")]


class TestFilesThatCannotBeRead:
    @pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n \n\t\n"])
    def test_it_says_when_a_file_is_empty(self, content: bytes) -> None:
        assert problem_of(content, "a.csv") == "empty_file"

    def test_it_says_when_a_workbook_is_empty(self) -> None:
        assert problem_of(saved(openpyxl.Workbook()), "a.xlsx") == "empty_file"

    @pytest.mark.parametrize(
        ("content", "filename"),
        [
            (b"a,b\n1,2\n", "a.xlsx"),
            (b"PK\x03\x04 and nothing of a zip", "a.xlsx"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xlsx"),
            (b"a,b\n1,2\n", "a.xls"),
            (b"%PDF-1.7\n%\xe2\xe3", "a.pdf"),
            (b"%PDF-1.7\n%\xe2\xe3", "a.csv"),
            (b"<html><table><tr><td>1</td></tr></table></html>", "a.csv"),
            (bytes(range(256)) * 40, "a.csv"),
            (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.csv"),
        ],
    )
    def test_it_says_when_a_file_is_not_what_its_name_says(self, content: bytes, filename: str) -> None:
        assert problem_of(content, filename) == "not_what_its_name_says"

    def test_it_refuses_a_workbook_called_csv(self) -> None:
        assert problem_of(xlsx_bytes(TABLE), "a.csv") == "not_what_its_name_says"

    def test_it_refuses_a_zip_that_holds_no_workbook(self) -> None:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr("word/document.xml", "<w/>")
        assert problem_of(content.getvalue(), "a.xlsx") == "not_what_its_name_says"

    def test_it_refuses_a_workbook_cut_short(self) -> None:
        content = xlsx_bytes(TABLE)
        assert problem_of(content[: len(content) // 2], "a.xlsx") == "not_what_its_name_says"

    def test_it_refuses_a_workbook_damaged_inside(self) -> None:
        assert problem_of(_with_sheet(b"<worksheet><sheetData><row"), "a.xlsx") == "not_what_its_name_says"

    def test_it_refuses_entities_that_multiply(self) -> None:
        laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
        body = b"<sheetData><row r='1'><c r='A1' t='str'><v>&b;</v></c></row></sheetData>"
        namespace = b"xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
        sheet = laughs + b"<worksheet " + namespace + b">" + body + b"</worksheet>"
        assert problem_of(_with_sheet(sheet), "a.xlsx") == "not_what_its_name_says"

    def test_it_refuses_a_file_over_the_limit(self) -> None:
        assert problem_of(b"a,b\n1,2\n", "a.csv", Limits(size=5)) == "too_large"

    def test_it_refuses_a_zip_that_would_unpack_beyond_the_limit(self) -> None:
        content = _with_sheet(b" " * 5_000_000)
        assert len(content) < 50_000
        assert problem_of(content, "a.xlsx", Limits(unpacked_size=1_000_000)) == "too_large"

    def test_it_refuses_headers_without_rows(self) -> None:
        assert problem_of(b"a,b\n", "a.csv") == "no_rows"

    @pytest.mark.parametrize("content", [b"1,2\n3,4\n", b"2025-06-03,5\n2025-06-04,4\n"])
    def test_it_refuses_rows_without_headers(self, content: bytes) -> None:
        assert problem_of(content, "a.csv") == "no_header"

    def test_it_refuses_more_rows_than_the_limit(self) -> None:
        rows = [["a", "b"], *[["1", "2"]] * 11]
        assert problem_of(csv_bytes(rows), "a.csv", Limits(rows=10)) == "too_many_rows"
        assert len(read_sheet(csv_bytes(rows), "a.csv", Limits(rows=11)).rows) == 11

    def test_it_refuses_more_columns_than_the_limit(self) -> None:
        rows = [[f"c{number}" for number in range(11)], ["1"] * 11]
        assert problem_of(csv_bytes(rows), "a.csv", Limits(columns=10)) == "too_many_columns"

    @pytest.mark.parametrize("cell", ['<c r="XFD{}"><v>1</v></c>', '<c r="XFD{}"/>', ""], ids=["last", "blank", "none"])
    def test_it_refuses_rows_that_are_only_said_to_be_there(self, cell: str) -> None:
        rows = "".join(f'<row r="{n}">{cell.format(n)}</row>' for n in range(3, 3000))
        first = '<row r="1"><c r="A1" t="inlineStr"><is><t>Words</t></is></c></row>'
        far = "" if cell else '<row r="200000"><c r="A200000"><v>1</v></c></row>'
        content = _with_sheet(f"<worksheet{_MAIN}><sheetData>{first}{rows}{far}</sheetData></worksheet>".encode())
        assert len(content) < 40_000
        assert problem_of(content, "a.xlsx", Limits(cells=100_000)) == "too_large"
        if cell:
            assert problem_of(content, "a.xlsx") == "too_large", "as it is in the product"
        else:
            assert len(read_sheet(content, "a.xlsx").rows) == 1, "a gap is none of these"

    def test_it_refuses_a_few_rows_below_headers_without_end(self) -> None:
        rows = [[f"Question {number}" for number in range(100)], *[["a"]] * 100]
        assert problem_of(csv_bytes(rows), "a.csv", Limits(cells=9_999)) == "too_large"
        assert len(read_sheet(csv_bytes(rows), "a.csv", Limits(cells=10_000)).rows) == 100

    @given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.txt", "a"]))
    def test_it_never_fails_in_another_way(self, content: bytes, filename: str) -> None:
        try:
            sheet = read_sheet(content, filename)
        except SheetProblem:
            return
        assert sheet.rows
        assert all(len(row.cells) >= len(sheet.headers) for row in sheet.rows)

    @given(st.data())
    def test_it_survives_any_damage_to_a_workbook(self, data: st.DataObject) -> None:
        content = bytearray(_WORKBOOK)
        for _ in range(data.draw(st.integers(1, 4))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        with suppress(SheetProblem):
            assert read_sheet(bytes(content), "a.xlsx").rows


_WORKBOOK = xlsx_bytes(TABLE)
_MAIN = ' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _with_sheet(sheet: bytes) -> bytes:
    """A workbook whose first sheet is replaced."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_WORKBOOK)) as good,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            bad.writestr(name, sheet if name.endswith("sheet1.xml") else good.read(name))
    return content.getvalue()
