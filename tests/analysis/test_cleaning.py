"""What can be read of a comment."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cleaning import Outcome, clean, language_of, stock_outcome

FAULTS = "What could be better?"
GOOD = "What went well?"


class TestStockAnswers:
    @pytest.mark.parametrize(
        "text", ["n/a", "N/A.", "See above", "as above!", "No comment", "nie dotyczy", "don't know"]
    )
    @pytest.mark.parametrize("question", [None, FAULTS, GOOD])
    def test_it_knows_answers_that_say_nothing_to_any_question(self, text: str, question: str | None) -> None:
        assert stock_outcome(text, question) is Outcome.STOCK_ANSWER

    @pytest.mark.parametrize("text", ["Nothing", "none", "Nothing, thank you!", "کچھ نہیں، شکریہ", "Nic"])
    def test_it_takes_nothing_for_an_answer_where_it_is_one(self, text: str) -> None:
        assert stock_outcome(text, FAULTS) is None
        assert stock_outcome(text, GOOD) is None
        assert stock_outcome(text, "Is there anything else you would like to say?") is Outcome.STOCK_ANSWER
        assert stock_outcome(text) is Outcome.STOCK_ANSWER

    def test_it_takes_no_for_an_answer_to_a_yes_or_no_question(self) -> None:
        assert stock_outcome("No.", "Did the plan come in time?") is None
        assert stock_outcome("No.", "How did the plan come about?") is Outcome.STOCK_ANSWER

    def test_it_leaves_longer_answers_alone(self) -> None:
        assert stock_outcome("Nothing they said turned out to be true", "Tell us more") is None


class TestUnreadable:
    @pytest.mark.parametrize("text", ["", "   ", "?!", "👍👍", "12345", "\u200b", "— — —"])
    def test_it_cannot_read_what_has_no_letters(self, text: str) -> None:
        assert stock_outcome(text, FAULTS) is Outcome.UNREADABLE


class TestLanguage:
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("میرے بیٹے کو بہت انتظار کرنا پڑا", "ur"),
            ("Bardzo długo czekaliśmy na odpowiedź z gminy", "pl"),
            ("ਅਸੀਂ ਬਹੁਤ ਉਡੀਕ ਕੀਤੀ", "pa"),
            ("আমরা অনেক অপেক্ষা করেছি", "bn"),
            ("The lady at the desk was lovely to my son", "en"),
            ("Nobody phoned, nobody wrote, still waiting", "en"),
        ],
    )
    def test_it_tells_longer_texts(self, text: str, language: str) -> None:
        assert language_of(text) == language

    def test_it_believes_what_was_declared_of_a_short_text(self) -> None:
        assert language_of("Tak", "pl") == "pl"
        assert language_of("Super", "pl-PL") == "pl"
        assert language_of("Super") == "en"
        assert language_of("مدد", "ur") == "ur"

    def test_it_believes_its_eyes_over_what_was_declared(self) -> None:
        assert language_of("We have waited for the plan for months and nobody has rung us", "ur") == "en"


class TestFrames:
    @settings(deadline=None)  # the first example loads what is needed
    @given(st.lists(st.text(max_size=40) | st.none(), max_size=20))
    def test_it_gives_every_row_a_row(self, texts: list[str | None]) -> None:
        comments = pd.DataFrame({"said": pd.Series(texts, dtype="object")}, index=range(5, 5 + len(texts)))
        before = comments.copy(deep=True)
        cleaned = clean(comments, text="said")
        assert cleaned.index.equals(comments.index)
        pd.testing.assert_frame_equal(comments, before)

    def test_it_raises_for_a_column_that_is_not_there(self) -> None:
        with pytest.raises(KeyError):
            clean(pd.DataFrame({"said": ["hello"]}), text="written")
