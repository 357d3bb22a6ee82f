"""A pack as a PDF that a screen reader can read: what PDF/UA-1 asks for, looked up in the file itself."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pikepdf
import pypdf
import pytest

from tests.packs import invented
from tests.paper.test_printing import fonts_of, letters
from voice.packs.writing import file_of

HIDDEN = "hidden"
MARKED = re.compile(r"^(BDC|BMC|EMC)$")
SHOWS = {"Tj", "TJ", "'", '"', "Do", "f", "F", "f*", "S", "s", "B", "b", "B*", "b*", "sh"}


@cache
def made(language: str, large: bool = False) -> bytes:
    return file_of(invented.pack(language, large=large), "pdf")


def opened(language: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made(language)))


def tags(element: Any) -> Iterator[pikepdf.Dictionary]:
    """The structure elements beneath one, in reading order."""
    kids = element.get("/K", [])
    for child in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from tags(child)


def named(pdf: pikepdf.Pdf, *names: str) -> list[pikepdf.Dictionary]:
    return [each for each in tags(pdf.Root.StructTreeRoot) if str(each.S) in names]


def text_in_order(pdf: bytes) -> str:
    return letters("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))


def stand_in_order(text: str, words: list[str]) -> bool:
    place = 0
    for each in words:
        place = text.find(letters(each), place) + 1
        if not place:
            return False
    return True


class TestWhatItSaysOfItself:
    @pytest.mark.parametrize("language", ["en", "ur"])
    def test_it_is_tagged_titled_and_in_a_language(self, language: str) -> None:
        with opened(language) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == language
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            known = pdf.open_metadata()
            assert known["pdfuaid:part"] == "1"
            assert known["dc:title"] == "Board pack"
        assert all(fonts_of(made(language)).values()), "every font is in the file"


class TestItsTags:
    def test_headings_stand_in_order_and_none_is_left_out(self) -> None:
        with opened("en") as pdf:
            levels = [int(str(each.S)[2]) for each in named(pdf, "/H1", "/H2", "/H3", "/H4")]
            assert levels == [1, 2, 2, 2, 3, 2]
            outline = [str(each.title) for each in pdf.open_outline().root]
        assert outline == ["How it went for them", "What they wrote about", "In their own words", "What we promised"]

    def test_tables_have_headings_of_columns_and_of_rows(self) -> None:
        with opened("en") as pdf:
            tables = named(pdf, "/Table")
            for table in tables:
                rows = [row for row in tags(table) if str(row.S) == "/TR"]
                first, *others = ([cell for cell in tags(row) if str(cell.S) in ("/TH", "/TD")] for row in rows)
                assert {str(cell.S) for cell in first} == {"/TH"}
                assert {scope(cell) for cell in first} == {"/Column"}
                for row in others:
                    assert [str(cell.S) for cell in row] == ["/TH"] + ["/TD"] * (len(first) - 1)
                    assert scope(row[0]) == "/Row"
        # Two of the long one, for it has more columns than a page; the last is what came of what was heard.
        assert len(tables) == 2 + 1 + 2 + 1

    def test_charts_say_their_numbers_in_words(self) -> None:
        with opened("en") as pdf:
            told = [str(each.Alt) for each in named(pdf, "/Figure")]
        assert told[0] == (
            "Most often they felt listened to. They felt listened to: 77% (between 64% and 86%); "
            "We kept them up to date: 38% (between 28% and 49%); They knew the next steps: hidden."
        )
        assert told[1].endswith("Spring 2026: 31; Summer 2026: hidden; Autumn 2026: 1,046.")

    def test_everything_on_a_page_is_tagged_or_an_artifact(self) -> None:
        with opened("en") as pdf:
            for page in pdf.pages:
                depth = 0
                for operands, operator in pikepdf.parse_content_stream(page):
                    if str(operator) in ("BDC", "BMC"):
                        depth += 1
                    elif str(operator) == "EMC":
                        depth -= 1
                    else:
                        assert depth or str(operator) not in SHOWS, (operator, operands)

    def test_words_in_another_language_say_so(self) -> None:
        with opened("en") as pdf:
            on_pages = b"".join(
                page.Contents.read_bytes()
                if not isinstance(page.Contents, pikepdf.Array)
                else b"".join(each.read_bytes() for each in page.Contents)
                for page in pdf.pages
            )
            languages = {str(each.get("/Lang", "")) for each in tags(pdf.Root.StructTreeRoot)}
        assert "ur" in languages or b"(ur)" in on_pages


def scope(cell: pikepdf.Dictionary) -> str:
    told = cell.get("/A", [])
    for each in told if isinstance(told, pikepdf.Array) else [told]:
        if "/Scope" in each:
            return str(each.Scope)
    return ""


class TestWhatItSays:
    def test_it_reads_in_the_order_of_the_pack_with_contents_and_notes(self) -> None:
        said = text_in_order(made("en"))
        assert stand_in_order(
            said,
            [
                "Board pack",
                "Millbrook Vale · Autumn 2026",
                "nothing to say yet: Annual reviews",
                "Contents",
                "How it went for them",
                "Most often they felt listened to.",
                "between 64% and 86%",
                "81 families",
                "More of them took part.",
                "1,046",
                "346 people",
                "What they wrote about",
                "School 24",
                "Parent carer",
                "81 families answered.",
                "Waiting takes too long",
                "15 January 2027",
            ],
        )
        assert HIDDEN in said

    def test_easy_read_says_how_it_was_counted_last(self) -> None:
        said = text_in_order(made("en", large=True))
        assert stand_in_order(
            said, ["81 families answered.", "Where the numbers come from", "Each family counts once."]
        )
        assert letters("Contents") not in said

    def test_the_same_pack_is_the_same_file(self) -> None:
        assert file_of(invented.pack("en"), "pdf") == made("en")
