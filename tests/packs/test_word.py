"""A pack as a Word file, opened and read back."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import docx
from docx.oxml.ns import qn

from tests.packs import invented
from voice.packs.writing import file_of


@cache
def opened(language: str) -> Any:
    return docx.Document(io.BytesIO(file_of(invented.pack(language), "docx")))


def cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


class TestWord:
    def test_it_has_real_headings_and_contents_that_lead_to_them(self) -> None:
        made = opened("en")
        headings = [each for each in made.paragraphs if each.style.name.startswith("Heading")]
        assert [(each.style.name, each.text) for each in headings] == [
            ("Heading 1", "Board pack"),
            ("Heading 2", "How it went for them"),
            ("Heading 2", "What they wrote about"),
            ("Heading 2", "In their own words"),
            ("Heading 3", "Waiting"),
            ("Heading 2", "What we promised"),
        ]
        links = {
            link.get(qn("w:anchor")): "".join(each.text or "" for each in link.iter(qn("w:t")))
            for link in made.element.body.iter(qn("w:hyperlink"))
        }
        places = {
            each.get(qn("w:name")): "".join(it.text or "" for it in each.getparent().iter(qn("w:t")))
            for each in made.element.body.iter(qn("w:bookmarkStart"))
        }
        assert links == places
        assert list(links.values()) == [each.text for each in headings[1:]]
        kinds = [each.get(qn("w:fldCharType")) for each in made.element.body.iter(qn("w:fldChar"))]
        assert kinds == ["begin", "separate", "end"]

    def test_it_has_the_tables_with_headings_and_the_hidden_as_a_word(self) -> None:
        made = opened("en")
        assert cells(made.tables[0]) == [
            ["What we ask", "Autumn 2026", "How sure", "Families"],
            ["They felt listened to", "77%", "between 64% and 86%", "52"],
            ["We kept them up to date", "38%", "between 28% and 49%", "81"],
            ["They knew the next steps", "hidden", "", "hidden"],
        ]
        assert cells(made.tables[2])[1:] == [["Waiting", "64", "hidden"], [invented.FORMULA, "11.5", "19%"]]
        for table in made.tables:
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
            assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "1"

    def test_its_charts_say_their_numbers(self) -> None:
        told = [each._inline.docPr.get("descr") for each in opened("en").inline_shapes]
        assert "We kept them up to date: 38% (between 28% and 49%)" in told[0]
        assert "Summer 2026: hidden" in told[1]

    def test_it_says_what_it_is_and_in_which_language(self) -> None:
        known = opened("en").core_properties
        assert (known.title, known.language, known.author) == ("Board pack", "en-GB", "")

    def test_urdu_goes_from_right_to_left(self) -> None:
        made = opened("ur")
        assert made.core_properties.language == "ur-PK"
        assert made.sections[0]._sectPr.find(qn("w:bidi")) is not None
        assert all(each._p.pPr.find(qn("w:bidi")) is not None for each in made.paragraphs if each.text.strip())
        assert made.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None
