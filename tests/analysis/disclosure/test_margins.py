"""Tables that share their totals: what is hidden in one cannot be worked out from another."""

from __future__ import annotations

import random
from collections.abc import Hashable

import pytest

from analysis.disclosure import Line, hidden_cells

GROUPS, WAYS = range(4), range(3)


def table(counts: dict[Hashable, int], name: str) -> list[Line]:
    """The lines of a table of groups and ways, whose column totals it shares with other tables."""
    rows = [Line(tuple((name, group, way) for way in WAYS), (name, group, "all")) for group in GROUPS]
    columns = [Line(tuple((name, group, way) for group in GROUPS), ("all", way)) for way in (*WAYS, "all")]
    for group in GROUPS:
        counts[name, group, "all"] = sum(counts[name, group, way] for way in WAYS)
    return rows + columns


def two_tables(seed: int) -> tuple[dict[Hashable, int], list[Line]]:
    """Two tables of the same people, grouped in two ways."""
    chance = random.Random(seed)
    counts: dict[Hashable, int] = {(n, g, w): 0 for n in ("a", "b") for g in GROUPS for w in WAYS}
    for _ in range(chance.choice((30, 90, 300))):
        way = chance.choices(WAYS, (8, 3, 1))[0]
        for name in ("a", "b"):
            counts[name, chance.choices(GROUPS, (8, 4, 2, 1))[0], way] += 1
    lines = table(counts, "a") + table(counts, "b")
    for way in (*WAYS, "all"):
        counts["all", way] = sum(counts["a", group, way] for group in GROUPS)
    return counts, [*lines, Line(tuple(("all", way) for way in WAYS), ("all", "all"))]


class TestHiddenCells:
    @pytest.mark.parametrize("seed", range(60))
    def test_it_leaves_no_line_with_one_unknown(self, seed: int) -> None:
        counts, lines = two_tables(seed)
        hidden = hidden_cells(counts, lines)
        assert {cell for cell, count in counts.items() if 0 < count < 10} <= hidden
        for line in lines:
            unknown = [cell for cell in (*line.parts, line.whole) if cell in hidden]
            assert len(unknown) != 1, line
            if unknown and line.whole not in hidden:
                known_to_be_some = 0 if any(counts[cell] == 0 for cell in unknown) else len(unknown) - 1
                assert sum(counts[cell] for cell in unknown) - known_to_be_some >= 10

    def test_it_shows_all_where_nothing_is_small(self) -> None:
        counts: dict[Hashable, int] = {"a": 10, "b": 0, "all": 10}
        assert hidden_cells(counts, [Line(("a", "b"), "all")]) == frozenset()

    def test_it_hides_a_total_when_no_other_cell_is_left(self) -> None:
        counts: dict[Hashable, int] = {"a": 4, "b": 7, "all": 11}
        assert hidden_cells(counts, [Line(("a", "b"), "all")]) == {"a", "b"}, "either can be 1 to 10"
        counts = {"a": 4, "b": 4, "c": 3, "all": 11}
        assert hidden_cells(counts, [Line(("a", "b", "c"), "all")]) == {"a", "b", "c", "all"}

    def test_it_hides_a_zero_before_a_total(self) -> None:
        counts: dict[Hashable, int] = {"a": 4, "b": 4, "c": 3, "d": 0, "all": 11}
        assert hidden_cells(counts, [Line(("a", "b", "c", "d"), "all")]) == {"a", "b", "c", "d"}

    def test_it_takes_no_negative_count(self) -> None:
        with pytest.raises(ValueError, match="negative"):
            hidden_cells({"a": -1}, [])
