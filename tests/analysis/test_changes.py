"""What changed since last term."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.changes import Direction, change


class TestChange:
    def test_it_is_the_published_interval(self) -> None:
        """Newcombe (1998), table II, (a), method 10: 56/70 less 48/80 is 0.0524 to 0.3339."""
        found = change("x", before=(48, 80), now=(56, 70))
        assert (found.low, found.high) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))
        assert found.direction is Direction.MORE

    def test_few_voices_cannot_tell(self) -> None:
        assert change("x", before=(1, 5), now=(3, 5)).direction is Direction.CANNOT_TELL

    def test_a_term_without_voices_cannot_tell(self) -> None:
        found = change("x", before=(0, 0), now=(50, 50))
        assert (found.direction, found.before.value) == (Direction.CANNOT_TELL, None)

    def test_a_part_above_the_whole_is_refused(self) -> None:
        with pytest.raises(ValueError, match="part"):
            change("x", before=(2, 1), now=(0, 1))

    @given(st.integers(0, 60), st.integers(60, 90), st.integers(0, 60), st.integers(60, 90))
    def test_the_difference_lies_inside_and_turns_round(self, a: int, n: int, b: int, m: int) -> None:
        there, back = change("x", before=(a, n), now=(b, m)), change("x", before=(b, m), now=(a, n))
        assert -1 <= there.low <= b / m - a / n <= there.high <= 1
        assert there.low == pytest.approx(-back.high)
