"""Whom the rules let be asked: each rule alone, and what nobody can set aside."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.asking_less.checking import NO_OVERRIDE, Asking, Candidate, Choice, FamilyPast, OwnPast, check
from surveys.asking_less.presending import hardly_asked, summed_up
from surveys.asking_less.rules import Rules

DAY = dt.date(2026, 11, 18)
RULES = Rules(
    smallest_gap_days=14,
    asks_per_term=3,
    minutes_per_term=20,
    most_reminders=2,
    days_between_reminders=7,
)


def days_ago(days: int) -> dt.date:
    return DAY - dt.timedelta(days=days)


def candidate(number: int, family: str = "", **groups: str) -> Candidate:
    return Candidate(f"e{number}", family or f"f{number}", f"p{number}", "parent_carer", "en", groups)


def reason(*, kind: str = "invitation", minutes: int = 5, **given: Any) -> str | None:
    """Why the only candidate is left out."""
    known: dict[str, Any] = {"families": {}, "own": {}, "choices": {}, **given}
    may = check([candidate(1)], Asking("ours", kind, minutes, DAY), rules=RULES, **known)
    return may.left_out.get("e1")


def chosen(**given: Any) -> dict[str, Choice]:
    return {"p1": Choice(**{"person": "p1", "pace": "any", "not_before": None, "stopped": False, **given})}


class TestEachRule:
    def test_who_was_never_asked_may_be_asked(self) -> None:
        assert reason() is None

    @pytest.mark.parametrize(("days", "expected"), [(13, "too_recent"), (14, None)])
    def test_the_gap_is_to_what_others_asked(self, days: int, expected: str | None) -> None:
        assert reason(families={"f1": FamilyPast(1, 5, days_ago(days))}) == expected

    def test_a_family_has_so_many_asks_and_minutes_a_term(self) -> None:
        assert reason(families={"f1": FamilyPast(asks=2)}) is None
        assert reason(families={"f1": FamilyPast(asks=3)}) == "too_many_asks"
        assert reason(families={"f1": FamilyPast(minutes=15)}) is None
        assert reason(families={"f1": FamilyPast(minutes=16)}) == "too_many_minutes"

    def test_what_goes_first_keeps_its_place(self) -> None:
        assert reason(planned_before=(2, 0)) is None
        assert reason(planned_before=(3, 0)) == "another_goes_first"
        assert reason(planned_before=(1, 16)) == "another_goes_first"

    @pytest.mark.parametrize(
        ("own", "expected"),
        [
            (OwnPast(days_ago(7), 1), None),
            (OwnPast(days_ago(6), 1), "too_recent"),
            (OwnPast(days_ago(30), 2), "too_many_reminders"),
        ],
    )
    def test_reminders_have_a_cap_and_days_between(self, own: OwnPast, expected: str | None) -> None:
        assert reason(kind="reminder", own={"p1": own}) == expected

    def test_a_reminder_may_follow_its_own_invitation_and_not_somebody_elses_ask(self) -> None:
        own = {"p1": OwnPast(days_ago(8))}
        assert reason(kind="reminder", own=own, families={"f1": FamilyPast(1, 5, None)}) is None
        assert reason(kind="reminder", own=own, families={"f1": FamilyPast(2, 9, days_ago(3))}) == "too_recent"

    def test_two_of_one_family_share_its_budget(self) -> None:
        two = [candidate(1, "same"), candidate(2, "same")]
        past = {"same": FamilyPast(asks=2)}
        may = check(two, Asking("ours", "invitation", 5, DAY), rules=RULES, families=past, own={}, choices={})
        assert (may.asked, may.left_out) == (("e1",), {"e2": "too_many_asks"})


class TestWhatFamiliesChose:
    def test_stop_holds_for_everything_that_goes_out(self) -> None:
        for kind in ("invitation", "reminder", "statutory"):
            assert reason(kind=kind, choices=chosen(stopped=True)) == "stopped"

    def test_not_now_ends_on_its_day(self) -> None:
        assert reason(choices=chosen(not_before=DAY + dt.timedelta(days=1))) == "not_now"
        assert reason(choices=chosen(not_before=DAY)) is None

    def test_their_own_pace_goes_before_the_partnerships(self) -> None:
        asked_before = {"f1": FamilyPast(1, 5, days_ago(20))}
        assert reason(choices=chosen(pace="any"), families=asked_before) is None
        assert reason(choices=chosen(pace="termly"), families=asked_before) == "own_pace"
        assert reason(choices=chosen(pace="yearly"), families={"f1": FamilyPast(0, 0, days_ago(364))}) == "own_pace"
        assert reason(choices=chosen(pace="yearly"), families={"f1": FamilyPast(0, 0, days_ago(365))}) is None
        assert reason(choices=chosen(pace="yearly"), own={"p1": OwnPast(days_ago(100))}) == "own_pace"

    def test_a_hard_time_is_theirs_and_an_answer_is_enough(self) -> None:
        assert reason(sensitive={"f1"}) == "sensitive_time"
        assert reason(answered={"p1"}) == "answered_already"

    def test_the_law_goes_before_all_but_stop(self) -> None:
        everything = {
            "kind": "statutory",
            "families": {"f1": FamilyPast(9, 90, days_ago(1))},
            "own": {"p1": OwnPast(days_ago(1), 5)},
            "choices": chosen(pace="yearly", not_before=days_ago(-9)),
            "sensitive": {"f1"},
        }
        assert reason(**everything) is None


@given(
    pasts=st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 40), st.integers(0, 60), st.booleans(), st.booleans()), max_size=12
    ),
    kind=st.sampled_from(["invitation", "reminder"]),
)
def test_nobody_is_lost_and_no_family_goes_over_its_budget(
    pasts: list[tuple[int, int, int, bool, bool]], kind: str
) -> None:
    everybody = [candidate(number, f"f{number // 2}") for number in range(len(pasts))]
    families = {
        f"f{number // 2}": FamilyPast(asks, minutes, days_ago(days))
        for number, (asks, minutes, days, _, _) in enumerate(pasts)
    }
    stopped = {f"p{number}" for number, past in enumerate(pasts) if past[3]}
    choices = {person: Choice(person, "any", None, stopped=True) for person in stopped}
    alone = {f"f{number // 2}" for number, past in enumerate(pasts) if past[4]}
    asking = Asking("ours", kind, 5, DAY)
    may = check(everybody, asking, rules=RULES, families=families, own={}, choices=choices, sensitive=alone)
    assert {*may.asked} | {*may.left_out} == {each.entry for each in everybody}
    assert not {*may.asked} & {*may.left_out}
    by_entry = {each.entry: each for each in everybody}
    for family, past in families.items():
        asked = [entry for entry in may.asked if by_entry[entry].family == family]
        if asked:
            assert past.asks + len(asked) <= RULES.asks_per_term
            assert past.minutes + 5 * len(asked) <= RULES.minutes_per_term
            assert family not in alone
    assert not {by_entry[entry].person for entry in may.asked} & stopped


class TestWhatItMeans:
    def test_it_counts_families_once_and_by_what_could_be_set_aside(self) -> None:
        everybody = [candidate(1, "a"), candidate(2, "a"), candidate(3, "b"), candidate(4, "c"), candidate(5, "d")]
        left_out = {"e2": "too_many_asks", "e3": "too_recent", "e4": "stopped"}
        check = summed_up(everybody, ["e1", "e5"], left_out)
        assert (check.families, check.families_left_out) == (2, 2)
        assert check.families_by_reason == {"too_recent": 1, "stopped": 1}
        assert check.could_be_lifted == {"too_recent": 1}
        assert "stopped" in NO_OVERRIDE

    def test_a_group_that_is_hardly_asked_is_named_unless_it_is_small(self) -> None:
        north = [candidate(number, area="North") for number in range(20)]
        south = [candidate(number, area="South") for number in range(20, 40)]
        few = [candidate(number, area="Tiny") for number in range(40, 43)]
        asked = {each.entry for each in north} | {each.entry for each in south[:5]}
        (group,) = hardly_asked([*north, *south, *few], asked)
        assert (group.kind, group.name, group.people, group.asked) == ("area", "South", 20, 5)
        assert hardly_asked(north, {each.entry for each in north}) == ()
