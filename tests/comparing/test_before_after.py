"""What is followed from before to after, and what cannot be."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.comparing.asked import asked, course, round_of, say, survey
from voice.comparing.before_after import Change, before_and_after
from voice.storage import Store


class TestBeforeAndAfter:
    async def test_two_answers_of_a_person_are_a_pair_and_two_surveys_are_not(self, store: Store) -> None:
        assert await before_and_after(store) == ()
        await store.write(course)
        same, groups = await before_and_after(store)
        (calm,) = same.changes
        assert same.paired
        assert (calm.before.good, calm.after.good, calm.before.answered) == (15, 35, 50)
        assert calm.difference == pytest.approx(0.4)
        assert calm.moved == {"better": 20, "same": 30, "worse": 0}
        assert calm.chance == pytest.approx(0.5**20)
        assert not groups.paired
        (knows,) = groups.changes
        assert (knows.before.good, knows.after.good) == (20, 35)
        assert knows.moved is None
        assert groups.terms == ("2026-summer", "2026-autumn")
        assert groups.note["en"].startswith("We look at all families")

    async def test_few_who_moved_are_hidden_in_every_table(self, store: Store) -> None:
        change = await _asked(store, [("no", "yes")] * 30 + [("yes", "no")] * 4 + [("yes", "yes")] * 30)
        assert change.moved == {"better": None, "same": 30, "worse": None}
        assert change.difference is None, "only four are not in favour after it"

    async def test_fewer_people_than_ten_are_not_shown_at_all(self, store: Store) -> None:
        change = await _asked(store, [("no", "yes")] * 9)
        assert change.before.answered is None
        assert change.moved == {"better": None, "same": None, "worse": None}

    async def test_those_who_told_one_half_only_are_not_what_is_left_over(self, store: Store) -> None:
        pairs = [("no", "yes")] * 20 + [("yes", "yes")] * 15 + [("no", "no")] * 15
        change = await _asked(store, [*pairs, ("no", ""), ("no", "")])
        assert change.difference is None, "the page of the question tells of 52 before: two of them are no pair"
        assert change.moved == {"better": 20, "same": 30, "worse": 0}


async def _asked(store: Store, pairs: Sequence[tuple[str, str]]) -> Change:
    document = survey("club", "The club", asked("calm_before", "Was it calm?"), asked("calm_after", "Is it calm?"))

    async def unit() -> None:
        people = [{"calm_before": was, **({"calm_after": now} if now else {})} for was, now in pairs]
        await say(await round_of(document), people)

    await store.write(unit)
    ((change,),) = [each.changes for each in await before_and_after(store)]
    return change
