"""Recordings as answers: a file, words, both, or neither."""

from __future__ import annotations

import pytest

from surveys.answers import AnswerProblem, GivenAnswer
from surveys.document import RATHER_NOT_SAY, Question
from surveys.question_types import given_files, recording, type_of

FILE = "7f0f2c52-8f5a-4a5e-9c1e-0c7f1f6a1b11"
QUESTION = Question("tell_us", "recording", "listen", {"en": "Tell us"}, {"en": ""}, limit=20)


class TestReading:
    @pytest.mark.parametrize(
        ("form", "answer"),
        [
            ({"file": FILE}, GivenAnswer("en", file=FILE)),
            ({"text": " It was\r\nsunny. "}, GivenAnswer("en", text="It was\nsunny.")),
            ({"file": FILE, "text": "Sun"}, GivenAnswer("en", file=FILE, text="Sun")),
            ({"answer": RATHER_NOT_SAY}, GivenAnswer("en", code=RATHER_NOT_SAY)),
        ],
    )
    def test_it_reads_a_file_and_words(self, form: dict[str, str], answer: GivenAnswer) -> None:
        assert recording.read(QUESTION, form, "en") == answer
        assert recording.read(QUESTION, recording.filled(QUESTION, answer), "en") == answer

    @pytest.mark.parametrize(
        ("form", "code"),
        [
            ({}, "nothing_recorded"),
            ({"text": " \r\n", "file": ""}, "nothing_recorded"),
            ({"answer": RATHER_NOT_SAY, "file": FILE}, "file_and_none"),
            ({"answer": RATHER_NOT_SAY, "text": "Sun"}, "two_answers"),
            ({"text": "a" * 21}, "too_long"),
        ],
    )
    def test_it_says_why_there_is_no_answer(self, form: dict[str, str], code: str) -> None:
        with pytest.raises(AnswerProblem) as found:
            recording.read(QUESTION, form, "en")
        assert found.value.code == code


class TestTheFileThatIsHeld:
    def test_it_comes_from_the_draft_and_never_from_the_page(self) -> None:
        forged = {"file": "somebody else's", "text": "Sun"}
        assert given_files.held(forged, None, hidden=False) == {"text": "Sun"}
        assert given_files.held(forged, GivenAnswer("en", file=FILE), hidden=False) == {"text": "Sun", "file": FILE}

    def test_a_shared_device_lets_go_of_it_for_rather_not_say(self) -> None:
        form, earlier = {"answer": RATHER_NOT_SAY}, GivenAnswer("en", file=FILE)
        assert given_files.held(form, earlier, hidden=True) == form
        assert given_files.held(form, earlier, hidden=False) == {**form, "file": FILE}


class TestInATable:
    @pytest.mark.parametrize(
        ("answer", "row"),
        [
            (GivenAnswer("en", file=FILE), {"tell_us": FILE}),
            (GivenAnswer("en", file=FILE, text="Sun"), {"tell_us": FILE, "tell_us.words": "Sun"}),
            (GivenAnswer("en", text="Sun"), {"tell_us.words": "Sun"}),
            (
                GivenAnswer("en", code=RATHER_NOT_SAY),
                {"tell_us": RATHER_NOT_SAY, "tell_us.words": RATHER_NOT_SAY},
            ),
        ],
    )
    def test_it_has_a_column_for_the_file_and_one_for_the_words(self, answer: GivenAnswer, row: dict[str, str]) -> None:
        assert type_of(QUESTION).values(QUESTION, answer) == row
        columns = {each.name: each.measure for each in type_of(QUESTION).variables(QUESTION)}
        assert columns == {"tell_us": "file", "tell_us.words": "text"}
        assert row.keys() <= columns.keys()

    def test_its_summary_is_the_words_beside_the_player(self) -> None:
        assert recording.summary(QUESTION, GivenAnswer("en", file=FILE, text="Sun"), "en") == ("Sun",)
        assert recording.summary(QUESTION, GivenAnswer("en", file=FILE), "en") == ()
