"""Documents written by a process of its own."""

from __future__ import annotations

import asyncio
import io

import docx
import pypdf
import pytest

from voice.languages import LANGUAGES
from voice.paper import writing
from voice.paper.documents import Bullets, Document, Heading, Paragraph, Picture, Quote, Said
from voice.running.other_process import process_of_its_own

DOCUMENT = Document(
    "My review",
    LANGUAGES["en"],
    (
        Heading("Next", picture=Picture(symbol="plan")),
        Quote(Said("I want to swim", "en"), whose="A child"),
        Bullets(("one", ("two", Said("دو", "ur")))),
        Paragraph("quiet", quiet=True),
    ),
)


class TestWriting:
    @pytest.mark.parametrize("format", ["pdf", "docx"])
    def test_the_process_writes_the_whole_document(
        self, format: writing.Format, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As a server runs it: elsewhere in the tests it works in this process."""
        monkeypatch.setattr(writing, "in_another_process", process_of_its_own)
        content = io.BytesIO(asyncio.run(writing.written(DOCUMENT, format)))
        if format == "pdf":
            words = pypdf.PdfReader(content).pages[0].extract_text()
        else:
            words = "\n".join(paragraph.text for paragraph in docx.Document(content).paragraphs)
        assert all(said in words for said in ("My review", "Next", "I want to swim", "one", "quiet"))

    def test_the_process_is_bound(self, monkeypatch: pytest.MonkeyPatch) -> None:
        done: list[object] = []
        monkeypatch.setattr(writing, "bind_this_process", lambda **bounds: done.append(bounds))
        monkeypatch.setattr(writing, "answer_apart", done.append)
        writing.main()
        assert done == [{"seconds": writing.SECONDS_OF_WORK, "memory": writing.MOST_MEMORY}, writing.answer]
