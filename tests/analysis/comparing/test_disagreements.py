"""When two shares disagree, how often by chance, and what could explain it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random

import pytest

from analysis.comparing.disagreements import BY_CHANCE, judged
from analysis.comparing.reasons import Explains, Likeness, Side, Unknown, other_mix, reasons, unknown
from analysis.comparing.silent import needed, silent


class TestWhetherTheyDisagree:
    def test_it_has_the_interval_of_newcombe(self) -> None:
        # Newcombe (1998), Statistics in Medicine 17:873-890, table II, example (a): 56/70 less 48/80.
        found = judged((48, 80), (56, 70), looked_at=1)
        assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=0.00005)
        assert found.differs

    def test_the_more_pairs_are_looked_at_the_surer_it_must_be(self) -> None:
        assert not judged((48, 80), (56, 70), looked_at=20).differs

    def test_a_difference_that_does_not_matter_is_none(self) -> None:
        found = judged((4_500, 10_000), (5_200, 10_000), looked_at=1)
        assert found.low > 0
        assert not found.differs

    def test_where_nothing_differs_few_terms_show_something(self) -> None:
        chance = random.Random(7)
        terms = wrong = 0
        for _ in range(600):
            sides = [[(sum(chance.random() < 0.6 for _ in range(60)), 60) for _ in range(2)] for _ in range(12)]
            terms += 1
            wrong += any(judged(first, second, looked_at=12, matters=0).differs for first, second in sides)
        assert wrong / terms <= BY_CHANCE * 1.2


class TestTheSilent:
    def test_they_could_have_said_anything(self) -> None:
        found = silent(good=40, answered=50, asked=200)
        assert (found.answered, found.low, found.high) == (0.25, 0.2, 0.95)

    def test_it_says_what_they_would_have_to_say(self) -> None:
        assert needed(40, 50, 200, 0.35) == pytest.approx((0.35 * 200 - 40) / 150)
        assert needed(40, 50, 55, 0.35) is None, "five people cannot make up for it"
        assert needed(40, 50, 50, 0.35) is None
        with pytest.raises(ValueError, match="some of those asked"):
            silent(good=1, answered=5, asked=4)


TEAM = Side(
    good=450,
    answered=470,
    asked=None,
    kinds={"parent_carer": 470},
    ways={"own_device": 430, "shared_device": 40},
    day=dt.date(2026, 10, 10),
    words="Did we keep you up to date?",
    scale=("yes", "mostly", "a_little", "no"),
    edition="easy_read",
    only_some=False,
    sent_to_a_list=False,
)
FORUM = dataclasses.replace(
    TEAM,
    good=40,
    answered=100,
    asked=300,
    ways={"paper": 60, "own_device": 40},
    day=dt.date(2026, 4, 10),
    words="Were you told how your plan was going?",
    edition="standard",
    sent_to_a_list=True,
)
SAME_WORDS = Likeness(1.0, ())


class TestWhatCouldExplainIt:
    def test_surveys_that_asked_in_the_same_way_have_no_reason(self) -> None:
        assert reasons(TEAM, dataclasses.replace(TEAM, good=100), SAME_WORDS) == ()

    def test_it_finds_what_differs_and_nothing_else(self) -> None:
        found = reasons(TEAM, FORUM, Likeness(0.6, ()))
        assert {each.code for each in found} == {
            Explains.WORDS,
            Explains.WAY,
            Explains.TIME,
            Explains.EDITION,
            Explains.OPEN_LINK,
        }, "200 silent people cannot lift 40 % to 96 %"
        assert [each.weight for each in found] == sorted((each.weight for each in found), reverse=True)

    def test_words_that_turn_the_question_come_before_words_that_vary(self) -> None:
        turned = reasons(TEAM, FORUM, Likeness(0.3, ("period", "topic")))
        assert (turned[0].code, turned[0].codes) == (Explains.TURNED, ("period",))

    def test_those_who_did_not_answer_count_where_they_could_make_up_for_it(self) -> None:
        other = dataclasses.replace(TEAM, good=280)
        found = {each.code: each for each in reasons(other, FORUM, SAME_WORDS)}
        assert found[Explains.SILENT].side == 1
        assert found[Explains.SILENT].amount == pytest.approx((280 / 470 * 300 - 40) / 200)

    def test_other_people_and_a_route_of_its_own(self) -> None:
        pupils = dataclasses.replace(TEAM, kinds={"young_person": 470}, only_some=True, good=20, answered=30)
        found = {each.code: each for each in reasons(TEAM, pupils, SAME_WORDS)}
        assert found[Explains.WHO].weight == 1
        assert found[Explains.ROUTE].side == found[Explains.FEW].side == 1

    def test_it_says_what_nobody_knows(self) -> None:
        file = dataclasses.replace(FORUM, day=None, words="", ways={"imported": 100})
        assert unknown(TEAM, file) == (
            (Unknown.HOW_MANY_ASKED, 0),
            (Unknown.WHEN, 1),
            (Unknown.WORDS, 1),
            (Unknown.WAY, 1),
            (Unknown.WHY_SILENT, None),
            (Unknown.SAME_PEOPLE, None),
        )
        assert Explains.WORDS not in {each.code for each in reasons(TEAM, file, SAME_WORDS)}

    def test_mixes_differ_by_the_people_who_would_have_to_be_others(self) -> None:
        assert other_mix({"a": 5, "b": 5}, {"a": 20, "b": 60}) == pytest.approx(0.25)
        assert other_mix({}, {"a": 1}) == 0
