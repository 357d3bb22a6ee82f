"""Small numbers that nobody can work out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure import FLOOR, Hidden, Roughly, floor_counts, in_ten, roughly

LINES = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 40), max_size=7)


class TestFloor:
    def test_it_hides_first_what_is_least_missed(self) -> None:
        floored = floor_counts({"yes": 12, "no": 3, "else": 40}, least_missed="else")
        assert [cell.count for cell in floored.cells] == [12, None, None]

    def test_it_shows_what_is_large_and_zero(self) -> None:
        floored = floor_counts({"yes": 40, "no": 12, "never": 0})
        assert [cell.count for cell in floored.cells] == [40, 12, 0]
        assert floored.total == 52

    def test_it_hides_the_next_smallest_with_a_single_small_count(self) -> None:
        floored = floor_counts({"yes": 40, "no": 3, "never": 12})
        assert [(cell.count, cell.hidden) for cell in floored.cells] == [
            (40, None),
            (None, Hidden.PRIMARY),
            (None, Hidden.SECONDARY),
        ]

    def test_it_hides_another_when_the_hidden_add_up_to_few(self) -> None:
        floored = floor_counts({"a": 2, "b": 3, "c": 30, "d": 50})
        assert floored.shown("c") is None
        assert floored.shown("d") == 50

    def test_it_hides_no_more_than_it_must(self) -> None:
        floored = floor_counts({"a": 6, "b": 7, "c": 30})
        assert floored.shown("c") == 30

    def test_it_hides_the_total_when_nothing_else_is_left(self) -> None:
        assert floor_counts({"a": 3, "b": 0}).total is None
        assert floor_counts({"a": 4, "b": 4}).total is None

    def test_it_refuses_negative_counts(self) -> None:
        with pytest.raises(ValueError, match="negative"):
            floor_counts({"a": -1})

    def test_it_knows_no_key_that_was_not_counted(self) -> None:
        with pytest.raises(KeyError):
            floor_counts({"a": 1}).shown("b")

    @given(LINES)
    def test_it_never_shows_a_small_count_and_never_changes_one(self, counts: dict[str, int]) -> None:
        for cell in floor_counts(counts).cells:
            assert cell.count is None or (cell.count == counts[cell.key] and not 0 < cell.count < 10)
            assert (cell.count is None) == (cell.hidden is not None)

    @given(LINES, st.integers(2, 12))
    def test_it_lets_no_hidden_count_be_bounded_below_the_floor(self, counts: dict[str, int], floor: int) -> None:
        floored = floor_counts(counts, floor)
        hidden = [cell for cell in floored.cells if cell.count is None]
        if floored.total is not None and hidden:
            left_over = floored.total - sum(cell.count for cell in floored.cells if cell.count is not None)
            assert left_over - (len(hidden) - 1) >= floor


class TestInTen:
    @pytest.mark.parametrize(
        ("part", "whole", "tenths"),
        [(0, 81, 0), (1, 81, 1), (57, 81, 7), (80, 81, 9), (81, 81, 10), (1, 4, 3), (45, 100, 5)],
    )
    def test_it_rounds_and_keeps_none_and_all_for_themselves(self, part: int, whole: int, tenths: int) -> None:
        assert in_ten(part, whole) == tenths

    @pytest.mark.parametrize(("part", "whole"), [(1, 0), (-1, 5), (6, 5)])
    def test_it_refuses_what_is_no_part(self, part: int, whole: int) -> None:
        with pytest.raises(ValueError, match="part"):
            in_ten(part, whole)


class TestRoughly:
    @pytest.mark.parametrize("whole", range(FLOOR, 60))
    def test_it_leaves_several_numbers_possible(self, whole: int) -> None:
        small = [part for part in range(1, whole) if part < FLOOR or whole - part < FLOOR]
        for said in Roughly:
            possible = [part for part in small if roughly(part, whole) is said]
            assert len(possible) in (0, *range(3, whole)), said

    @pytest.mark.parametrize(("part", "whole"), [(0, 12), (12, 12), (13, 12)])
    def test_it_has_no_word_for_none_and_all(self, part: int, whole: int) -> None:
        with pytest.raises(ValueError, match="some"):
            roughly(part, whole)
