"""VADER and TextBlob made fast say what the originals say."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textblob import TextBlob  # type: ignore[import-untyped]
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # type: ignore[import-untyped]

from analysis.general_feeling import textblob_assessments, vader_compound

_VADER = SentimentIntensityAnalyzer()
_WORDS = [
    "not",
    "never",
    "no",
    "n't",
    "don't",
    "very",
    "really",
    "so",
    "kind",
    "of",
    "good",
    "great",
    "bad",
    "awful",
    "happy",
    "sad",
    "helpful",
    "but",
    "least",
    "least",
    "at",
    "waiting",
    "GREAT",
    "VERY",
    "staff",
    "the",
    "a",
    "is",
    "it's",
    "unknown",
    "lovely,",
    "lovely!",
    "(!)",
    "!!",
    "?",
    ":)",
    ":-(",
    "'tis",
    "21/09",
    "e.g.",
    "Mr.",
    "hardly",
    "less",
    "more",
    "...",
]


class TestFast:
    @given(st.lists(st.sampled_from(_WORDS), max_size=14))
    @example(["kind", "of", "good"])
    @example(["no", "good", "GREAT", "staff"])
    def test_it_scores_as_vader_does(self, words: list[str]) -> None:
        text = " ".join(words)
        assert vader_compound(text) == _VADER.polarity_scores(text)["compound"]

    @pytest.mark.parametrize(
        "text",
        [
            "Not happy with the driver, who's not very helpful and made me feel uncomfortable!",
            "Really is a good, really not good; not a good idea. It wasn't bad :)",
            "The plan's late and they didn't say. Very, very disappointing",
            "Könnten wir 👍 großartig “great” help’s here",
            "",
        ],
    )
    def test_it_assesses_as_textblob_does(self, text: str) -> None:
        ours = [tuple(found[:3]) for found in textblob_assessments(text)]
        theirs = [tuple(found[:3]) for found in TextBlob(text).sentiment_assessments.assessments]
        assert ours == theirs
