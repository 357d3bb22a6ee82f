"""Cells hidden in tables of any shape: attacked with a solver, and compared with the fewest that are needed."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from analysis.disclosure import Hidden
from analysis.disclosure.by_cubes import hidden_by_cubes
from analysis.disclosure.exact import costs
from analysis.disclosure.suppress import suppress
from analysis.disclosure.table import Problem, TableProblem, table_of
from analysis.disclosure.telling import small, telling_zeros
from tests.analysis.disclosure.tables import Invented, Rows, invented, with_totals, worked_out


def hidden(rows: Rows, threshold: int = 10) -> list[Hidden | None]:
    table = table_of([key for key, _ in rows], [count for _, count in rows])
    return list(suppress(table, threshold).hidden)


def line(*counts: int) -> Rows:
    return with_totals(np.array(counts))


class TestAttack:
    @pytest.mark.parametrize("seed", range(14))
    def test_nothing_is_worked_out(self, seed: int) -> None:
        table = invented(seed, largest=(10, 4, 3))
        why = hidden(table.rows, table.threshold)
        assert not [row for row, one in zip(table.rows, why, strict=True) if 0 < row[1] < table.threshold and not one]
        assert worked_out(table, [one is None for one in why]) == []

    @pytest.mark.parametrize("seed", range(100, 108))
    def test_nothing_is_worked_out_where_no_solver_helped(self, seed: int) -> None:
        table = invented(seed, largest=(12, 6, 4))
        read = table_of(table.keys, table.counts)
        must, one_of = small(read, table.threshold), telling_zeros(read)
        cells, _ = hidden_by_cubes(read, must, one_of, costs(read), table.threshold)
        assert worked_out(table, [not cell for cell in cells]) == []

    def test_the_attack_finds_what_small_numbers_alone_give_away(self) -> None:
        rows = with_totals(np.array([[3, 20, 30], [25, 40, 11], [12, 15, 18]]))
        table = Invented(rows, (3, 3), 10)
        assert [found[0] for found in worked_out(table, [count >= 10 for _, count in rows])] == [("c0", "c0")]


class TestFewest:
    @pytest.mark.parametrize("seed", [1])
    def test_it_hides_as_few_as_there_need_be(self, seed: int) -> None:
        """Against every choice of as many cells as it hides less one."""
        chance = np.random.default_rng(seed)
        rows = with_totals(chance.integers(3, 40, (2, 3)))
        table = Invented(rows, (2, 3), 10)
        why = hidden(rows)
        must = [place for place, (_, count) in enumerate(rows) if 0 < count < 10]
        others = [place for place in range(len(rows)) if place not in must]
        for more in range(sum(one is not None for one in why) - len(must)):
            for chosen in itertools.combinations(others, more):
                shown = [place not in must and place not in chosen for place in range(len(rows))]
                assert worked_out(table, shown), chosen

    def test_nothing_is_hidden_for_nothing(self) -> None:
        assert hidden(line(10, 20, 30)) == [None] * 4
        assert hidden(line(4, 6, 30)) == [Hidden.PRIMARY, Hidden.PRIMARY, None, None]

    def test_without_totals_nothing_else_is_hidden(self) -> None:
        rows = [row for row in with_totals(np.array([[3, 20], [25, 40]])) if "Total" not in row[0]]
        assert hidden(rows) == [Hidden.PRIMARY, None, None, None]


class TestTelling:
    def test_all_of_a_group_in_one_category_is_not_told(self) -> None:
        why = hidden(line(0, 25, 0))
        assert why[1] is Hidden.SECONDARY
        assert why.count(Hidden.PRIMARY) == 1
        few = hidden(with_totals(np.array([[0, 3, 0], [40, 50, 60]])))
        assert few[1] is Hidden.PRIMARY
        assert few[:3].count(Hidden.PRIMARY) >= 2

    def test_zeros_of_a_mixed_group_and_of_nobody_are_shown(self) -> None:
        assert hidden(line(0, 25, 12)) == [None] * 4
        nobody_in_the_first = with_totals(np.array([[0, 0], [20, 30], [40, 50]]))
        assert hidden(nobody_in_the_first) == [None] * 12


class TestShapes:
    def test_a_total_of_one_part_is_hidden_with_it(self) -> None:
        rows = [(("A", "x"), 4), (("A", "Total"), 4), (("B", "x"), 30), (("B", "Total"), 30), (("Total", "Total"), 34)]
        assert hidden(rows)[:2] == [Hidden.PRIMARY, Hidden.PRIMARY]
        assert None not in hidden(rows)[2:4] or hidden(rows)[4] is not None

    def test_totals_without_a_row_still_tie(self) -> None:
        rows = [row for row in with_totals(np.array([[3, 20], [25, 40]])) if row[0].count("Total") != 1]
        assert sum(one is not None for one in hidden(rows)) == 2

    def test_four_dimensions(self) -> None:
        inner = np.random.default_rng(4).integers(5, 60, (2, 2, 2, 2))
        rows = with_totals(inner)
        assert worked_out(Invented(rows, inner.shape, 10), [one is None for one in hidden(rows)]) == []

    def test_a_larger_one_is_proven_without_a_solver(self) -> None:
        inner = np.random.default_rng(5).poisson(14, (12, 9, 8))
        rows = with_totals(inner)
        table = table_of([key for key, _ in rows], [count for _, count in rows])
        must = small(table, 10)
        cells, seen = hidden_by_cubes(table, must, [], costs(table), 10)
        assert cells[must].all()
        assert not len(seen.unsafe(table, 10))
        shown = np.flatnonzero(~cells)
        assert (seen.least[shown] == seen.most[shown]).all()


class TestBadTables:
    @pytest.mark.parametrize(
        ("rows", "problem", "row", "other"),
        [
            ([], Problem.EMPTY, 0, 0),
            ([((), 3)], Problem.NO_DIMENSIONS, 0, 0),
            ([(("a",), 3), (("b",), -1)], Problem.NEGATIVE, 1, 0),
            ([(("a",), 3), (("a ",), 3)], Problem.DUPLICATE, 1, 0),
            ([(("a",), 3), (("b",), 30), (("TOTAL",), 34)], Problem.NOT_ADDING_UP, 2, 33),
            ([(("1", "a"), 3), (("2", "b"), 30), (("3", "Total"), 33)], Problem.TOTALS_OF_NOTHING, 2, 0),
        ],
    )
    def test_it_says_what_is_wrong(self, rows: Rows, problem: Problem, row: int, other: int) -> None:
        with pytest.raises(TableProblem) as found:
            table_of([key for key, _ in rows], [count for _, count in rows])
        assert (found.value.problem, found.value.row, found.value.other) == (problem, row, other)

    def test_no_threshold_goes_under_five(self) -> None:
        with pytest.raises(ValueError, match="under 5"):
            hidden(line(3, 20), threshold=4)
