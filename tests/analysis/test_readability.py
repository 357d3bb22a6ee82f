"""The first easy-read check."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.readability import problem_codes, reading_problems, sentences


class TestGoodLines:
    @pytest.mark.parametrize(
        "line",
        [
            "Tell us what went well.",
            "You can skip any question.",
            "Did we listen to you?",
            "Question 3 of 9",
            "You are not alone. We read every answer.",
            "Did you feel happy, or not?",
            "An EHC plan says what help your child needs. EHC means Education, Health and Care.",
            "Are you worried about school?",
            "Your answers are saved on this phone.",
            "What happens next?",
            "Bring a cup of tea, if you like.",
            "PLEASE READ THIS FIRST",
            "Ring us on 0121 496 0000.",
            "",
        ],
    )
    def test_it_finds_nothing(self, line: str) -> None:
        assert problem_codes(line) == ()


class TestProblems:
    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("Your plan was written by the council.", "passive"),
            ("The form is not sent to the school.", "passive"),
            ("Ask the SENCO.", "acronym"),
            ("Ask for an EHCP.", "acronym"),
            ("We facilitate your participation.", "hard_word"),
            ("Was the plan clear and did it come on time?", "double_question"),
            ("Who helped you, and how?", "double_question"),
            ("Are you happy with your taxi, your driver and your escort?", "double_question"),
        ],
    )
    def test_it_finds_them(self, line: str, code: str) -> None:
        assert problem_codes(line) == (code,)

    def test_it_warns_before_a_sentence_is_too_long(self) -> None:
        (warning,) = reading_problems("word " * 16)
        assert (warning.code, warning.warning) == ("long_sentence", True)
        assert problem_codes("word " * 16) == ()
        assert problem_codes("word " * 19) == ("long_sentence",)
        assert reading_problems("word " * 15) == ()

    def test_it_accepts_what_the_page_explains(self) -> None:
        assert problem_codes("Ask the SENCO about the referral.", explained={"senco", "referral"}) == ()

    @given(st.text(max_size=120))
    def test_it_reads_anything(self, line: str) -> None:
        codes = {"long_sentence", "hard_word", "passive", "acronym", "double_question"}
        assert set(problem_codes(line)) <= codes


class TestSentences:
    def test_it_does_not_end_one_at_a_title(self) -> None:
        assert sentences("Dr. Khan rang. She was kind!\nNever. Not yet") == [
            "Dr. Khan rang.",
            "She was kind!",
            "Never.",
            "Not yet",
        ]
