"""Agreement of two coders, against worked examples and the packages that are known for it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.agreement import Coded, _alpha_counted, _kappa_counted, agreement, alpha, kappa, masi_distance


def sets(*coded: str) -> list[Coded]:
    return [frozenset(each) for each in coded]


class TestAgreement:
    def test_it_gives_the_figures_of_a_worked_example(self) -> None:
        """Wikipedia, "Cohen's kappa": 20 yes yes, 5 yes no, 10 no yes, 15 no no: kappa 0.4."""
        first = sets(*["a"] * 25, *[""] * 25)
        second = sets(*["a"] * 20, *[""] * 5, *["a"] * 10, *[""] * 15)
        whole, theme = agreement(first, second, ["a"], seed=1)
        assert theme.kappa.value == pytest.approx(0.4)
        assert (theme.n, theme.first, theme.second, theme.both) == (50, 25, 30, 20)
        assert theme.same == pytest.approx(0.7)
        assert theme.kappa.low is not None
        assert theme.kappa.high is not None
        assert theme.kappa.low < 0.4 < theme.kappa.high
        assert theme.verdict == "too_little"
        assert whole.alpha.value == pytest.approx(theme.alpha.value), "sets of one theme are that theme"

    def test_a_theme_that_nobody_used_has_no_figure(self) -> None:
        _, used, unused = agreement(sets("a", "", "a"), sets("a", "", "a"), ["a", "b"], seed=1)
        assert used.kappa.value == used.alpha.value == 1.0
        assert used.verdict == "well"
        assert (unused.kappa.value, unused.alpha.value, unused.same) == (None, None, 1.0)
        assert unused.verdict == "unknown"

    def test_nothing_coded_has_no_figure(self) -> None:
        assert agreement([], [], ["a"], seed=1)[0].alpha.value is None

    def test_sets_that_share_something_agree_more_than_sets_that_do_not(self) -> None:
        assert masi_distance(frozenset(), frozenset()) == 0
        assert masi_distance(frozenset("ab"), frozenset("a")) == pytest.approx(2 / 3)
        assert masi_distance(frozenset("ab"), frozenset("bc")) == pytest.approx(8 / 9)
        assert masi_distance(frozenset("a"), frozenset()) == 1
        near = agreement(sets("ab", "c", "d"), sets("a", "c", "d"), [], seed=1)[0]
        far = agreement(sets("ab", "c", "d"), sets("d", "c", "d"), [], seed=1)[0]
        assert near.alpha.value is not None
        assert far.alpha.value is not None
        assert near.alpha.value > far.alpha.value

    @settings(max_examples=60)
    @given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=40))
    def test_the_quick_figures_are_those_of_the_packages(self, pairs: list[tuple[bool, bool]]) -> None:
        one, other = (np.array(column, dtype=int) for column in zip(*pairs, strict=True))
        rows = np.arange(len(pairs))
        for quick, known in ((_kappa_counted, kappa), (_alpha_counted, alpha)):
            found, expected = quick(one, other, rows), known(one, other)
            assert (found is None) == (expected is None)
            assert found is None or found == pytest.approx(expected)
