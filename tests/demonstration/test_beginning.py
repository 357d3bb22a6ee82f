"""Where the invented partnership may go: never among what real people said."""

from __future__ import annotations

import pytest

from tests.evidence.families import answered
from voice.demonstration import beginning
from voice.people import signing_in
from voice.people.partnership import PartnershipInfo, set_partnership
from voice.people.roles import Role
from voice.storage import Store


class TestWhetherAStoreIsUsed:
    async def test_it_is_not_after_a_first_start_that_nobody_answered(self, store: Store) -> None:
        await store.write(lambda: signing_in.add_member("lead@first-start.invalid", Role.LEAD))
        assert not await beginning.is_used(store)

    async def test_it_is_when_somebody_answered(self, store: Store) -> None:
        await answered(store, 1, felt_listened_to="yes")
        assert await beginning.is_used(store)

    @pytest.mark.parametrize("email", ["ann@council.gov.uk", "ann@example.org"])
    async def test_it_is_when_a_real_person_works_there(self, store: Store, email: str) -> None:
        await store.write(lambda: signing_in.add_member(email, Role.LEAD))
        assert await beginning.is_used(store)

    async def test_it_is_when_it_serves_a_real_partnership(self, store: Store) -> None:
        await store.write(lambda: set_partnership(PartnershipInfo(name="Wiltshire")))
        assert await beginning.is_used(store)
        assert not await beginning.is_loaded(store)


class TestHowFarItHasGot:
    async def test_it_is_begun_before_anything_invented_comes(self, store: Store) -> None:
        assert not await beginning.is_begun(store)
        await beginning.begin(store)
        assert await beginning.is_begun(store)
        assert not await beginning.is_loaded(store), "an interrupted loading goes on with the next start"

    async def test_it_is_loaded_when_it_has_its_name(self, store: Store) -> None:
        await store.write(lambda: set_partnership(PartnershipInfo(name="Millbrook Vale", invented=True)))
        assert await beginning.is_loaded(store)
