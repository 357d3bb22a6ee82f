"""How many gave which answer, counted again where answers changed and nowhere else."""

from __future__ import annotations

import pytest

from surveys import submissions
from surveys.tables import Submission
from tests.evidence.families import answered, families
from tests.findings.test_by_setting import pupils
from voice.findings import counting
from voice.findings.counting import Counted, counted
from voice.storage import Store


def codes(found: tuple[Counted, ...], concept: str) -> dict[tuple[str, str], int]:
    """By term and code how many gave it."""
    return {
        (round.round.term, cell.code): cell.people
        for round in found
        for cell in round.chosen
        if cell.concept == concept
    }


class TestCounted:
    async def test_it_counts_people_by_who_they_are_and_what_they_chose(self, store: Store) -> None:
        await answered(store, 3, kept_up_to_date="yes", felt_listened_to="no")
        await answered(store, 2, term="2026-summer", kept_up_to_date="mostly", went_well="Thank you.")
        await store.write(lambda: pupils(4, "Oak School", safe_at_school="agree"))
        found = await counted(store)
        assert codes(found, "kept_up_to_date") == {("2026-autumn", "yes"): 3, ("2026-summer", "mostly"): 2}
        assert {round.round.term for round in found} == {"2026-autumn", "2026-summer"}
        (pupil,) = [cell for round in found for cell in round.chosen if cell.concept == "safe_at_school"]
        assert (pupil.who, pupil.said_by, pupil.setting, pupil.people) == ("young_person", "own_words", "Oak School", 4)
        assert sum(counting.by_survey(found, "2026-autumn").values()) == 7

    async def test_it_counts_only_the_round_that_changed(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        await answered(store, 3, kept_up_to_date="yes")
        await answered(store, 2, term="2026-summer", kept_up_to_date="no")
        await counted(store)
        counts: list[str] = []
        count = counting._count

        async def noted(round: counting.OpenRound, mark: tuple[int, int]) -> Counted:
            counts.append(round.term)
            return await count(round, mark)

        monkeypatch.setattr(counting, "_count", noted)
        await counted(store)
        assert counts == []
        await answered(store, 1, kept_up_to_date="no")
        assert codes(await counted(store), "kept_up_to_date")["2026-autumn", "no"] == 1
        assert counts == ["2026-autumn"]

    async def test_it_sees_that_as_many_others_stand_in_place_of_some(self, store: Store) -> None:
        [gone, *_] = await store.write(lambda: families(3, kept_up_to_date="yes"))
        await counted(store)
        await store.write(lambda: submissions.take_out([gone]))
        await answered(store, 1, kept_up_to_date="no")
        assert codes(await counted(store), "kept_up_to_date") == {("2026-autumn", "yes"): 2, ("2026-autumn", "no"): 1}

    async def test_it_forgets_a_round_whose_answers_are_gone(self, store: Store) -> None:
        ids = await store.write(lambda: families(2, kept_up_to_date="yes"))
        assert len(await counted(store)) == 1
        await store.write(lambda: submissions.take_out(ids))
        assert await counted(store) == ()
        assert await store.read(lambda: Submission.count()) == 0

    async def test_it_tells_apart_what_people_say_of_themselves(self, store: Store) -> None:
        await store.write(
            lambda: pupils(3, None, survey="my-life-young-person", own_age="11_to_15", people_listen_to_me="yes")
        )
        await store.write(
            lambda: pupils(2, None, survey="my-life-young-person", own_age="16_to_18", people_listen_to_me="no")
        )
        found = await counted(store)
        assert {
            (cell.by, cell.value, cell.code, cell.people)
            for round in found
            for cell in round.chosen_in
            if cell.concept == "people_listen_to_me"
        } == {("age_band", "11_to_15", "yes", 3), ("age_band", "16_to_18", "no", 2)}
