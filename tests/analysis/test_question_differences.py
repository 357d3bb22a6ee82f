"""What differs between the words of two questions is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.questions.differences import Difference, Differs, differences, stem, telling_words

SOME_WORDS = "did you not never feel listened to before after the review in 2024 two your child my school they why"
QUESTIONS = st.lists(st.sampled_from(SOME_WORDS.split()), max_size=12).map(" ".join)


def differs(first: str, second: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {each.kind.value: (each.first, each.second) for each in differences(first, second)}


class TestDifferences:
    @pytest.mark.parametrize(
        ("first", "second", "expected"),
        [
            (
                "Have you ever been excluded?",
                "Have you never been excluded?",
                {"negation": ((), ("never",)), "words": (("ever",), ())},
            ),
            ("Did you feel listened to?", "Didn’t you feel listened to?", {"negation": ((), ("not",))}),
            ("Can you sleep?", "You cannot sleep?", {"negation": ((), ("not",))}),
            ("How happy were you before it?", "How happy are you after it?", {"time": (("before",), ("after",))}),
            ("Were you well last year?", "Were you well last term?", {"time": (("year",), ("term",))}),
            ("Did it help in 2024?", "Did it help in 2025?", {"number": (("2024",), ("2025",))}),
            ("A reply in 5 days?", "A reply in twenty days?", {"number": (("5",), ("twenty",))}),
            ("A reply in 5 days?", "A reply in five days?", {}),
            ("From 2 to 5?", "From 5 to 2?", {"number": (("2", "5"), ("5", "2"))}),
            ("Is your child happy?", "Are you happy?", {"whom": (("your child",), ("you",))}),
            ("Is your child’s plan good?", "Is your son’s plan good?", {"whom": (("your child",), ("your son",))}),
            ("Do they listen to you?", "Do you listen?", {"whom": (("they",), ())}),
            ("Who listens to you?", "When do you listen?", {"words": (("who",), ("when",))}),
            ("Did you feel safe?", "Did you feel welcome?", {"words": (("safe",), ("welcome",))}),
        ],
    )
    def test_it_tells_what_turns_the_meaning(
        self, first: str, second: str, expected: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    ) -> None:
        assert differs(first, second) == expected

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("Did you feel listened to?", "DID YOU FEEL LISTENED TO"),
            ("Did you feel that they listen?", "Did you feel they listened?"),
            ("Is the plan good?", "The plan is good."),
            ("Do you hope for it?", "Are you hoping for it?"),
            ("How many families came?", "How many family came?"),
            ("Does the EHCP help?", "Does the plan help?"),
            ("", ""),
            ("کیا آپ کو لگا؟", "کیا آپ کو لگا"),
        ],
    )
    def test_it_finds_none_in_endings_small_words_and_order(self, first: str, second: str) -> None:
        assert differences(first, second) == ()

    def test_it_compares_whole_words_of_other_languages(self) -> None:
        assert differs("کیا آپ خوش ہیں؟", "کیا آپ محفوظ ہیں؟") == {"words": (("خوش",), ("محفوظ",))}

    def test_it_comes_in_the_order_of_the_kinds(self) -> None:
        found = differences("Were you safe?", "Were they never happy after 2024?")
        assert [each.kind for each in found] == list(Differs)

    @given(QUESTIONS, QUESTIONS)
    def test_it_is_the_same_from_both_sides(self, first: str, second: str) -> None:
        there = differences(second, first)
        assert differences(first, second) == tuple(Difference(each.kind, each.second, each.first) for each in there)

    @given(QUESTIONS)
    def test_it_finds_none_between_a_question_and_itself(self, question: str) -> None:
        assert differences(question, question.upper()) == ()

    @given(QUESTIONS, QUESTIONS)
    def test_it_names_only_words_that_stand_there(self, first: str, second: str) -> None:
        for each in differences(first, second):
            assert each.first or each.second
            assert all(word in first for word in each.first)
            assert all(word in second for word in each.second)


class TestWords:
    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("listened", "listen"),
            ("stopping", "stop"),
            ("families", "family"),
            ("children", "child"),
            ("classes", "class"),
            ("class", "class"),
            ("told", "tell"),
            ("red", "red"),
            ("ہیں", "ہیں"),
        ],
    )
    def test_it_takes_the_ending_off(self, word: str, expected: str) -> None:
        assert stem(word) == expected

    def test_it_keeps_what_a_question_is_about(self) -> None:
        assert telling_words("Did your child's school not listen to you in 2024?") == (
            "child",
            "school",
            "not",
            "listen",
            "2024",
        )
