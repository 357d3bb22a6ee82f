"""A dip is told as soon as the numbers say so and no sooner."""

from __future__ import annotations

import math

import pytest

from analysis.process_control.many import standing
from analysis.process_control.moving_ranges import beyond_chance
from analysis.process_control.results import Direction, Point, Rule
from analysis.process_control.watching import RATES, watch
from tests.analysis.process_control.series import by_chance, points

STEADY = [(75, 100), (77, 100), (73, 100), (76, 100), (74, 100), (75, 100)]


class TestADip:
    def test_it_says_which_rule_since_when_and_how_often_by_chance(self) -> None:
        (signal,) = watch({"listened": points(*STEADY, (58, 100))}).signals
        assert (signal.series, signal.rule, signal.direction) == ("listened", Rule.ONE_TERM, Direction.DIP)
        assert signal.since == "t6"
        assert (signal.before.part, signal.before.whole) == (450, 600)
        assert (signal.now.part, signal.now.whole) == (58, 100)
        assert -0.28 < signal.low < -0.17 < signal.high < -0.06
        assert signal.by_chance == pytest.approx(RATES[Direction.DIP], rel=0.2)
        assert signal.as_clear < 0.002
        assert signal.holds
        assert signal.spread == 1

    def test_two_weaker_terms_together_say_so(self) -> None:
        once = points(*STEADY, (68, 100))
        assert watch({"listened": once}).signals == ()
        (signal,) = watch({"listened": [*once, Point("t7", 66, 100)]}).signals
        assert (signal.rule, signal.since, signal.now.whole) == (Rule.TWO_TERMS, "t6", 200)

    def test_a_slow_slide_is_seen_in_the_end(self) -> None:
        slide = points(*STEADY, (69, 100), (67, 100), (68, 100), (67, 100))
        (signal,) = watch({"listened": slide}).signals
        assert (signal.rule, signal.since) == (Rule.FOUR_TERMS, "t6")

    def test_a_rise_must_be_clearer(self) -> None:
        assert watch({"listened": points(*STEADY, (84, 100))}).signals == ()
        (signal,) = watch({"listened": points(*STEADY, (89, 100))}).signals
        assert (signal.direction, signal.low > 0) == (Direction.RISE, True)
        assert signal.by_chance == pytest.approx(RATES[Direction.RISE], rel=0.25)

    def test_a_dip_of_ten_points_is_found_within_two_terms(self) -> None:
        """Of a hundred people a term, after eight terms: in four of five runs."""
        runs = 150
        before = by_chance(runs, share=0.75, terms=8, fewest=100, most=100, seed=7)
        after = by_chance(runs, share=0.65, terms=2, fewest=100, most=100, seed=8)
        found = set()
        for terms in (1, 2):
            later = {run: [Point(f"u{i}", p.part, p.whole) for i, p in enumerate(after[run][:terms])] for run in after}
            told = watch({run: [*before[run], *later[run]] for run in before}).signals
            found |= {signal.series for signal in told if signal.direction is Direction.DIP}
        assert len(found) >= 0.8 * runs


