"""A photo as an answer. What it shares with a recording is tested there."""

from __future__ import annotations

import pytest

from surveys.answers import AnswerProblem, GivenAnswer
from surveys.document import Question
from surveys.question_types import photo, type_of

FILE = "7f0f2c52-8f5a-4a5e-9c1e-0c7f1f6a1b11"
QUESTION = Question("show", "photo", "sun", {"en": "Show us"}, {"en": ""})


class TestReading:
    def test_it_reads_the_file_with_its_words(self) -> None:
        answer = photo.read(QUESTION, {"file": FILE, "text": "A tree"}, "en")
        assert answer == GivenAnswer("en", file=FILE, text="A tree")
        assert type_of(QUESTION).values(QUESTION, answer) == {"show": FILE, "show.words": "A tree"}

    def test_it_says_what_an_empty_page_lacks(self) -> None:
        with pytest.raises(AnswerProblem) as found:
            photo.read(QUESTION, {}, "en")
        assert found.value.code == "no_photo"
