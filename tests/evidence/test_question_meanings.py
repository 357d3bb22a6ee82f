"""The bank's questions are compared by their words until their meanings are known, and then by those."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from voice.evidence import question_meanings
from voice.evidence.question_meanings import QuestionMeanings, answer

BANK = ["Are you told what happens next?", "Is the bus on time?", "Do you like the food at school?"]
ASKED = "Does anybody let you know about the next steps?"


@pytest.fixture
def model_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The meanings are worked out in this process, by the model itself."""

    async def here(_module: str, sent: bytes) -> bytes:
        return await asyncio.to_thread(answer, sent)

    monkeypatch.setattr(question_meanings, "in_another_process", here)


class TestMeanings:
    @pytest.mark.usefixtures("model_here")
    async def test_few_questions_are_worked_out_while_the_page_waits(self, tmp_path: Path) -> None:
        questions = QuestionMeanings(tmp_path)
        try:
            bank = await questions.bank(BANK, [ASKED])
            if not (tmp_path / "questions.bin").exists():  # the machine is busy: the page went on by words
                assert questions._working is not None
                await questions._working
                bank = await questions.bank(BANK, [ASKED])
            assert bank is await questions.bank(BANK, [ASKED])
            assert (tmp_path / "questions.bin").stat().st_size > 0
            assert bank.most_alike(ASKED)[0].place == 0
        finally:
            await questions.stop()

    async def test_without_a_folder_words_decide(self) -> None:
        bank = await QuestionMeanings(None).bank(BANK, [ASKED])
        assert len(bank.most_alike("Is your bus on time?")) > 0
        assert bank.most_alike("Is your bus on time?")[0].place == 1
