"""A document as Word and as PDF: the same words in the same order, in their languages."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from typing import Any

import docx
import pypdf
import pypdfium2
import pytest
from docx.oxml.ns import qn
from PIL import Image

from tests.paper.test_printing import fonts_of, letters
from voice.languages import LANGUAGES
from voice.paper.document_pdf import pdf_of
from voice.paper.documents import (
    Bullets,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Said,
    Table,
)
from voice.paper.word import docx_of

TITLES = {
    "en": "What our group said",
    "ur": "ہمارے گروپ نے کیا کہا",
    "ar": "ماذا قالت مجموعتنا",
    "bn": "আমাদের দল কী বলেছে",
}
LANGUAGE_OF_WORDS = re.compile(rb"/Lang ?\(([a-z]+)\)")
URDU, SOMALI = "ہمیں زیادہ وقت دیں", "Waqti na siiya"


@cache
def photo() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (600, 900), "teal").save(written, "JPEG")
    return written.getvalue()


@cache
def document(language: str) -> Document:
    return Document(
        title=TITLES[language],
        language=LANGUAGES[language],
        foot="Anytown partnership",
        page_words="Page {position} of {count}",
        blocks=(
            Paragraph("We met in the hall.", picture=Picture(symbol="take-part")),
            Heading("What we said", picture=Picture(symbol="views")),
            Bullets(("More time \x07for breaks 👍", Said(URDU, "ur"), "One\nTwo")),
            Quote(("They asked for it: ", Said(SOMALI, "so")), "A young person"),
            Heading("How many", 3),
            Table(("Who", "People"), (("Young people", "12"), ("Parent carers", "fewer than 5")), "Who was there"),
            PageBreak(),
            Picture(content=photo(), alternative="A photograph of the board", width=170),
            Paragraph("Thank you.", strong=True),
        ),
    )


ORDER = (
    "We met in the hall.",
    "What we said",
    "More time for breaks",
    "One",
    "They asked for it: " + SOMALI,
    "A young person",
    "How many",
    "Who was there",
    "fewer than 5",
    "Thank you.",
)


def stand_in_order(text: str) -> bool:
    place, plain = 0, letters(text)
    for words in ORDER:
        place = plain.find(letters(words), place)
        if place < 0:
            return False
    return True


class TestWord:
    def opened(self, language: str) -> Any:
        return docx.Document(io.BytesIO(docx_of(document(language))))

    def test_it_says_all_of_it_in_order_with_real_headings_lists_and_header_rows(self) -> None:
        made = self.opened("en")
        said = []
        for each in made.element.body.iter(qn("w:p")):
            said.append("".join(part.text or "" for part in each.iter(qn("w:t"))))
        assert stand_in_order("\n".join(said))
        assert [(each.style.name, each.text.strip()) for each in made.paragraphs if "Heading" in each.style.name] == [
            ("Heading 1", TITLES["en"]),
            ("Heading 2", "What we said"),
            ("Heading 3", "How many"),
        ]
        bullets = [each.text for each in made.paragraphs if each.style.name == "List Bullet"]
        assert bullets == ["More time for breaks 👍", URDU, "One\nTwo"]
        first, *others = made.tables[0].rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(each._tr.trPr.find(qn("w:tblHeader")) is None for each in others)

    def test_it_says_the_language_of_every_run_and_writes_urdu_from_right_to_left(self) -> None:
        made = self.opened("en")
        runs = [run for paragraph in made.paragraphs for run in paragraph.runs if run.text.strip()]
        tags = {run.text: run._r.rPr.find(qn("w:lang")).get(qn("w:val")) for run in runs}
        assert tags.pop(URDU) == "ur-PK"
        assert tags.pop(SOMALI) == "so-SO"
        assert set(tags.values()) == {"en-GB"}
        urdu = next(each for each in made.paragraphs if each.text == URDU)
        assert urdu._p.pPr.find(qn("w:bidi")) is not None
        assert urdu.runs[0].font.rtl
        assert made.settings.element.find(qn("w:themeFontLang")).get(qn("w:val")) == "en-GB"
        assert made.core_properties.language == "en-GB"

    @pytest.mark.parametrize("language", ["ur", "ar"])
    def test_it_writes_a_whole_document_from_right_to_left(self, language: str) -> None:
        made = self.opened(language)
        assert made.sections[0]._sectPr.find(qn("w:bidi")) is not None
        assert made.paragraphs[0]._p.pPr.find(qn("w:bidi")) is not None
        assert made.tables[0].table_direction == 1
        somali = next(run for each in made.paragraphs for run in each.runs if run.text == SOMALI)
        assert not somali.font.rtl

    def test_its_pictures_say_what_they_show_or_that_they_show_nothing_new(self) -> None:
        described = [shape._inline.docPr for shape in self.opened("en").inline_shapes]
        assert [each.get("descr") for each in described] == ["", "", "A photograph of the board"]
        assert ["decorative" in each.xml for each in described] == [True, True, False]
        assert self.opened("en").inline_shapes[2].height.mm <= 200

    def test_it_says_its_title_and_nothing_of_who_made_it_or_when(self) -> None:
        known = self.opened("en").core_properties
        assert known.title == TITLES["en"]
        assert not known.author
        assert not known.last_modified_by
        assert not known.comments
        assert known.created.year == 2000

    def test_it_holds_no_program(self) -> None:
        with zipfile.ZipFile(io.BytesIO(docx_of(document("en")))) as parts:
            assert not [name for name in parts.namelist() if "vba" in name.lower() or "embeddings" in name]


class TestThePdf:
    @cache  # noqa: B019 - pytest makes this class once a test
    def made(self, language: str) -> bytes:
        return pdf_of(document(language))

    def test_it_says_all_of_it_in_order(self) -> None:
        opened = pypdfium2.PdfDocument(self.made("en"))
        text = "\n".join(page.get_textpage().get_text_range() for page in opened)
        opened.close()
        assert stand_in_order(text)
        assert "[thumbs up sign]" in text
        assert "Page 1 of 2" in text

    @pytest.mark.parametrize("language", list(TITLES))
    def test_it_is_tagged_and_says_its_language_and_its_title(self, language: str) -> None:
        read = pypdf.PdfReader(io.BytesIO(self.made(language)))
        root: Any = read.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == language
        assert read.metadata is not None
        assert read.metadata.title == TITLES[language]
        assert not read.metadata.author
        tags = list(_tags(root["/StructTreeRoot"]))
        names = [name for name, _ in tags]
        assert [name for name in names if name in ("/H1", "/H2", "/H3")] == ["/H1", "/H2", "/H3"]
        assert {"/L", "/LI", "/Table", "/TH", "/TD", "/BlockQuote", "/Figure"} <= set(names)
        assert [tag["/Alt"] for name, tag in tags if name == "/Figure"] == ["A photograph of the board"]
        on_pages = b"".join(page.get_contents().get_data() for page in read.pages)  # type: ignore[union-attr]
        named = {tag.get("/Lang") for _, tag in tags} | {each.decode() for each in LANGUAGE_OF_WORDS.findall(on_pages)}
        assert {language, "ur", "so"} <= named
        fonts = fonts_of(self.made(language))
        assert all(fonts.values())

    def test_letters_that_nobody_has_a_font_for_stop_no_document(self) -> None:
        wild = Document(
            "漢字 🏳️‍🌈",
            LANGUAGES["en"],
            (Paragraph("e\u0332\u0359 \U0001f469\u200d\U0001f9bd \ufdfd \x00 \ud800" + "x" * 900),),
        )
        assert pdf_of(wild).startswith(b"%PDF")
        assert docx_of(wild).startswith(b"PK")


def _tags(element: Any) -> Any:
    """The structure of a tagged PDF, in reading order."""
    element = element.get_object()
    if isinstance(element, list):
        for each in element:
            yield from _tags(each)
    elif isinstance(element, dict):
        if "/S" in element:
            yield element["/S"], element
        if "/K" in element:
            yield from _tags(element["/K"])
