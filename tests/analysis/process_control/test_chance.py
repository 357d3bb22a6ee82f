"""How often rules speak by chance: against every way that whole people can fall."""

from __future__ import annotations

import itertools
from math import comb

import pytest

from analysis.process_control.chance import TERMS, WEIGHTS, lows, mid_p
from analysis.process_control.results import Rule

EARLIER = (2, 1, 3, 1)
WHOLES = (*EARLIER, 5, 4, 6, 5)
TOTAL = 17


def ways() -> dict[tuple[int, ...], float]:
    """How likely each division of ``TOTAL`` over the earlier terms together and the four latest is by chance."""
    everything = comb(sum(WHOLES), TOTAL)
    found = {}
    for parts in itertools.product(*(range(whole + 1) for whole in WHOLES[4:])):
        first = TOTAL - sum(parts)
        if 0 <= first <= sum(EARLIER):
            likely = comb(sum(EARLIER), first)
            for part, whole in zip(parts, WHOLES[4:], strict=True):
                likely *= comb(whole, part)
            found[first, *parts] = likely / everything
    return found


class TestLows:
    @pytest.mark.parametrize("level", [0.02, 0.05, 0.1, 0.3])
    def test_the_chance_is_that_of_all_ways_together(self, level: float) -> None:
        expected = lows(WHOLES, TOTAL)
        assert expected
        speaks = {parts: expected.lowest(parts)[1] <= level for parts in ways()}
        counted = sum(likely for parts, likely in ways().items() if speaks[parts])
        assert counted > 0
        assert expected.chance(level) == pytest.approx(counted, rel=1e-9)

    def test_a_rule_alone_is_fishers_test(self) -> None:
        """The four latest of the eight, by counting."""
        expected = lows(WHOLES, TOTAL)
        assert expected
        latest, everybody = sum(WHOLES[4:]), sum(WHOLES)
        likely = [comb(latest, n) * comb(everybody - latest, TOTAL - n) / comb(everybody, TOTAL) for n in range(18)]
        look = next(look for look in expected.looks if look.rule is Rule.FOUR_TERMS)
        assert TERMS[look.rule] == 4
        found = look.level[9 - look.first] * WEIGHTS[look.rule]
        assert found == pytest.approx(sum(likely[:9]) + likely[9] / 2, rel=1e-9)
        assert mid_p(9, latest, TOTAL - 9, everybody - latest) == pytest.approx(found, rel=1e-9)

    def test_nobody_lies_low_where_all_are_alike(self) -> None:
        assert lows((20, 20, 20), 0) is None
        assert lows((20, 20, 20), 60) is None

    def test_many_people_are_no_trouble(self) -> None:
        expected = lows((40_000, 40_000, 40_000, 40_000), 120_000)
        assert expected
        assert expected.level_near(0.05)[1] == pytest.approx(0.05, rel=0.03)


class TestTheStatedRate:
    @pytest.mark.parametrize("share", [0.5, 0.8, 0.95])
    def test_it_is_how_often_signals_come_whatever_the_true_share(self, share: float) -> None:
        """Over every outcome of four terms, weighed by how likely it is when nothing changed."""
        before, now, next_to_last = 40, 25, 20
        spoken = stated = 0.0
        kept = {}
        for x, y, z in itertools.product(range(before + 1), range(next_to_last + 1), range(now + 1)):
            total = x + y + z
            if total not in kept:
                expected = lows((before // 2, before // 2, next_to_last, now), total)
                kept[total] = (expected, expected.level_near(0.05) if expected else (0.0, 0.0))
            expected, (level, rate) = kept[total]
            everybody = before + next_to_last + now
            likely = comb(before, x) * comb(next_to_last, y) * comb(now, z)
            likely *= share**total * (1 - share) ** (everybody - total)
            stated += likely * rate
            if expected and expected.lowest((x - x // 2, x // 2, y, z))[1] <= level:
                spoken += likely
        assert spoken == pytest.approx(stated, rel=1e-6)
        assert 0.02 < spoken < 0.06
