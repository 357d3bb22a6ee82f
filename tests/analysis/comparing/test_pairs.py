"""The same people asked twice, against published examples."""

from __future__ import annotations

import pytest

from analysis.comparing.pairs import TwiceAsked, by_chance, moves, paired_change, twice_asked


class TestPairedShares:
    def test_it_gives_the_interval_and_the_mid_p_of_fagerland_and_others(self) -> None:
        # Airway hyper-responsiveness before and after stem cell transplantation (Bentur 2009), table 1 of Fagerland,
        # Lydersen and Laake (2013), BMC Medical Research Methodology 13:91: mid-p 0.039, exact 0.070. The interval is
        # Newcombe's "square-and-add" in their Statistical Analysis of Contingency Tables (2017), chapter 8.
        found = paired_change(TwiceAsked(both=1, lost=1, gained=7, neither=12))
        assert found.chance == pytest.approx(0.039, abs=0.0005)
        assert (found.low, found.high) == pytest.approx((0.026, 0.507), abs=0.0005)

    def test_it_gives_the_interval_of_altman_and_others(self) -> None:
        # Table 6.2 of Altman, Machin, Bryant and Gardner (2000), Statistics with Confidence, p. 52.
        found = paired_change(TwiceAsked(both=14, lost=5, gained=0, neither=22))
        assert found.difference == pytest.approx(-0.122, abs=0.0005)
        assert (found.low, found.high) == pytest.approx((-0.226, -0.011), abs=0.0006)

    def test_turning_it_round_turns_everything_round(self) -> None:
        there = paired_change(TwiceAsked(both=20, lost=4, gained=13, neither=9))
        back = paired_change(TwiceAsked(both=20, lost=13, gained=4, neither=9))
        assert (there.low, there.high, there.chance) == pytest.approx((-back.high, -back.low, back.chance))

    def test_nothing_moved_is_no_proof_and_no_error(self) -> None:
        found = paired_change(TwiceAsked(both=30, lost=0, gained=0, neither=0))
        assert (found.difference, found.chance) == (0, 1)
        assert found.low < 0 < found.high
        with pytest.raises(ValueError, match="none and all"):
            paired_change(TwiceAsked(0, 0, 0, 0))

    def test_many_people_are_counted_as_exactly_as_few(self) -> None:
        assert by_chance(10, 0) == pytest.approx(2 * 0.5**10 - 0.5**10)
        assert by_chance(5_100, 4_900) == pytest.approx(0.0455, abs=0.0005), "as the normal distribution has it"


PAIRS = {("no", "yes"): 4, ("a_little", "a_little"): 3, ("yes", "mostly"): 2, ("no", "a_little"): 1}


class TestMoves:
    def test_it_counts_who_moved_which_way(self) -> None:
        found = moves(PAIRS, ("no", "a_little", "mostly", "yes"))
        assert (found.better, found.same, found.worse) == (5, 3, 2)
        assert found.chance == pytest.approx(by_chance(2, 5))

    def test_it_counts_who_came_to_be_in_favour(self) -> None:
        assert twice_asked(PAIRS, {"yes", "mostly"}) == TwiceAsked(both=2, lost=0, gained=4, neither=4)

    def test_it_does_not_guess_where_an_answer_stands(self) -> None:
        with pytest.raises(ValueError, match="not on the scale"):
            moves({("no", "perhaps"): 1}, ("no", "yes"))
