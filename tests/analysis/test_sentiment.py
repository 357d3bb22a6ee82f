"""How a comment feels, under the question it answers."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.embeddings import SIZE, Vectors
from analysis.sentiment import measure_mentions, measure_sentiment, sentiment_of

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
        assert {"Fobbed off", "awful"} <= set(found.words)

    @pytest.mark.parametrize(
        ("text", "question"),
        [
            ("Waited, 3 hours! Not\n helpful at all;  they NEVER called back…", None),
            ("Couldn’t   fault the café staff. Ça va, lovely people", FAULTS),
            ("could you put a bench outside please, the wall is wet", FAULTS),
            ("İstanbul’dan geldik: staff brilliant, parking dreadful", GOOD),
            ("Good good good. BAD bad, not good; not-good (good)", None),
        ],
    )
    def test_it_names_only_words_that_stand_in_the_text(self, text: str, question: str | None) -> None:
        for words in sentiment_of(text, question).words:
            assert words in " ".join(text.split())

    def test_it_has_a_score_of_the_same_sign(self) -> None:
        good, bad = sentiment_of("Brilliant, can't fault them"), sentiment_of("Fobbed off and ignored")
        assert good.score is not None
        assert bad.score is not None
        assert -1 <= bad.score < 0 < good.score <= 1


class TestNegation:
    @pytest.mark.parametrize(
        ("good", "bad"),
        [
            ("She was helpful and kind", "She was not helpful or kind"),
            ("They listened to us", "They never listened to us"),
            ("I would recommend it, no complaints", "I would not recommend it, many complaints"),
        ],
    )
    def test_it_turns_with_its_negation(self, good: str, bad: str) -> None:
        praise, grievance = sentiment_of(good), sentiment_of(bad)
        assert (praise.label, grievance.label) == ("positive", "negative")

    @pytest.mark.parametrize("text", ["Not ideal", "Eighteen months and counting", "Great, another form to fill in"])
    def test_it_hears_understatement(self, text: str) -> None:
        assert sentiment_of(text).label != "positive"


class TestTranslations:
    COMMENTS = pd.DataFrame(
        {
            "t": ["سکول بہت اچھا ہے", "Nikt nie oddzwonił, czekaliśmy cztery miesiące", "بہت برا", "Lovely staff"],
            "en": [
                "The school is very good and the teachers are kind",
                "Nobody called back, we waited four months",
                "",
                "Terrible",
            ],
        }
    )

    def test_it_measures_another_language_on_its_translation_and_never_english(self) -> None:
        measured = measure_sentiment(self.COMMENTS, text="t", translation="en")
        assert measured["sentiment"].tolist() == ["positive", "negative", "not_measured", "positive"]
        assert measured["sentiment_score"].isna().tolist() == [False, False, True, False]
        assert all(words in self.COMMENTS["en"][1] for words in measured["sentiment_why"][1].split(", "))

    def test_it_does_without_translations(self) -> None:
        measured = measure_sentiment(self.COMMENTS, text="t")
        assert measured["sentiment"].tolist()[:3] == ["not_measured"] * 3


class TestMentions:
    WHOLE = "The nurse was brilliant and so kind. We still waited nine months for a letter. His taxi is at eight."

    def test_it_tells_what_each_sentence_says_and_leans_on_the_whole_when_it_says_nothing(self) -> None:
        sentences = [f"{sentence}." for sentence in self.WHOLE.removesuffix(".").split(". ")]
        complaint = "Nobody rings us back and we are at breaking point, it is a disgrace. His taxi is at eight."
        mentions = pd.DataFrame(
            {"t": [self.WHOLE] * 3 + [complaint], "s": [*sentences, "His taxi is at eight."]}, index=[5, 6, 7, 9]
        )
        measured = measure_mentions(mentions, text="t", sentence="s")
        assert measured["sentiment"].tolist()[:2] == ["positive", "negative"]
        assert measured.index.equals(mentions.index)
        leaning = measured["sentiment_score"]
        assert leaning[9] < leaning[7] <= 1

    def test_it_takes_the_whole_translation_of_a_sentence_in_another_language(self) -> None:
        mentions = pd.DataFrame(
            {"t": ["سکول بہت اچھا ہے۔"], "s": ["سکول بہت اچھا ہے۔"], "en": ["The school is very good, thank you"]}
        )
        assert measure_mentions(mentions, text="t", sentence="s", translation="en")["sentiment"].tolist() == [
            "positive"
        ]
        assert measure_mentions(mentions, text="t", sentence="s")["sentiment"].tolist() == ["not_measured"]


class TestMeanings:
    class Half:
        """A model of meaning that knows one thing: whether a text speaks of tears."""

        def vectors(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
            found = np.zeros((len(texts), SIZE), dtype=np.float32)
            found[:, 0] = [1.0 if "tears" in text else 0.0 for text in texts]
            return found

    def test_it_listens_to_them_where_they_are(self) -> None:
        meanings = self.Half()
        texts = pd.DataFrame({"t": ["Tears before bed, tears", "We were in tears", "Lovely"]})
        measured = measure_sentiment(texts, text="t", meanings=meanings)
        assert measured["sentiment_score"][1] != measure_sentiment(texts, text="t")["sentiment_score"][1]
        assert measured["sentiment_score"].between(-1, 1).all()


class TestFrames:
    def test_it_never_pretends_to_read_another_language(self) -> None:
        comments = pd.DataFrame({"t": ["بہت اچھا سکول ہے", "Bardzo dziękuję za wszystko co robicie", "👍"]})
        measured = measure_sentiment(comments, text="t")
        assert measured["sentiment"].tolist() == ["not_measured"] * 3
        assert measured["sentiment_score"].isna().all()

    def test_it_is_neutral_about_stock_answers(self) -> None:
        measured = measure_sentiment(pd.DataFrame({"t": ["see above", "n/a"]}), text="t")
        assert measured["sentiment"].tolist() == ["neutral", "neutral"]

    @settings(deadline=None, max_examples=30)  # the first example loads what is needed
    @given(st.lists(st.text(max_size=60), max_size=12))
    def test_it_drops_nothing_and_changes_nothing(self, texts: list[str]) -> None:
        comments = pd.DataFrame({"t": pd.Series(texts, dtype="str")})
        before = comments.copy(deep=True)
        measured = measure_sentiment(comments, text="t")
        assert measured.index.equals(comments.index)
        assert measured["sentiment_score"].dropna().between(-1, 1).all()
        assert (measured["sentiment_score"].isna() == (measured["sentiment"] == "not_measured")).all()
        pd.testing.assert_frame_equal(comments, before)
