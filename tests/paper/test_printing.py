"""A survey on paper, in every language: all of it is there, in letters that the file brings with it."""

from __future__ import annotations

import io
import re
import unicodedata
import uuid
from functools import cache
from pathlib import Path

import msgspec
import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from surveys.document import RATHER_NOT_SAY, OnlyIf, wording
from tests.pages import CheckingClient
from tests.paper.forms import document, paper
from voice.languages import LANGUAGES
from voice.paper.marked_up import read
from voice.paper.own_pictures import own_pictures
from voice.paper.printing import pdf
from voice.people.roles import Role
from voice.storage.files import QUESTIONS, FileFolder


@cache
def printed(language: str) -> bytes:
    return pdf(paper(document(), language))


def letters(text: str) -> str:
    """The letters and digits of a text, so that a line's end or a mark set apart makes no difference."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(each for each in plain.casefold() if unicodedata.category(each)[0] in "LN")


def text_of(made: bytes) -> str:
    """What a reader of the file copies out of it."""
    document = pypdfium2.PdfDocument(made)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def fonts_of(made: bytes) -> dict[str, bool]:
    """Each font that the pages use, and whether the file brings it."""
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(made)).pages:
        for font in (page["/Resources"].get("/Font") or {}).values():
            inner = font.get_object()
            descendant = inner["/DescendantFonts"][0].get_object() if "/DescendantFonts" in inner else inner
            described = descendant["/FontDescriptor"].get_object()
            found[inner["/BaseFont"]] = any(name.startswith("/FontFile") for name in described)
    return found


class TestTheForm:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_brings_every_letter_with_it(self, language: str) -> None:
        fonts = fonts_of(printed(language))
        assert fonts
        assert all(fonts.values())
        assert not [name for name in fonts if "atkinson" not in name.lower() and "noto" not in name.lower()]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_has_no_letter_that_its_fonts_lack(self, language: str) -> None:
        for page in pypdf.PdfReader(io.BytesIO(printed(language))).pages:
            text = page.extract_text()  # once: it takes seconds
            assert "\ufffd" not in text
            assert "\x00" not in text

    @pytest.mark.parametrize("language", [code for code in LANGUAGES if code not in ("ur", "ar", "pa", "bn")])
    def test_it_holds_every_question_and_every_option(self, language: str) -> None:
        text = letters(text_of(printed(language)))
        for question in document().questions:
            assert letters(wording(question.title, language)) in text
            for option in question.options:
                assert letters(wording(option.label, language)) in text, option.code

    @pytest.mark.parametrize("language", ["ur", "ar", "pa", "bn"])
    def test_it_holds_the_letters_of_scripts_that_are_shaped(self, language: str) -> None:
        # What is set from right to left, or from several marks for one letter, comes out of a PDF in the order in
        # which it was drawn: the letters are compared, each as often as it is said.
        text = set(letters(text_of(printed(language))))
        said = "".join(wording(question.title, language) for question in document().questions)
        missing = set(letters(said)) - text
        assert len(missing) <= 0.1 * len(set(letters(said))), missing

    def test_it_says_in_words_who_goes_where(self) -> None:
        text = " ".join(text_of(printed("en")).split())
        assert "Answer this only if you ticked “Our first EHC plan” in question 1." in text
        assert "Did you tick something else? Go to question 5." in text

    def test_it_says_in_words_who_would_rather_not_say(self) -> None:
        first, second = document().questions[:2]
        second = msgspec.structs.replace(second, only_if=OnlyIf(first.concept, (RATHER_NOT_SAY,)), also_if=())
        survey = msgspec.structs.replace(document(), questions=(first, second))
        text = " ".join(text_of(pdf(paper(survey, "en"))).split())
        assert "Answer this only if you ticked “I would rather not say” in question 1." in text
        assert RATHER_NOT_SAY not in text

    @pytest.mark.parametrize("language", ["en", "ur", "bn"])
    def test_each_page_has_a_square_code_that_names_version_language_and_page(self, language: str) -> None:
        document = pypdfium2.PdfDocument(printed(language))
        for number, page in enumerate(document, start=1):
            picture = page.render(scale=1.5).to_pil()
            found = [each.text for each in zxingcpp.read_barcodes(picture)]
            assert found == [f"https://voice.example/s/letter?lang={language}#post-ehcp.3.{language}.{number}"]
        document.close()

    @pytest.mark.parametrize("language", ["en", "ur"])
    def test_a_draft_says_so_on_each_page_and_has_no_square_code(self, language: str) -> None:
        draft = pdf(msgspec.structs.replace(paper(document(), language), draft="DRAFT"))
        pages = pypdfium2.PdfDocument(draft)
        assert len(pages) == len(pypdf.PdfReader(io.BytesIO(printed(language))).pages), "the mark takes no room"
        for page in pages:
            assert page.get_textpage().get_text_range().count("DRAFT") == 2
            assert zxingcpp.read_barcodes(page.render(scale=1.5).to_pil()) == []
        pages.close()

    def test_it_can_be_read_by_a_screen_reader(self) -> None:
        root = pypdf.PdfReader(io.BytesIO(printed("ur"))).trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "ur"
        assert "/StructTreeRoot" in root
        assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()

    def test_two_copies_are_the_same_file(self) -> None:
        assert pdf(paper(document(), "pl")) == printed("pl")

    def test_its_letters_are_large(self) -> None:
        sizes: list[float] = []

        def seen(text: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
            if len(letters(text)) > 3:
                sizes.append(size * abs(matrix[0] or 1))

        for page in pypdf.PdfReader(io.BytesIO(printed("en"))).pages:
            page.extract_text(visitor_text=seen)
        small = [size for size in sizes if size < 11.9]
        assert sizes
        assert not small, "nothing is smaller than the foot of the page"
        assert sum(size >= 15.9 for size in sizes) > len(sizes) / 2

    @pytest.mark.parametrize("letters", ["How is it \uff1d?", "Well done 👍🏽", "\ufeffBus", "\u202eBus\x00", "日本"])
    def test_letters_that_no_font_of_ours_has_stop_no_form(self, letters: str) -> None:
        survey = document()
        asked = [msgspec.structs.replace(each, title={**each.title, "en": letters}) for each in survey.questions]
        made = pdf(paper(msgspec.structs.replace(survey, questions=tuple(asked)), "en"))
        assert "\x00" not in text_of(made)
        assert fonts_of(made)

    def test_words_are_never_taken_for_commands(self) -> None:
        nasty = '#panic("x") $1+1$ *bold* _it_ @ref <label> \\ `code` // no'
        survey = msgspec.structs.replace(document(), title={"en": nasty}, questions=document().questions[:1])
        assert letters(nasty) in letters(text_of(pdf(paper(survey, "en"))))


def pictures_in(made: bytes) -> list[tuple[int, ...]]:
    """The colour in the middle of each picture that is made of dots."""
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    found = [each.image for page in pages for each in page.images]
    return [each.convert("RGB").getpixel((each.width // 2, each.height // 2)) for each in found if each]  # type: ignore[misc]


class TestOwnPictures:
    def uploaded(self, folder: FileFolder, kind: str, colour: tuple[int, int, int]) -> str:
        id = uuid.uuid4()
        folder.path(id).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (1200, 700), colour).save(folder.path(id), kind)
        return str(id)

    @pytest.mark.parametrize("kind", ["single_choice", "multiple_choice", "ranking", "sorting", "faces"])
    def test_they_are_printed_beside_the_question_and_its_answers(self, tmp_path: Path, kind: str) -> None:
        folder = FileFolder(tmp_path, QUESTIONS)
        gold, blue = self.uploaded(folder, "PNG", (250, 200, 10)), self.uploaded(folder, "JPEG", (10, 20, 220))
        question = next(each for each in document().questions if each.kind == kind)
        first, *others = question.options
        question = msgspec.structs.replace(
            question,
            only_if=None,
            picture=gold,
            picture_alt={"en": "A golden field"},
            options=(msgspec.structs.replace(first, picture=blue), *others),
        )
        survey = msgspec.structs.replace(document(), questions=(question,))
        plain = pdf(paper(survey, "en"))
        assert pictures_in(plain) == [], "a file that is not there leaves nothing"
        made = pdf(msgspec.structs.replace(paper(survey, "en"), pictures=own_pictures(survey, folder)))
        found = sorted(pictures_in(made))
        assert len(found) == 2
        for seen, drawn in zip(found, [(10, 20, 220), (250, 200, 10)], strict=True):
            assert all(abs(one - other) < 12 for one, other in zip(seen, drawn, strict=True))
        assert len(made) < len(plain) + 60_000, "no larger than paper needs them"


class TestReadingTheForm:
    def test_it_keeps_words_and_the_spaces_between_them(self) -> None:
        [paragraph] = read('<p class="a b">One <b dir="ltr">two</b>\n three &amp; four</p>')
        assert paragraph["classes"] == ["a", "b"]
        assert paragraph["inside"][0] == "One "
        assert paragraph["inside"][1]["attributes"] == {"dir": "ltr"}
        assert paragraph["inside"][2] == " three & four"

    def test_a_picture_has_nothing_inside(self) -> None:
        [line] = read('<li><img src="/x.svg"><span>Yes</span></li>')
        assert [each["tag"] for each in line["inside"]] == ["img", "span"]


class TestTheFormOnThePage:
    def test_staff_get_it_as_a_file(self, client: CheckingClient, link: str) -> None:
        client.sign_in(Role.OFFICER)
        answer = client.client.get(f"/work/paper{link.removeprefix('/s')}/form?lang=ur")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/pdf"
        assert "post-ehcp-1-ur.pdf" in answer.headers["content-disposition"]
        assert len(pypdf.PdfReader(io.BytesIO(answer.content)).pages) > 3

    def test_it_is_offered_in_the_languages_that_say_everything(self, client: CheckingClient, link: str) -> None:
        client.sign_in(Role.FACILITATOR)
        page = client.get(f"/work/paper{link.removeprefix('/s')}")
        offered = [node.attributes["hreflang"] for node in page.tree.css(".forms-to-print a")]
        assert "en" in offered
        for code in offered:
            assert re.fullmatch("[a-z]{2}", code or "")
