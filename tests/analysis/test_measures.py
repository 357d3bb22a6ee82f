"""The measures of a survey, term by term."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure import Roughly
from analysis.measures import measures, wilson_interval

FAVOURABLE = {"felt_listened_to": {"yes"}, "overall_satisfaction": {"happy", "very_happy"}}
HERE = ("2026-spring", "felt_listened_to")


class TestMeasures:
    def test_it_gives_the_share_of_those_who_answered(self) -> None:
        (found,) = measures({HERE: {"yes": 30, "no": 10, "rather_not_say": 11}}, FAVOURABLE)
        assert (found.answered, found.favourable, found.share, found.rather_not_say) == (40, 30, 0.75, 11)
        assert found.low is not None
        assert found.high is not None
        assert 0 < found.low < 0.75 < found.high < 1

    def test_it_hides_a_measure_of_few(self) -> None:
        (found,) = measures({HERE: {"yes": 9, "rather_not_say": 30}}, FAVOURABLE)
        assert found.hidden
        assert (found.answered, found.favourable, found.share, found.low) == (None, None, None, None)

    def test_it_hides_how_few_would_rather_not_say(self) -> None:
        (found,) = measures({HERE: {"yes": 20, "rather_not_say": 3}}, FAVOURABLE)
        assert (found.answered, found.rather_not_say, found.hidden) == (20, None, False)

    def test_it_orders_by_term_and_then_as_asked(self) -> None:
        asked = {
            ("2026-autumn", "overall_satisfaction"): {"happy": 10},
            ("2026-autumn", "felt_listened_to"): {"yes": 10},
            HERE: {"yes": 10},
            ("2025-autumn", "felt_listened_to"): {"yes": 10},
        }
        assert [(found.term, found.concept) for found in measures(asked, FAVOURABLE)] == [
            ("2025-autumn", "felt_listened_to"),
            ("2026-spring", "felt_listened_to"),
            ("2026-autumn", "felt_listened_to"),
            ("2026-autumn", "overall_satisfaction"),
        ]

    def test_it_ignores_other_concepts(self) -> None:
        (found,) = measures({HERE: {"yes": 12}, ("2026-spring", "favourite_colour"): {"red": 40}}, FAVOURABLE)
        assert (found.concept, found.answered, found.favourable) == ("felt_listened_to", 12, 12)


class TestSmallPartsOfAMeasure:
    @pytest.mark.parametrize(
        ("yes", "no", "said"),
        [
            (1, 11, Roughly.FEW),
            (11, 1, Roughly.MOST),
            (6, 6, Roughly.SOME),
            (40, 9, Roughly.MOST),
            (9, 40, Roughly.FEW),
        ],
    )
    def test_it_shows_no_share_when_few_said_so_or_few_did_not(self, yes: int, no: int, said: Roughly) -> None:
        (found,) = measures({HERE: {"yes": yes, "no": no}}, FAVOURABLE)
        assert (found.answered, found.hidden, found.roughly) == (yes + no, False, said)
        assert (found.favourable, found.share, found.low, found.high) == (None, None, None, None)

    @pytest.mark.parametrize(("yes", "no"), [(10, 10), (12, 0), (0, 12)])
    def test_it_shows_what_is_large_none_and_all(self, yes: int, no: int) -> None:
        (found,) = measures({HERE: {"yes": yes, "no": no}}, FAVOURABLE)
        assert (found.favourable, found.share, found.roughly) == (yes, yes / (yes + no), None)


class TestWilson:
    def test_it_agrees_with_a_worked_example(self) -> None:
        low, high = wilson_interval(81, 263)
        assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)

    @given(st.integers(1, 500), st.data())
    def test_it_holds_the_share_and_stays_within_bounds(self, whole: int, data: st.DataObject) -> None:
        part = data.draw(st.integers(0, whole))
        low, high = wilson_interval(part, whole)
        assert 0 <= low <= part / whole <= high <= 1

    @pytest.mark.parametrize(("part", "whole"), [(1, 0), (-1, 5), (6, 5)])
    def test_it_refuses_what_is_no_part(self, part: int, whole: int) -> None:
        with pytest.raises(ValueError, match="part"):
            wilson_interval(part, whole)
