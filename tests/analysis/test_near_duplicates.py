"""Texts that say the same, and texts that only mean the same."""

from __future__ import annotations

import pytest

from analysis.near_duplicates import AT_LEAST, Comparison

SAID = "They rang us the day they said they would, and that was kind."


def likeness(one: str, other: str) -> float:
    comparison = Comparison({"new": one})
    comparison.look_at([("known", other)])
    return comparison.found["new"].share if comparison.found else 0.0


class TestComparing:
    @pytest.mark.parametrize(
        "same",
        [SAID.upper(), SAID.replace(",", " –"), f"  {SAID}!!", SAID.replace("kind", "kínd")],
    )
    def test_case_accents_and_punctuation_make_no_difference(self, same: str) -> None:
        assert likeness(SAID, same) == 1.0

    def test_it_finds_what_is_nearly_the_same(self) -> None:
        assert AT_LEAST <= likeness(SAID, SAID.replace("kind", "good")) < 1.0
        assert (
            AT_LEAST <= likeness("بس روز دیر سے آتی ہے اور کوئی نہیں بتاتا", "بس روز دیر سے آتی ہے اور کوئی نہیں") < 1.0
        )

    def test_the_same_wish_in_other_words_is_another_voice(self) -> None:
        assert likeness(SAID, "It was kind that they called us on the day they had promised.") == 0.0

    def test_short_answers_mean_nothing(self) -> None:
        assert likeness("Nothing at all", "Nothing at all") == 0.0

    def test_words_in_another_order_are_not_the_same(self) -> None:
        assert likeness("the bus was late the taxi was late", "the taxi was late the bus was late") < 1.0

    def test_it_keeps_the_most_alike_whatever_comes_first(self) -> None:
        comparison = Comparison({1: SAID})
        comparison.look_at([(2, SAID.replace("kind", "good")), (3, SAID), (4, SAID)])
        assert comparison.found[1] == (3, 1.0)

    def test_it_compares_new_texts_with_those_before_them(self) -> None:
        comparison = Comparison({1: SAID, 2: "Something else was said here", 3: SAID})
        comparison.look_among_themselves()
        assert comparison.found == {3: (1, 1.0)}
