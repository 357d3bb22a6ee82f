"""The invented forum hears something else than the team, and the course did something: as the pages show it."""

from __future__ import annotations

from surveys.tables import Submission
from tests.conftest import NOON
from tests.evidence.families import families
from voice.comparing.before_after import before_and_after
from voice.comparing.disagreeing import disagreements
from voice.demonstration.disagreeing import ANSWERED, COURSE, load_disagreeing
from voice.storage import Store

TODAY = NOON.date()


class TestDisagreeing:
    async def test_it_is_loaded_once_and_has_what_the_pages_show(self, store: Store) -> None:
        await store.write(lambda: families(100, kept_up_to_date="yes"))
        await store.write(lambda: families(10, kept_up_to_date="no"))
        for _ in range(2):
            await load_disagreeing(store, secret=b"s" * 32, today=TODAY)
        assert await store.read(Submission.count) == 110 + ANSWERED + sum(people for _, people in COURSE)
        (found,) = await disagreements(store, None, TODAY)
        assert found.concept == "kept_up_to_date"
        assert [side.survey for side in found.sides] == ["post-ehcp", "yearly-families"]
        assert found.sides[1].silent
        followed, groups = await before_and_after(store)
        assert followed.paired
        assert [each.questions[0].concept for each in groups.changes] == ["sure_as_parent_carer", "knows_what_to_try"]
        unsure, sure = groups.changes
        assert 0.05 < (unsure.difference or 0) < 0.15
        assert unsure.low is not None
        assert unsure.low < 0, "nine points of sixty people may be chance"
        assert sure.low is not None
        assert sure.low > 0
