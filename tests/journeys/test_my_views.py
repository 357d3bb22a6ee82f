"""A boy who does not read gets ready for his review, his mother adds what she thinks, and they take a sheet along."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import docx
import pypdf
import pytest
from playwright.async_api import Page, expect

from tests.journeys.conftest import Server
from tests.journeys.looking import Look
from tests.journeys.visitor import PHONE, Visitor

Visit = Callable[..., Awaitable[Visitor]]

SORTED = {"lunch": "working", "loud": "not_working", "friends": "working", "bus": "not_sure"}


async def _begin(visitor: Visitor) -> str:
    """A space of its own; the address that opens it."""
    await visitor.open("/my-views")
    await visitor.press("Start my views", "link")
    await visitor.press("Start")
    return visitor.path.removesuffix("/code")


async def _draw(page: Page) -> None:
    box = await page.locator("#canvas").bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 40, box["y"] + 40)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 160, box["y"] + 90, steps=4)
    await page.mouse.up()
    await expect(page.locator(".capture-says")).to_have_text("It is saved. Press “Keep it” when you are done.")


async def _download(visitor: Visitor, kind: str, place: int, folder: Path) -> bytes:
    async with visitor.page.expect_download() as waiting:
        await visitor.page.locator(f'.downloads li:nth-child({place}) a[href$=".{kind}"]').click()
    file = folder / (await waiting.value).suggested_filename
    await (await waiting.value).save_as(file)
    return file.read_bytes()


class TestARealReview:
    async def test_they_sort_draw_write_choose_and_take_it_along(
        self, visit: Visit, server: Server, tmp_path: Path
    ) -> None:
        boy = await visit("en", PHONE, has_touch=True)
        space = await _begin(boy)
        code = await boy.page.locator(".code").inner_text()
        await boy.open(space)
        await boy.press("Sort pictures", "link")
        for picture, place in SORTED.items():
            await boy.page.locator(f'label[for="sort-{picture}-{place}"]').tap()
        await boy.press("Keep it")
        await boy.open(f"{space}/add/important?how=drawing")
        await _draw(boy.page)
        await boy.press("Keep it")
        await expect(boy.page.locator("#important img.given-picture")).to_be_visible()

        await boy.open(f"{space}/people")
        await boy.page.locator('label[for="role-parent_carer"]').tap()
        await boy.press("Make a code")
        theirs = await boy.page.locator(".code").inner_text()
        assert theirs != code

        # His mother writes on her own phone, in Urdu and without scripts.
        mother = await visit("ur", PHONE, scripts=False)
        await mother.open("/my-views")
        await mother.page.locator("#code").fill(theirs.replace(" ", "-").lower())
        await mother.page.locator('form[action="/my-views"] button').click()
        await mother.page.locator('#support a[href$="/add/support"]').click()
        await mother.page.locator("#text").fill("اسے وقت دیں")
        await mother.page.locator('main button[value="continue"]').click()
        await expect(mother.page.locator("#support blockquote")).to_have_text("اسے وقت دیں")

        await boy.open(space)
        await expect(boy.page.locator("#support .whose")).to_have_text("Parent carer · November 2026")
        await boy.press("Choose what goes to the meeting", "link")
        for tick in await boy.page.locator('label:has-text("Take it to the meeting")').all():
            await tick.tap()
        await boy.press("Save what I chose")

        pdf = pypdf.PdfReader(io.BytesIO(await _download(boy, "pdf", 2, tmp_path)))
        root = pdf.trailer["/Root"]
        assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", True)  # type: ignore[index]
        words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
        order = ["My review", "What is important to me", "How to support me", "How these are for me", "Food and lunch"]
        assert [words.index(each) for each in order] == sorted(words.index(each) for each in order)
        assert "Noise" in words[words.index("Not working") :]
        assert any(page.images or "/XObject" in page["/Resources"] for page in pdf.pages), "his drawing is there"
        content = await _download(boy, "docx", 2, tmp_path)
        word = docx.Document(io.BytesIO(content))
        said = [paragraph.text for paragraph in word.paragraphs]
        assert any("اسے وقت دیں" in line for line in said)
        headings = [each.text.strip() for each in word.paragraphs if each.style and each.style.name == "Heading 2"]
        assert headings == ["What is important to me", "How to support me", "How these are for me"]
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            assert 'w:bidi="ur' in packed.read("word/document.xml").decode()

        stored = b"".join(path.read_bytes() for path in server.data.rglob("*") if path.is_file())
        assert "اسے وقت دیں".encode() not in stored

    @pytest.mark.parametrize("language", ["en", "ur"])
    async def test_the_pages_are_for_everybody(self, visit: Visit, language: str) -> None:
        visitor = await visit(language, device_scale_factor=2)
        look = Look(visitor, answering=True, colours=("dark",) if language == "en" else ())
        await visitor.open("/my-views")
        await look("my views")
        await visitor.open("/my-views/new")
        await look("start")
        await visitor.page.locator("main button.button:not([value=no])").click()
        await visitor.page.wait_for_url("**/code")
        space = visitor.path.removesuffix("/code")
        await look("code")
        await visitor.open(f"{space}/add/support")
        await visitor.page.locator("#text").fill("ok")
        await look("words and pictures")
        await visitor.page.locator('main button.button[value="continue"]').click()
        await visitor.page.wait_for_url("**#support")
        for path in ("", "/sort", "/meeting", "/learn", "/people", "/heard", "/end"):
            await visitor.open(f"{space}{path}")
            await look(path or "space")
        assert look.found == []
