"""The measures of a survey, term by term."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures import distributions, measures, wilson_interval

FAVOURABLE = {"felt_listened_to": {"yes"}, "overall_satisfaction": {"happy", "very_happy"}}


def answers(codes: dict[str, int], concept: str = "felt_listened_to", term: str = "2026-spring") -> pd.DataFrame:
    given_codes = [code for code, times in codes.items() for _ in range(times)]
    return pd.DataFrame(
        {
            "submission": [f"{term} {number}" for number in range(len(given_codes))],
            "concept": concept,
            "code": given_codes,
            "term": term,
        }
    )


class TestMeasures:
    def test_it_gives_the_share_of_those_who_answered(self) -> None:
        (found,) = measures(answers({"yes": 18, "no": 6, "rather_not_say": 11}), FAVOURABLE)
        assert (found.answered, found.favourable, found.share, found.rather_not_say) == (24, 18, 0.75, 11)
        assert found.low is not None
        assert found.high is not None
        assert 0 < found.low < 0.75 < found.high < 1

    def test_it_hides_a_measure_of_few(self) -> None:
        (found,) = measures(answers({"yes": 9, "rather_not_say": 30}), FAVOURABLE)
        assert found.hidden
        assert (found.answered, found.favourable, found.share, found.low) == (None, None, None, None)

    def test_it_hides_how_few_would_rather_not_say(self) -> None:
        (found,) = measures(answers({"yes": 20, "rather_not_say": 3}), FAVOURABLE)
        assert (found.answered, found.rather_not_say, found.hidden) == (20, None, False)

    def test_it_orders_by_term_and_then_as_asked(self) -> None:
        frame = pd.concat(
            [
                answers({"happy": 10}, "overall_satisfaction", "2026-autumn"),
                answers({"yes": 10}, term="2026-autumn"),
                answers({"yes": 10}, term="2026-spring"),
                answers({"yes": 10}, term="2025-autumn"),
            ]
        )
        assert [(found.term, found.concept) for found in measures(frame, FAVOURABLE)] == [
            ("2025-autumn", "felt_listened_to"),
            ("2026-spring", "felt_listened_to"),
            ("2026-autumn", "felt_listened_to"),
            ("2026-autumn", "overall_satisfaction"),
        ]

    def test_it_ignores_other_concepts_and_counts_a_submission_once(self) -> None:
        noise = answers({"red": 40}, "favourite_colour")
        changed = answers({"no": 1}).assign(submission="2026-spring 0")
        (found,) = measures(pd.concat([noise, answers({"yes": 12}), changed]), FAVOURABLE)
        assert (found.answered, found.favourable) == (12, 11)


class TestDistributions:
    def test_it_counts_every_code_also_those_nobody_gave(self) -> None:
        (found,) = distributions(answers({"yes": 30, "no": 12}), {"felt_listened_to": ["yes", "partly", "no"]})
        assert [(cell.key, cell.count) for cell in found.counts.cells] == [
            ("yes", 30),
            ("partly", 0),
            ("no", 12),
        ]

    def test_it_hides_small_counts_with_a_second_one(self) -> None:
        (found,) = distributions(answers({"yes": 30, "no": 2}), {"felt_listened_to": ["yes", "no"]})
        assert [cell.count for cell in found.counts.cells] == [None, None]


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