class TestNoSooner:
    @pytest.mark.parametrize(
        ("share", "terms", "fewest", "most"), [(0.75, 6, 20, 400), (0.95, 4, 20, 60), (0.5, 9, 100, 100)]
    )
    def test_signals_are_as_rare_as_it_says(self, share: float, terms: int, fewest: int, most: int) -> None:
        found = watch(by_chance(300, share=share, terms=terms, fewest=fewest, most=most, seed=11))
        assert found.looked_at == 300
        assert 300 * 0.03 < found.expected_by_chance < 300 * 0.065
        assert abs(len(found.signals) - found.expected_by_chance) < 3 * math.sqrt(found.expected_by_chance)
        assert not any(signal.holds for signal in found.signals), "among so many it would be chance"

    @pytest.mark.parametrize(
        "few",
        [
            points((75, 100), (40, 100)),
            points((75, 100), (77, 100), (2, 9)),
            points((75, 100), (9, 9), (8, 9), (40, 100)),
        ],
    )
    def test_it_does_not_look_where_people_or_terms_are_few(self, few: list[Point]) -> None:
        found = watch({"listened": few})
        assert (found.signals, found.looked_at, found.expected_by_chance) == ((), 0, 0)

    def test_it_does_not_look_at_a_series_that_ended_before(self) -> None:
        dip = points(*STEADY, (50, 100))
        assert watch({"listened": dip}, term="t6").looked_at == 1
        assert watch({"listened": dip}, term="t7").looked_at == 0

    def test_a_series_in_which_all_say_so_stays_quiet(self) -> None:
        found = watch({"listened": points(*[(100, 100)] * 5)})
        assert (found.signals, found.looked_at, found.expected_by_chance) == ((), 1, 0)

    def test_a_known_break_begins_anew(self) -> None:
        after = points(*STEADY, (55, 100), (57, 100), (56, 100))
        assert watch({"listened": after}).signals
        assert watch({"listened": after}, breaks={"listened": ["t6"], "other": ["t8"]}).signals == ()
        assert watch({"listened": after}, breaks={"listened": ["t7"]}).looked_at == 0

    def test_a_change_that_has_settled_is_no_news_and_its_return_is(self) -> None:
        settled = [*STEADY, (52, 100), (55, 100), (53, 100), (54, 100)]
        assert watch({"listened": points(*settled)}).signals
        assert watch({"listened": points(*settled, (54, 100))}).signals == ()
        (signal,) = watch({"listened": points(*settled, (54, 100), (76, 100))}).signals
        assert (signal.direction, signal.before.whole) == (Direction.RISE, 500)

    def test_a_series_that_always_swings_needs_more(self) -> None:
        swinging = points(*[(60, 100), (88, 100)] * 4, (74, 100), (75, 100), (58, 100))
        assert beyond_chance(swinging[:-2]) > 3
        assert watch({"listened": swinging}).signals == ()
        (signal,) = watch({"listened": [*swinging[:-1], Point("t10", 5, 100)]}).signals
        assert signal.spread > 3
        assert signal.now.whole == 100, "what is told are people, however they are counted"

    @pytest.mark.parametrize(("part", "whole"), [(11, 10), (-1, 10), (1, -1)])
    def test_counts_that_cannot_be_are_refused(self, part: int, whole: int) -> None:
        with pytest.raises(ValueError, match="part"):
            Point("t0", part, whole)

    def test_a_term_told_twice_is_refused(self) -> None:
        with pytest.raises(ValueError, match="once"):
            watch({"listened": [*points(*STEADY), Point("t0", 50, 100)]})


class TestManySeries:
    def test_it_is_the_published_example(self) -> None:
        """Benjamini and Hochberg (1995), section 4.1: of fifteen tests the four smallest stand at 0.05."""
        published = (0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719)
        assert standing(published, 15, 0.05) == (True,) * 4 + (False,) * 8

    def test_a_weak_dip_stands_alone_and_not_among_many(self) -> None:
        weak = points(*STEADY, (64, 100))
        quiet = {place: points(*STEADY, (75, 100)) for place in range(40)}
        alone, among = watch({"weak": weak}), watch({"weak": weak, **quiet})
        assert [signal.holds for signal in alone.signals] == [True]
        assert [signal.holds for signal in among.signals] == [False]
        assert among.expected_by_chance == pytest.approx(41 * sum(RATES.values()), rel=0.15)

    def test_the_clearest_comes_first(self) -> None:
        found = watch({"weak": points(*STEADY, (64, 100)), "strong": points(*STEADY, (40, 100))})
        assert [signal.series for signal in found.signals] == ["strong", "weak"]


class TestWhatMayBeShown:
    def test_one_hidden_term_hides_the_numbers(self) -> None:
        (signal,) = watch({"listened": points(*STEADY, (58, 100))}).signals
        assert signal.may_be_shown
        (few,) = watch({"listened": points((95, 100), (88, 100), (87, 100), (88, 100), (70, 100))}).signals
        assert not few.may_be_shown, "five people of the first term could be worked out"
