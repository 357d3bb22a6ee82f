from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.embeddings import Meanings, load_meanings
from analysis.urgent import flag_urgent

PLAIN = [
    "He told the teaching assistant he wants to kill himself and he has a plan.",
    "My ex comes to the house and hits me in front of the children.",
    "She has started cutting her arms again and says there is no point any more.",
]
HINTED = [
    "He has been giving his favourite things to his brother and says he will not need them after Christmas.",
    "I have not slept since Sunday. Last night I put my coat on and nearly walked out on all of them for good.",
]
ORDINARY = [
    "The taxi is late every Monday and nobody answers the phone.",
    "Swimming on Saturdays is brilliant, thank you so much.",
    "We waited fourteen months for the speech therapist.",
    "This form is killing me, it has forty pages.",
    "It would help to have a map of the site on the website.",
    "The report came late but it was clear and we understood it.",
]


@pytest.fixture(scope="module")
def meanings() -> Meanings:
    model = load_meanings()
    assert model is not None
    return model


def flagged(texts: list[str], meanings: Meanings | None) -> list[bool]:
    return list(flag_urgent(pd.DataFrame({"text": texts}), text="text", meanings=meanings)["urgent"])


class TestFlagUrgent:
    def test_it_flags_what_is_said_plainly_with_and_without_meaning(self, meanings: Meanings) -> None:
        assert flagged(PLAIN, meanings) == [True] * len(PLAIN)
        assert flagged(PLAIN, None) == [True] * len(PLAIN)

    def test_it_flags_what_is_only_hinted_at(self, meanings: Meanings) -> None:
        assert flagged(HINTED, meanings) == [True] * len(HINTED)

    def test_ordinary_comments_are_left_alone(self, meanings: Meanings) -> None:
        assert flagged(ORDINARY, meanings) == [False] * len(ORDINARY)
        assert flagged(ORDINARY, None) == [False] * len(ORDINARY)

    def test_another_language_is_searched_for_its_own_phrases(self) -> None:
        comments = pd.DataFrame(
            {
                "text": [
                    "Syn mówi, że nie chce żyć i boi się szkoły.",
                    "Taksówka zawsze się spóźnia, ale kierowca jest miły.",
                ],
                "lang": ["pl", "pl"],
            }
        )
        found = flag_urgent(comments, text="text", lang="lang")
        assert list(found["urgent"]) == [True, False]
        assert list(found["urgent_why"]) == ["nie chce żyć", ""]

    def test_a_recorded_translation_is_read(self, meanings: Meanings) -> None:
        comments = pd.DataFrame(
            {"text": ["میرا بیٹا کہتا ہے", "میرا بیٹا کہتا ہے"], "english": [PLAIN[0], None]}, index=["told", "untold"]
        )
        found = flag_urgent(comments, text="text", translation="english", meanings=meanings)
        assert found["urgent"].to_dict() == {"told": True, "untold": False}

    def test_what_led_to_it_stands_in_the_text(self) -> None:
        found = flag_urgent(pd.DataFrame({"text": PLAIN}), text="text")
        for text, why in zip(PLAIN, found["urgent_why"], strict=True):
            assert why
            assert all(words in text for words in why.split(", "))

    def test_the_same_comments_are_flagged_in_any_order(self) -> None:
        texts = [*PLAIN, *ORDINARY, "", "🙂", "???"]
        assert flagged(texts, None) == flagged(texts[::-1], None)[::-1]

    @settings(max_examples=40)
    @given(st.lists(st.text(max_size=200), max_size=4))
    def test_it_takes_any_text(self, texts: list[str]) -> None:
        found = flag_urgent(pd.DataFrame({"text": pd.Series(texts, dtype="str")}), text="text")
        assert len(found) == len(texts)
        assert found["urgent_score"].between(0, 1).all()
