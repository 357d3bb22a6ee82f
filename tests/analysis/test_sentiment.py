"""How a comment feels, under the question it answers."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.sentiment import measure_sentiment, sentiment_of

FAULTS = "What could we do better?"
GOOD = "What went well?"
WISH = "What one thing would help you most?"


class TestIdiom:
    @pytest.mark.parametrize(
        "text",
        [
            "Can't fault them",
            "Couldn’t have asked for more",
            "No complaints from us",
            "Not bad at all",
            "She went above and beyond",
            "Nothing was too much trouble",
            "Physio is gold dust",
        ],
    )
    def test_it_reads_british_praise(self, text: str) -> None:
        assert sentiment_of(text).label == "positive"

    @pytest.mark.parametrize(
        "text",
        [
            "Fobbed off again",
            "From pillar to post",
            "We waited eleven months for a letter",
            "Waited 3 hours in great pain",
            "Not helpful at all, they never called back",
            "We need more staff, there are not enough",
            "Like banging my head against a brick wall",
        ],
    )
    def test_it_reads_british_grievance(self, text: str) -> None:
        assert sentiment_of(text).label == "negative"

    def test_it_reads_both_sides(self) -> None:
        found = sentiment_of("The teacher listened and was helpful. But the plan was late and had mistakes.")
        assert found.label == "mixed"

    def test_it_reads_plain_facts_as_neutral(self) -> None:
        assert sentiment_of("He is in year six at the primary by the church").label == "neutral"


class TestTheQuestion:
    @pytest.mark.parametrize("text", ["Nothing", "nothing.", "Nothing, thank you", "None"])
    def test_it_takes_nothing_to_improve_for_praise_and_nothing_good_for_a_grievance(self, text: str) -> None:
        assert sentiment_of(text, FAULTS).label == "positive"
        assert sentiment_of(text, GOOD).label == "negative"
        assert sentiment_of(text).label == "neutral"

    @pytest.mark.parametrize("text", ["More staff", "Better letters", "Quicker replies and more time"])
    def test_it_does_not_take_a_wish_for_praise(self, text: str) -> None:
        assert sentiment_of(text, FAULTS).label in ("neutral", "negative")
        assert sentiment_of(text, WISH).label == "neutral"

    def test_it_leans_on_what_was_asked_for(self) -> None:
        assert sentiment_of("The garden", GOOD).label == "positive"
        assert sentiment_of("Mornings", "What is hard about school?").label == "negative"
        assert sentiment_of("The garden").label == "neutral"


class TestExplaining:
    def test_it_names_the_words_that_led_to_it(self) -> None:
        found = sentiment_of("Fobbed off twice, and the letter was awful")
        assert found.words == ("Fobbed off", "awful")

    def test_it_has_a_score_of_the_same_sign(self) -> None:
        good, bad = sentiment_of("Brilliant, can't fault them"), sentiment_of("Fobbed off and ignored")
        assert good.score is not None
        assert bad.score is not None
        assert -1 <= bad.score < 0 < good.score <= 1


class TestFrames:
    def test_it_never_pretends_to_read_another_language(self) -> None:
        comments = pd.DataFrame({"t": ["بہت اچھا سکول ہے", "Bardzo dziękuję za wszystko co robicie", "👍"]})
        measured = measure_sentiment(comments, text="t")
        assert measured["sentiment"].tolist() == ["not_measured"] * 3
        assert measured["sentiment_score"].isna().all()

    def test_it_is_neutral_about_stock_answers(self) -> None:
        measured = measure_sentiment(pd.DataFrame({"t": ["see above", "n/a"]}), text="t")
        assert measured["sentiment"].tolist() == ["neutral", "neutral"]

    @settings(deadline=None)  # the first example loads what is needed
    @given(st.lists(st.text(max_size=60), max_size=12))
    def test_it_drops_nothing_and_changes_nothing(self, texts: list[str]) -> None:
        comments = pd.DataFrame({"t": pd.Series(texts, dtype="str")})
        before = comments.copy(deep=True)
        measured = measure_sentiment(comments, text="t")
        assert measured.index.equals(comments.index)
        assert measured["sentiment_score"].dropna().between(-1, 1).all()
        assert (measured["sentiment_score"].isna() == (measured["sentiment"] == "not_measured")).all()
        pd.testing.assert_frame_equal(comments, before)
