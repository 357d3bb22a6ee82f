"""Who was heard against how many there are: what is told, how surely, and that nothing small follows from it."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.representation.chance import EXACT_UP_TO, chance_of_gap, held_together
from analysis.representation.comparing import Comparison, OneGroup, Standing, base_of, compare, compare_overlapping

FEW = range(1, 10)


def fisher(heard: int, group: int, all_heard: int, everybody: int) -> float:
    """By counting every way to hear so many people."""
    ways = {
        k: comb(group, k) * comb(everybody - group, all_heard - k)
        for k in range(max(0, all_heard - everybody + group), min(group, all_heard) + 1)
    }
    return sum(n for n in ways.values() if n <= ways[heard]) / sum(ways.values())


class TestChance:
    @given(st.data())
    def test_it_is_what_counting_every_way_gives(self, data: st.DataObject) -> None:
        everybody = data.draw(st.integers(1, 60))
        group, all_heard = data.draw(st.integers(0, everybody)), data.draw(st.integers(0, everybody))
        heard = data.draw(st.integers(max(0, all_heard - everybody + group), min(group, all_heard)))
        assert chance_of_gap(heard, group, all_heard, everybody) == pytest.approx(
            fisher(heard, group, all_heard, everybody), rel=1e-6
        )

    def test_the_curve_carries_on_where_counting_ends(self) -> None:
        group = EXACT_UP_TO + 1
        curve = chance_of_gap(133, group, 1200, 4000)
        assert chance_of_gap(100, group, 1200, 4000) < 0.05 < (curve or 0)  # type: ignore[operator]
        assert curve == pytest.approx(fisher(133, group, 1200, 4000), rel=0.1)  # its share is 120

    def test_it_is_no_surprise_when_everybody_was_heard(self) -> None:
        assert chance_of_gap(30, 30, 200, 200) == 1.0

    @pytest.mark.parametrize("numbers", [(31, 30, 100, 200), (10, 30, 201, 200), (0, 150, 100, 200), (5, 300, 9, 200)])
    def test_it_says_nothing_of_numbers_that_cannot_be(self, numbers: tuple[int, int, int, int]) -> None:
        assert chance_of_gap(*numbers) is None

    def test_many_looks_need_more_to_surprise(self) -> None:
        assert held_together([0.01, None, 0.04, 0.03]) == pytest.approx([0.03, None, 0.06, 0.06])


NEEDS = {"autism": 900, "semh": 700, "slcn": 300, "physical": 100}


class TestCompare:
    def test_the_largest_gap_comes_first(self) -> None:
        found = compare({"autism": 130, "semh": 22, "slcn": 48, "physical": 0}, NEEDS)
        assert [(g.category, g.standing, g.gap) for g in found.groups] == [
            ("physical", Standing.NOBODY, -10),
            ("semh", Standing.FEWER, -48),
            ("slcn", Standing.MORE, 18),
            ("autism", Standing.MORE, 40),
        ]
        semh = found.groups[1]
        assert (semh.heard, semh.population, semh.expected) == (22, 700, pytest.approx(70))
        assert (semh.share_heard, semh.share_population) == (pytest.approx(0.11), pytest.approx(0.35))
        assert semh.rate == pytest.approx(100 * 22 / 700)
        assert semh.rate_low < semh.rate < semh.rate_high  # type: ignore[operator]
        assert (found.heard, found.population, found.not_known) == (200, 2000, 0)

    def test_a_gap_that_could_be_chance_is_told_as_alike(self) -> None:
        found = compare({"a": 98, "b": 102}, {"a": 1000, "b": 1000})
        assert {group.standing for group in found.groups} == {Standing.ALIKE}

    def test_more_heard_than_there_are_is_said(self) -> None:
        found = compare({"a": 60, "b": 100}, {"a": 50, "b": 900})
        assert next(g for g in found.groups if g.category == "a").standing is Standing.MORE_THAN_THERE_ARE

    def test_all_of_a_group_is_hidden_as_a_few_are(self) -> None:
        for heard in (31, 40):
            found = compare({"a": heard, "b": 100, "c": 90}, {"a": 40, "b": 900, "c": 900})
            shown = {group.category: group.heard for group in found.groups}
            assert shown["a"] is None
            assert list(shown.values()).count(None) == 2, "one hidden alone would follow from the sum"

    def test_what_the_source_hides_is_not_none(self) -> None:
        found = compare({"a": 30, "b": 100, "c": 20}, {"a": None, "b": 900, "c": 100})
        hidden = next(g for g in found.groups if g.category == "a")
        assert (hidden.standing, hidden.heard, hidden.population, hidden.gap) == (Standing.NO_FIGURE, 30, None, None)
        assert (found.heard, found.population) == (120, 1000)

    def test_groups_that_the_figures_do_not_have_stay_apart(self) -> None:
        found = compare({"a": 40, "b": 60, "new": 12}, {"a": 500, "b": 500}, not_known=30)
        assert (found.heard, found.not_known, found.elsewhere) == (100, 30, {"new": 12})

    def test_a_few_whose_group_is_not_known_are_counted_with_the_others(self) -> None:
        found = compare({"a": 40, "b": 60, "c": 97}, dict.fromkeys("abc", 500), not_known=3)
        assert (found.heard, found.not_known) == (200, None)
        assert [g.heard for g in found.groups if g.category == "a"] == [None], "else 3 would follow from the sum"
        assert base_of(197, 200) == 200
        assert base_of(190, 200) == 190

    def test_nothing_is_told_of_nine_people(self) -> None:
        found = compare({"a": 5, "b": 4}, {"a": 500, "b": 500})
        assert found.heard is None
        assert all(g.heard is None and g.expected is None for g in found.groups)

    @given(
        st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 60), min_size=1),
        st.dictionaries(st.sampled_from("abcdef"), st.one_of(st.none(), st.integers(0, 120)), min_size=1),
        st.integers(0, 40),
    )
    def test_nothing_small_is_shown_or_follows(
        self, heard: dict[str, int], population: dict[str, int | None], not_known: int
    ) -> None:
        found = compare(heard, population, not_known=not_known)
        shown = [number for group in found.groups for number in (group.heard, group.population)]
        shown += [found.heard, found.population, found.not_known, *found.elsewhere.values()]
        assert not [number for number in shown if number in FEW]
        for group in found.groups:
            if group.heard is None or group.population is None:
                numbers = (group.gap, group.rate, group.share_heard)
                assert numbers == (None, None, None), "they would tell the number"
            if group.population is None:
                assert group.expected is None
                assert group.share_population is None
        in_figures = [g for g in found.groups if g.standing is not Standing.NO_FIGURE]
        _assert_not_one_alone(found, [g.heard for g in in_figures], found.heard, found.not_known is None)
        _assert_not_one_alone(found, [g.population for g in in_figures], found.population, is_one_more=False)


def _assert_not_one_alone(found: Comparison, numbers: list[int | None], total: int | None, is_one_more: bool) -> None:
    if total is None:
        return
    unknown = numbers.count(None) + is_one_more
    assert unknown != 1 or total == sum(n or 0 for n in numbers), found
    assert total >= sum(n or 0 for n in numbers) or unknown


class TestOverlappingGroups:
    def test_each_is_held_against_all(self) -> None:
        primary, none, few, unknown, least = (
            OneGroup("primary_age", 40, of=200, population=900),
            OneGroup("not_in_school", 0, of=200, population=120),
            OneGroup("non_verbal", 4, of=200, population=60),
            OneGroup("inpatient", 0, of=None, population=15),
            OneGroup("youth_justice", 12, of=None, population=60),
        )
        found = compare_overlapping([unknown, primary, least, few, none], 2000)
        assert [(g.category, g.standing, g.heard) for g in found] == [
            ("not_in_school", Standing.NOBODY, 0),
            ("primary_age", Standing.FEWER, 40),
            ("non_verbal", Standing.HIDDEN, None),
            ("inpatient", Standing.NOT_ASKED, None),
            ("youth_justice", Standing.AT_LEAST, 12),
        ]
        assert found[1].gap == -50

    def test_a_small_population_is_not_told(self) -> None:
        (found,) = compare_overlapping([OneGroup("inpatient", 0, of=200, population=7)], 2000)
        assert (found.standing, found.population, found.heard) == (Standing.HIDDEN, None, None)

    def test_what_another_table_hides_stays_hidden(self) -> None:
        (found,) = compare_overlapping([OneGroup("a", 40, of=200, population=900, hidden=True)], 2000)
        assert (found.heard, found.gap, found.rate) == (None, None, None)
