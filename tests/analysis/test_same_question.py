"""Questions that ask the same are found, and those that only look alike are told apart."""

from __future__ import annotations

from itertools import takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.embeddings import Meanings, load_meanings
from analysis.example_texts import examples_of
from analysis.questions.aspects import Wants, wanted
from analysis.questions.audiences import about
from analysis.questions.bank import QuestionBank
from analysis.questions.fitting import fitted
from analysis.questions.periods import another_period, periods
from analysis.questions.plain_wording import plain_wording
from analysis.questions.same_question import Verdict, compare, turns
from analysis.word_lists import rows_of

SAID = [
    "did",
    "you",
    "your",
    "child",
    "not",
    "never",
    "feel",
    "safe",
    "scared",
    "at",
    "school",
    "last",
    "term",
    "in",
    "2024",
    "before",
    "after",
    "how",
    "often",
    "staff",
    "3",
]
QUESTIONS = st.one_of(st.lists(st.sampled_from(SAID), max_size=9).map(" ".join), st.text(max_size=60))


@pytest.fixture(scope="module")
def meanings() -> Meanings:
    model = load_meanings()
    assert model is not None
    return model


class TestTurns:
    @pytest.mark.parametrize(
        ("first", "second", "expected"),
        [
            ("The bus is quick.", "The bus is slow.", "negation"),
            ("I can reach my nurse.", "I cannot reach my nurse.", "negation"),
            ("Is the hall accessible?", "Is the hall inaccessible?", "negation"),
            ("Do you like reading?", "Does your daughter like reading?", "audience"),
            ("Do you feel valued at work?", "Do your staff feel valued at work?", "audience"),
            ("Did the pupil enjoy the trip?", "Did you enjoy the trip?", "audience"),
            ("Did you swim this month?", "Did you swim last month?", "period"),
            ("Did you move in 2021?", "Did you move in 2022?", "period"),
            ("How calm were you before the visit?", "How calm were you after the visit?", "period"),
            ("Do you have two carers?", "Do you have three carers?", "number"),
        ],
    )
    def test_it_sees_what_turns_a_question(self, first: str, second: str, expected: str) -> None:
        assert turns(first, second) == (expected,)

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("It was not hard to park.", "It was easy to park."),
            ("Have you moved house in the last year?", "Have you moved house in the past twelve months?"),
            ("Do you like reading?", "I like reading. (strongly agree to strongly disagree)"),
            ("Is your son well?", "My child is well."),
            ("If you are sad, who helps you?", "Who helps you?"),
        ],
    )
    def test_it_leaves_twins_alone(self, first: str, second: str) -> None:
        assert turns(first, second) == ()

    @settings(max_examples=60)
    @given(QUESTIONS, QUESTIONS)
    def test_it_is_the_same_from_both_sides(self, first: str, second: str) -> None:
        assert set(turns(first, second)) == set(turns(second, first))


class TestReading:
    def test_it_takes_off_what_stands_round_a_question(self) -> None:
        assert plain_wording("Please rate how easy the SENCO is to reach, from 1 (very hard) to 5 (very easy).") == (
            "how easy the special needs coordinator is to reach"
        )

    def test_it_knows_equal_times(self) -> None:
        assert periods("in the last 12 months") == periods("over the past year")
        assert another_period("Do you swim now?", "Did you swim at your old school?")
        assert not another_period("Do you swim now?", "Do you swim?")

    def test_it_knows_whom_a_question_is_asked_of(self) -> None:
        assert about("As a SENCO, do you have time?").of_a_professional
        assert not about("Does your SENCO have time?").of_a_professional

    @pytest.mark.parametrize(
        ("question", "wants"),
        [
            ("In the last week, how often did you swim?", Wants.HOW_OFTEN),
            ("How many weeks did you wait?", Wants.HOW_LONG),
            ("Which person helps you?", Wants.WHO),
            ("I like to swim.", Wants.RATING),
        ],
    )
    def test_it_knows_what_answer_is_wanted(self, question: str, wants: Wants) -> None:
        assert wanted(question) is wants


class TestCompare:
    def test_it_tells_the_three_kinds_apart(self, meanings: Meanings) -> None:
        pairs = [
            ("Is it easy to get in touch with your nurse?", "I can easily contact my nurse."),
            ("Is it easy to get in touch with your nurse?", "Is it hard to get in touch with your nurse?"),
            ("Is it easy to get in touch with your nurse?", "Which colour is the front door?"),
        ]
        same, differs, unrelated = compare(pairs, meanings)
        assert (same.verdict, same.differs_by) == (Verdict.SAME, ())
        assert (differs.verdict, differs.differs_by) == (Verdict.DIFFERS, ("negation",))
        assert (unrelated.verdict, unrelated.differs_by) == (Verdict.UNRELATED, ("topic",))
        assert same.score >= 0.5 > differs.score > unrelated.score

    @settings(max_examples=60)
    @given(QUESTIONS, QUESTIONS)
    def test_it_compares_anything_without_meanings(self, first: str, second: str) -> None:
        (found,) = compare([(first, second)], None)
        assert 0 <= found.score <= 1
        assert (found.verdict is Verdict.SAME) == (found.differs_by == ()) == (found.score >= 0.5)

    def test_it_never_calls_a_turned_pair_of_ours_the_same(self) -> None:
        rows = [row for row in examples_of("questions") if row["relation"] in ("same_negated", "different_period")]
        found = compare([(row["a"], row["b"]) for row in rows], None)
        assert [row["id"] for row, each in zip(rows, found, strict=True) if each.verdict is Verdict.SAME] == []


class TestMostAlike:
    def test_it_puts_the_twin_first(self, meanings: Meanings) -> None:
        bank = ["Who drives you?", "I am pleased with my SALT.", "Do you see a speech therapist often?"]
        asked = "How happy are you with your speech and language therapy?"
        for known in (meanings, None):
            assert [each.place for each in QuestionBank(bank, known).most_alike(asked, most=2)] == [1, 2]

    def test_it_finds_nothing_in_an_empty_bank(self) -> None:
        assert QuestionBank([], None).most_alike("Who drives you?") == []


class TestWeights:
    def test_they_are_those_of_our_pairs(self) -> None:
        """Those without meanings, and without the order of a bank, which are quick to fit."""

        known = {(row["model"], row["feature"]): float(row["weight"]) for row in rows_of("question_weights")}
        for model, feature, weight in takewhile(lambda each: not each[0].startswith("rank"), fitted(None)):
            assert known[model, feature] == pytest.approx(weight, abs=0.02), (model, feature)
