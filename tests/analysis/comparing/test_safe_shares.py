"""Tables that share their totals are safe together."""

from __future__ import annotations

import itertools
import random

from analysis.comparing.safe_shares import Counted, SafeShare, place, safe_shares
from analysis.disclosure import FLOOR


def row(good: int, answered: int, **at: str) -> Counted:
    return Counted(tuple(at.items()), good, answered)


class TestSafeShares:
    def test_it_gives_shares_by_one_thing_two_and_none(self) -> None:
        safe = safe_shares([row(60, 100, term="a", survey="x"), row(10, 50, term="a", survey="y")])
        assert safe[place(survey="x", term="a")].share == 0.6
        assert safe[place(term="a")].good == safe[place()].good == 70
        assert place(term="b") not in safe

    def test_a_few_people_hide_with_whoever_would_give_them_away(self) -> None:
        few = [row(60, 100, term="a", survey="x"), row(50, 80, term="a", survey="z"), row(2, 6, term="a", survey="y")]
        safe = safe_shares(few)
        assert safe[place(survey="y")] == SafeShare(None)
        assert safe[place(survey="z")].share is None, "the total less the others would be theirs"
        assert safe[place(survey="x")].share == 0.6
        assert safe[place()].answered == 186

    def test_few_who_disagree_are_hidden_although_many_answered(self) -> None:
        safe = safe_shares([row(97, 100, term="a", survey="x")])
        assert safe[place(survey="x")] == SafeShare(100)

    def test_no_line_leaves_one_hidden_number_alone(self) -> None:
        chance = random.Random(11)
        for _ in range(12):
            rows = []
            for term, survey, kind in itertools.product("abc", "xyz", "pq"):
                answered = chance.choice((0, 3, 12, 40))
                if answered:
                    rows.append(row(chance.randint(0, answered), answered, term=term, survey=survey, kind=kind))
            safe = safe_shares(rows)
            for whole in (at for at in safe if len(at) < 2):
                for dimension in {"term", "survey", "kind"} - {name for name, _ in whole}:
                    parts = [at for at in safe if at > whole and {n for n, _ in at - whole} == {dimension}]
                    parts = [at for at in parts if len(at) == len(whole) + 1]
                    unknown = [at for at in [*parts, whole] if safe[at].answered is None]
                    assert len(unknown) != 1
            assert all(each.answered is None or each.answered >= FLOOR for each in safe.values() if each.share)
