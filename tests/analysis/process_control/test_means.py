"""Figures that are no shares: XmR charts whose limits know how few terms they rest on."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from analysis.process_control.means import degrees_of_freedom, mean_chart, watch_means
from analysis.process_control.results import Direction, MeanPoint

WAITED = (20.1, 21.4, 19.2, 20.8, 22.0, 20.3, 19.8, 21.1)


def figures(*values: float) -> list[MeanPoint]:
    return [MeanPoint(f"t{place}", value) for place, value in enumerate(values)]


class TestWatchMeans:
    def test_a_figure_far_below_is_a_dip(self) -> None:
        found = watch_means({"days": figures(*WAITED, 14.0), "steady": figures(*WAITED, 20.5)})
        (signal,) = found.signals
        assert (signal.series, signal.direction, signal.since) == ("days", Direction.DIP, "t8")
        assert signal.before == pytest.approx(20.5875)
        assert signal.low < signal.now - signal.before < signal.high < 0
        assert signal.as_clear < signal.by_chance == 1 / 20
        assert signal.holds
        assert (found.looked_at, found.expected_by_chance) == (2, pytest.approx(0.12))

    def test_it_does_not_look_after_few_terms_or_a_break(self) -> None:
        assert watch_means({"days": figures(*WAITED[:6])}).looked_at == 0
        assert watch_means({"days": figures(*WAITED, 14.0)}, breaks={"days": ["t3"]}).looked_at == 0

    def test_signals_are_as_rare_as_it_says(self) -> None:
        chance = np.random.default_rng(5)
        found = watch_means({run: figures(*chance.normal(50, 4, 9).tolist()) for run in range(2_000)})
        assert len(found.signals) == pytest.approx(found.expected_by_chance, rel=0.25)

    def test_a_series_that_never_moved(self) -> None:
        assert watch_means({"days": figures(*[20.0] * 8)}).signals == ()
        (signal,) = watch_means({"days": figures(*[20.0] * 7, 21.0)}).signals
        assert (signal.direction, signal.as_clear) == (Direction.RISE, 0)

    def test_a_term_told_twice_is_refused(self) -> None:
        with pytest.raises(ValueError, match="once"):
            watch_means({"days": [*figures(*WAITED), MeanPoint("t0", 1.0)]})


class TestTheChart:
    def test_it_has_the_constants_of_the_books(self) -> None:
        drawn = mean_chart(figures(*WAITED, 20.0))
        assert drawn
        earlier = [abs(after - before) for before, after in pairwise(WAITED)]
        assert drawn.ranges[:-1] == pytest.approx(earlier)
        assert drawn.range_limit == pytest.approx(3.267 * sum(earlier) / 7)
        assert drawn.low < drawn.centre < drawn.high
        assert mean_chart(figures(*WAITED[:6])) is None

    @pytest.mark.parametrize(("terms", "worth"), [(6, 3.4), (12, 7.1), (24, 14.3)])
    def test_moving_ranges_are_worth_about_six_tenths_of_the_terms(self, terms: int, worth: float) -> None:
        assert degrees_of_freedom(terms)[0] == pytest.approx(worth, abs=0.1)
