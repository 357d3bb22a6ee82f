"""The slope within a person: found where it is known, and kept from what misleads."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from analysis.fatigue.decay import decay
from analysis.fatigue.ledger import with_history
from analysis.fatigue.results import Decay
from benchmarks.fatigue_families import DAY, FIRST, World, asks_of, frame_of
from tests.analysis.fatigue.asked import asks

RUNS = 6


def found_in(world: World, seed: int) -> Decay:
    return decay(with_history(asks_of(world, families=300, asks=8, days=365, seed=seed)))


class TestDecay:
    @pytest.mark.parametrize(
        "world",
        [
            World(slope=-0.3, drawn_to_willing=0.4),
            World(slope=-0.3, reminders=True),
            World(slope=0.0, opting_out=0.1, haste=0.5),
        ],
        ids=["the willing are asked more", "with reminders", "no decay, but people stop"],
    )
    def test_the_true_slope_lies_within_its_interval(self, world: World) -> None:
        runs = [found_in(world, seed) for seed in range(RUNS)]
        covered = [run.low <= world.slope <= run.high for run in runs if run.low is not None and run.high is not None]
        assert sum(covered) >= RUNS - 1
        slopes = [run.beta for run in runs if run.beta is not None]
        errors = [run.error for run in runs if run.error is not None]
        assert abs(np.mean(slopes) - world.slope) < 3 * np.mean(errors) / np.sqrt(RUNS)

    def test_it_is_the_conditional_likelihoods_for_people_asked_twice(self) -> None:
        """Of two asks the pairs are the whole conditional likelihood: reckoned here without any of our code."""
        chance = np.random.default_rng(3)
        rows, differences, later = [], [], []
        for family in range(300):
            gaps = chance.integers(1, 80, 3)
            times = FIRST + np.cumsum([0, *gaps]) * DAY
            begin = int(chance.integers(0, 2))
            done = chance.random(2) < 0.5
            # The first asks are statutory and stop nobody; they differ in number only.
            rows += [(family, 0, int(then), "reminder", "none") for then in times[begin:2]]
            rows += [
                (family, 1, int(then), "invitation", "completed" if is_done else "none")
                for then, is_done in zip(times[2:], done, strict=True)
            ]
            if done[0] != done[1]:
                counts = [sum(1 for t in times[begin:place] if times[place] - t <= 90 * DAY) for place in (2, 3)]
                differences.append(counts[1] - counts[0])
                later.append(done[1])
        gap, one = np.array(differences), np.array(later)
        history = with_history(frame_of(rows)).assign(rested=10.0)
        best = minimize(lambda beta: -(beta * gap * one - np.logaddexp(0, beta * gap)).sum(), 0.1)
        found = decay(history)
        assert found.n == 2 * len(one)
        assert found.beta == pytest.approx(float(best.x[0]), abs=1e-4)

    def test_it_says_when_surveys_came_to_everybody_in_the_same_order(self) -> None:
        chance = np.random.default_rng(1)
        rows = [
            (family, place, FIRST + place * 7 * DAY, "invitation", "completed" if chance.random() < 0.5 else "none")
            for family in range(100)
            for place in range(5)
        ]
        found = decay(with_history(frame_of(rows)))
        assert found.beta is not None
        assert "surveys_not_held_equal" in found.cannot_say

    @pytest.mark.parametrize(
        "rows",
        [
            [],
            ["f1,p,a,council,invitation,2025-10-01T09:00:00Z,completed,1"],
            [
                f"f{family},p,s{survey},council,invitation,2025-10-0{survey}T09:00:00Z,completed,1"
                for family in range(5)
                for survey in range(1, 4)
            ],
        ],
        ids=["nothing", "one ask", "all answer all"],
    )
    def test_it_says_that_nobody_can_be_compared(self, rows: list[str]) -> None:
        ledger = asks(*rows) if rows else asks("f,p,a,c,session,2025-10-01,none,1").iloc[:0]
        found = decay(with_history(ledger))
        assert (found.beta, found.n, found.cannot_say) == (None, 0, ("nobody_to_compare",))

    def test_it_says_that_asks_do_not_vary(self) -> None:
        rows = [
            f"f{family},p,s{survey},council,invitation,202{survey}-10-01T09:00:00Z,{outcome},1"
            for family in range(6)
            for survey, outcome in ((2, "completed"), (3, "none"), (4, "none"))
        ]
        found = decay(with_history(asks(*rows)))
        assert found.beta is None
        assert "asks_do_not_vary" in found.cannot_say
