"""What somebody is in which organisation: roles that only the host gives, and who must stay."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from voice.people import organisations, signing_in
from voice.people.permissions import HOST_ID
from voice.people.roles import WHOLE_PARTNERSHIP, Role
from voice.people.signing_in import LastAdministrator, RoleOfTheHost
from voice.storage import Store

TODAY = dt.date(2026, 11, 18)


async def school(store: Store) -> uuid.UUID:
    return await store.write(lambda: organisations.add("Northfield School", "school"))


async def take_on(store: Store, email: str, role: Role, organisation: uuid.UUID = HOST_ID) -> uuid.UUID:
    return await store.write(lambda: organisations.take_on(email, role, organisation))


class TestRolesForTheWholePartnership:
    @pytest.mark.parametrize("role", sorted(WHOLE_PARTNERSHIP))
    async def test_nobody_has_one_in_a_partner(self, store: Store, role: Role) -> None:
        there = await school(store)
        officer = await take_on(store, "officer@school.test", Role.OFFICER, there)
        with pytest.raises(RoleOfTheHost):
            await take_on(store, "new@school.test", role, there)
        with pytest.raises(RoleOfTheHost):
            await take_on(store, "officer@school.test", role, there)
        with pytest.raises(RoleOfTheHost):
            await store.write(lambda: signing_in.change_role(officer, role, organisation=there))
        members = await store.read(signing_in.members)
        assert [(each.email, each.role) for each in members] == [("officer@school.test", Role.OFFICER)]

    @pytest.mark.parametrize("role", sorted(WHOLE_PARTNERSHIP))
    async def test_who_works_in_a_partner_can_have_one_in_the_host(self, store: Store, role: Role) -> None:
        who = await take_on(store, "officer@school.test", Role.OFFICER, await school(store))
        await take_on(store, "officer@school.test", role)
        assert [hat.role for hat in await store.read(lambda: organisations.hats(who))] == [role, Role.OFFICER]


class TestTheLastAdministrator:
    async def test_they_do_not_leave_for_what_they_are_elsewhere(self, store: Store) -> None:
        who = await take_on(store, "jo@council.test", Role.ADMINISTRATOR)
        await take_on(store, "jo@council.test", Role.OFFICER, await school(store))
        with pytest.raises(LastAdministrator):
            await store.write(lambda: organisations.leave(who, HOST_ID, today=TODAY))
        assert len(await store.read(lambda: organisations.hats(who))) == 2

    async def test_they_leave_a_partner_or_once_there_is_another(self, store: Store) -> None:
        there = await school(store)
        who = await take_on(store, "jo@council.test", Role.ADMINISTRATOR)
        await take_on(store, "jo@council.test", Role.ADMINISTRATOR, there)
        await store.write(lambda: organisations.leave(who, there, today=TODAY))
        await take_on(store, "jo@council.test", Role.ADMINISTRATOR, there)
        await take_on(store, "sam@council.test", Role.ADMINISTRATOR)
        await store.write(lambda: organisations.leave(who, HOST_ID, today=TODAY))
        assert [hat.organisation for hat in await store.read(lambda: organisations.hats(who))] == [there]

    async def test_without_any_the_accounts_of_the_first_start_stay_shut(self, store: Store) -> None:
        assert not await store.read(signing_in.placeholders_may_sign_in)
        await take_on(store, "administrator@first-start.invalid", Role.ADMINISTRATOR)
        assert await store.read(signing_in.placeholders_may_sign_in)
        await take_on(store, "jo@council.test", Role.ADMINISTRATOR)
        assert not await store.read(signing_in.placeholders_may_sign_in)
