"""Weights: what they reach, what they cost, and when they are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.representation.raking import CannotWeigh, rake, weighted_share

many = st.integers(10, 400)


@st.composite
def two_dimensions(draw: st.DrawFn) -> tuple[dict[tuple[str, ...], int], list[dict[str, float]]]:
    rows = [f"r{n}" for n in range(draw(st.integers(1, 4)))]
    columns = [f"c{n}" for n in range(draw(st.integers(1, 4)))]
    people = {(row, column): draw(many) for row in rows for column in columns}
    targets = [{name: float(draw(st.integers(50, 900))) for name in names} for names in (rows, columns)]
    return people, targets


class TestRaking:
    @given(two_dimensions())
    def test_it_reaches_the_shares_of_both_dimensions(
        self, made: tuple[dict[tuple[str, ...], int], list[dict[str, float]]]
    ) -> None:
        people, targets = made
        weights = rake(people, targets, cap=1e9)
        total = sum(people.values())
        assert sum(people[cell] * weight for cell, weight in weights.of.items()) == pytest.approx(total)
        for place, target in enumerate(targets):
            for category, count in target.items():
                reached = sum(n * weights.of[cell] for cell, n in people.items() if cell[place] == category)
                assert reached / total == pytest.approx(count / sum(target.values()), abs=1e-4)
        assert weights.capped == 0
        assert weights.off < 1e-4

    @given(two_dimensions())
    def test_weights_never_make_more_of_the_voices_than_there_are(
        self, made: tuple[dict[tuple[str, ...], int], list[dict[str, float]]]
    ) -> None:
        weights = rake(*made)
        assert 0 < weights.effective <= weights.people + 1e-6
        assert max(weights.of.values()) / min(weights.of.values()) <= 16 + 1e-6, "four up and four down"

    @given(two_dimensions())
    def test_who_answers_as_there_are_is_left_alone(
        self, made: tuple[dict[tuple[str, ...], int], list[dict[str, float]]]
    ) -> None:
        people, targets = made
        as_answered = [
            {name: float(sum(n for cell, n in people.items() if cell[place] == name)) for name in target}
            for place, target in enumerate(targets)
        ]
        weights = rake(people, as_answered)
        assert all(weight == pytest.approx(1) for weight in weights.of.values())
        assert weights.effective == pytest.approx(weights.people)

    def test_it_is_the_plain_ratio_for_one_dimension(self) -> None:
        weights = rake({("autism",): 30, ("other",): 70}, [{"autism": 500.0, "other": 500.0}])
        assert weights.of["autism",] == pytest.approx(50 / 30)
        assert weights.of["other",] == pytest.approx(50 / 70)
        assert weights.effective == pytest.approx(100**2 / (30 * (5 / 3) ** 2 + 70 * (5 / 7) ** 2))

    def test_a_cap_is_kept_and_told(self) -> None:
        weights = rake({("few",): 10, ("many",): 990}, [{"few": 500.0, "many": 500.0}])
        assert weights.capped == 10
        assert weights.off > 0.1
        assert weights.is_weak

    @pytest.mark.parametrize(("heard", "code"), [(0, "no_answers"), (9, "few_answers")])
    def test_nobody_speaks_for_a_group_that_was_hardly_heard(self, heard: int, code: str) -> None:
        with pytest.raises(CannotWeigh) as refused:
            rake({("a", "x"): 50, ("b", "x"): heard}, [{"a": 1.0, "b": 1.0}, {"x": 1.0}])
        assert (refused.value.code, refused.value.place, refused.value.categories) == (code, 0, ("b",))

    def test_it_refuses_what_it_cannot_know(self) -> None:
        with pytest.raises(ValueError, match="no cell"):
            rake({("elsewhere",): 50}, [{"a": 1.0}])
        with pytest.raises(ValueError, match="nobody of b"):
            rake({("a",): 50, ("b",): 20}, [{"a": 1.0, "b": 0.0}])
        with pytest.raises(CannotWeigh):
            rake({}, [{"a": 1.0}])


class TestWeightedShare:
    def test_it_moves_towards_those_we_heard_too_little(self) -> None:
        people = {("autism",): 30, ("other",): 70}
        weights = rake(people, [{"autism": 500.0, "other": 500.0}])
        found = weighted_share(people, {("autism",): 6, ("other",): 63}, weights)
        assert found.plain == pytest.approx(0.69)
        assert found.weighted == pytest.approx(0.5 * 0.2 + 0.5 * 0.9)
        assert found.low < found.weighted < found.high
        assert found.effective < 100
