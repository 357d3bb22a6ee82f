"""What is drawn is what is told."""

from __future__ import annotations

import pytest

from analysis.process_control.charts import chart
from analysis.process_control.results import Direction, Rule
from analysis.process_control.watching import watch
from tests.analysis.process_control.series import by_chance, points

STEADY = [(75, 100), (77, 100), (73, 100), (76, 100), (74, 100), (75, 100)]


class TestTheChart:
    def test_a_point_outside_gave_a_signal_in_its_term(self) -> None:
        for series in by_chance(12, share=0.8, terms=8, fewest=15, most=60, seed=3).values():
            drawn = chart(series).points
            assert len(drawn) == 8
            for place in range(2, 8):
                told = watch({"": series[: place + 1]}).signals
                if drawn[place].lies_outside:
                    assert told, "it would be drawn and not told"
                elif told:
                    assert told[0].rule is not Rule.ONE_TERM, "it would be told and not drawn"

    def test_limits_say_what_can_be_told(self) -> None:
        drawn = chart(points(*STEADY, (60, 80), (1_500, 2_000), (40, 100)))
        assert [each.low for each in drawn.points[:2]] == [None, None]
        small, large = drawn.points[6], drawn.points[7]
        for each in (small, large):
            assert each.low is not None
            assert each.high is not None
            assert each.low < 0.75 < each.high
        assert (small.high or 0) - (small.low or 0) > 1.5 * ((large.high or 0) - (large.low or 0))
        assert [each.lies_outside for each in drawn.points] == [False] * 8 + [True]
        assert drawn.centre == pytest.approx(0.75)
        assert drawn.since == "t0"

    def test_terms_before_a_break_are_drawn_without_limits(self) -> None:
        drawn = chart(points(*STEADY, (5, 9), (50, 100), (50, 100), (50, 100)), breaks=["t6"])
        assert len(drawn.points) == 9, "a term of nine people is not drawn"
        assert [each.low is None for each in drawn.points] == [True] * 8 + [False]
        assert (drawn.centre, drawn.since) == (0.5, "t7")

    def test_nothing_and_a_single_term_can_be_drawn(self) -> None:
        assert chart([]).points == ()
        assert chart(points((50, 100))).centre is None

    def test_no_limit_where_no_number_of_people_lies_beyond(self) -> None:
        drawn = chart(points((97, 100), (96, 100), (98, 100), (12, 12)))
        assert drawn.points[-1].high is None
        assert drawn.points[-1].low is not None
        assert not drawn.points[-1].lies_outside
        assert Direction.RISE not in {s.direction for s in watch({"": [p.point for p in drawn.points]}).signals}
