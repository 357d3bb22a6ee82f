"""Groups among what no theme fits."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.new_themes import NewThemes, new_themes

PARKING = [
    "There is nowhere to park near the clinic",
    "The car park was full again this morning",
    "Parking costs six pounds for an hour",
    "We drove round the car park for an hour",
    "More parking spaces for disabled drivers please",
    "I parked in the next street and walked",
]
FOOD = [
    "The food on the ward was cold every evening",
    "Lunch was cold and there was no choice",
    "Nobody asked about her diet before dinner",
    "His dinner was a sandwich on every single day",
    "The meals were good and came with a choice",
    "Breakfast was cold toast and weak tea",
]
ALONE = ["Quarterly xylophone zebras juggle", "Nothing", "😀", ""]


def found(texts: list[str], **options: int) -> NewThemes:
    rows = [f"v{number}" for number in range(len(texts))]
    return new_themes(pd.DataFrame({"said": texts}, index=rows, dtype="str"), text="said", **options)


class TestGroups:
    def test_it_tells_two_things_apart_and_names_them_by_their_words(self) -> None:
        told = found(PARKING + FOOD + ALONE, most=2)
        parking, food = sorted(told.themes, key=lambda theme: "v0" not in theme.rows)
        assert set(parking.rows) >= {"v1", "v2", "v4"}
        assert set(food.rows) >= {"v6", "v7", "v9"}
        assert not set(parking.rows) & set(food.rows)
        assert any("park" in word for word in parking.words)
        assert parking.name.split(", ") == list(parking.words[:3])

    def test_every_row_is_in_one_place(self) -> None:
        told = found(PARKING + FOOD + ALONE)
        rows = [row for theme in told.themes for row in theme.rows] + list(told.remainder)
        assert sorted(rows) == sorted(f"v{number}" for number in range(16))
        assert {"v13", "v14", "v15"} <= set(told.remainder)

    def test_typical_and_atypical_are_different_rows_of_the_group(self) -> None:
        for theme in found(PARKING + FOOD).themes:
            assert set(theme.typical) <= set(theme.rows)
            assert set(theme.atypical) <= set(theme.rows) - set(theme.typical)
            assert 0 <= theme.tightness <= 1

    def test_the_same_text_many_times_is_placed_once(self) -> None:
        told = found(PARKING + FOOD + [PARKING[1]] * 500)
        with_it = next(theme for theme in told.themes if "v1" in theme.rows)
        assert {f"v{number}" for number in range(12, 512)} <= set(with_it.rows)

    def test_it_gives_the_same_groups_each_time(self) -> None:
        assert found(PARKING + FOOD + ALONE) == found(PARKING + FOOD + ALONE)

    @pytest.mark.parametrize("texts", [[], ["One thing"], PARKING])
    def test_too_few_make_no_group(self, texts: list[str]) -> None:
        told = found(texts)
        assert told.themes == ()
        assert len(told.remainder) == len(texts)

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.text(max_size=30), max_size=30))
    def test_it_loses_nothing_whatever_is_written(self, texts: list[str]) -> None:
        told = found(texts)
        rows = [row for theme in told.themes for row in theme.rows] + list(told.remainder)
        assert sorted(map(str, rows)) == sorted(f"v{number}" for number in range(len(texts)))
