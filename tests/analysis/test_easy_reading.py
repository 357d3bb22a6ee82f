"""What is hard to read in any text, of nine kinds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.easy_reading import KINDS, check


class TestEasyTexts:
    @pytest.mark.parametrize(
        "text",
        [
            "Bring a friend if you like.",
            "My brother was worried about the trip.",
            "You do not have to sign.",
            "There are no wrong answers.",
            "An advocate is a person who speaks up for you.",
            "Ring 0121 496 0321 before 4 June 2025.",
            "The walk takes 20 minutes.",
            "Does your teaching assistant help you?",
            "😀",
            "",
        ],
    )
    def test_it_finds_nothing(self, text: str) -> None:
        assert check(text).kinds == ()


class TestProblems:
    @pytest.mark.parametrize(
        ("text", "kinds"),
        [
            (
                "We will go to the farm by bus, eat our lunch, feed the goats, and come home by tea time all together.",
                "long_sentence",
            ),
            ("The dissemination begins on Monday.", "hard_word"),
            ("Was your son driven home?", "passive"),
            ("Are you being helped?", "passive"),
            ("Ask for the DSR list.", "acronym"),
            ("Do you know your nurse, and does she help?", "double_question"),
            ("Is the playground clean and safe?", "double_question"),
            ("Did you not enjoy it?", "negative_wording"),
            ("Tick this box if you do not want a letter.", "negative_wording"),
            ("We went back to the drawing board.", "metaphor"),
            ("You are closing the gap.", "metaphor"),
            ("The hall is warm and the tea is free.", "two_ideas"),
            ("Half of parents and 30% of pupils came.", "number_or_percent"),
            ("About 7 in 10 people came.", "number_or_percent"),
        ],
    )
    def test_it_finds_one_kind(self, text: str, kinds: str) -> None:
        assert check(text).kinds == (kinds,)

    def test_it_tells_them_in_their_order(self) -> None:
        found = check("Was the SENCO's rationale explained, and are 40% not unhappy?").kinds
        assert list(found) == [kind for kind in KINDS if kind in found]
        assert {"hard_word", "passive", "acronym", "number_or_percent"} <= set(found)

    @settings(max_examples=80)
    @given(st.text(max_size=120))
    def test_it_reads_anything(self, text: str) -> None:
        found = check(text)
        assert found.ok == (not found.kinds)
        assert set(found.kinds) <= set(KINDS)
