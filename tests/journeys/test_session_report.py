"""Notes on paper become a session's report, which the group corrects, agrees to and takes away."""

from __future__ import annotations

import contextlib
import io
import sqlite3
from pathlib import Path

import docx
import pypdf

from tests.journeys.conftest import Server
from tests.journeys.looking import WCAG_22_AA, axe_finds
from tests.journeys.test_staff_journeys import Colleague

NOTES = "START\n- Let schools borrow staff\n- Ask Zebedee Quill first\n\nBarriers:\nLetters nobody can read\n"


class TestNotesOfAMeeting:
    async def test_they_are_corrected_agreed_to_and_saved(
        self, colleague: Colleague, server: Server, tmp_path: Path
    ) -> None:
        facilitator = await colleague("facilitator")
        page = facilitator.page
        await facilitator.open("/work/sessions/notes")
        assert await axe_finds(facilitator, WCAG_22_AA) == []
        await page.get_by_label("Name of the meeting").fill("Heads in spring")
        await page.get_by_label("Day").fill("2026-03-12")
        await page.get_by_label("Name of the forum").fill("Heads’ board")
        await page.get_by_label("Paste the notes").fill(NOTES)
        await page.get_by_role("button", name="Look at the notes").click()
        await page.get_by_role("button", name="Take them in").click()
        assert await facilitator.heading() == "Heads in spring"
        assert await axe_finds(facilitator, WCAG_22_AA) == []
        await page.get_by_role("link", name="What should change?").click()
        assert await axe_finds(facilitator, WCAG_22_AA) == []
        await page.get_by_label("Words of line 2").fill("Ask the school first")
        await page.locator("fieldset", has_text="Line 3").get_by_label("Leave this out").check()
        await page.get_by_role("button", name="Save").click()
        await page.get_by_label("The whole group read it and agrees").check()
        await page.get_by_role("button", name="We agree to this report").click()
        saved = {}
        for words in ("Save as PDF", "Save for Word"):
            async with page.expect_download() as download:
                await page.get_by_role("link", name=words).click()
            file = await download.value
            await file.save_as(tmp_path / file.suggested_filename)
            saved[words] = (tmp_path / file.suggested_filename).read_bytes()
        pdf = pypdf.PdfReader(io.BytesIO(saved["Save as PDF"]))
        word = docx.Document(io.BytesIO(saved["Save for Word"]))
        for text in (
            "\n".join(each.extract_text() for each in pdf.pages),
            "\n".join(each.text for each in word.paragraphs),
        ):
            assert text.index("Heads in spring") < text.index("Let schools borrow staff")
            assert "Ask the school first" in text
            assert "Zebedee" not in text
            assert "Letters nobody" not in text
        await facilitator.open("/work/forums")
        await page.locator("tbody a").first.click()
        assert await axe_finds(facilitator, WCAG_22_AA) == []
        said = _voices(server)
        assert {"Let schools borrow staff", "Ask the school first"} <= said
        assert not [words for words in said if "Zebedee" in words or "Letters nobody" in words]


def _voices(server: Server) -> set[str]:
    """What sessions said, as the evidence bank has it."""
    with contextlib.closing(sqlite3.connect(server.data / "golden-thread.sqlite")) as opened:
        found = opened.execute("SELECT text FROM voice WHERE source = 'session' AND text IS NOT NULL")
        return {row[0] for row in found}
