"""What was granted on one thing: it counts for the pages of the role that was given, and for no other."""

from __future__ import annotations

import datetime as dt

import pytest

from surveys.exporting.people import slugs
from tests.pages import CheckingClient
from voice.people import organisations, signing_in
from voice.people.permissions import HOST_ID, Kind, NotYours, Thing, check_reach, give, may, reached
from voice.people.roles import Audience, Role
from voice.people.signing_in import SignedIn
from voice.storage import Store

TODAY = dt.date(2026, 11, 18)


async def officer_of_a_school(store: Store) -> SignedIn:
    async def unit() -> SignedIn:
        school = await organisations.add("Northfield School", "school")
        await organisations.take_on("officer@school.test", Role.OFFICER, school)
        return next(each for each in await signing_in.members() if each.email == "officer@school.test")

    return await store.write(unit)


async def granted(store: Store, role: Role, person: SignedIn, *, through_a_group: bool = False) -> Thing:
    """A survey of the host on which somebody is given a role."""
    thing = Thing(Kind.SURVEY, "lunch")

    async def unit() -> None:
        if not through_a_group:
            await give(thing, role, member=person.id, by=person.id, today=TODAY)
            return
        group = await organisations.make_group("A team", HOST_ID)
        await organisations.join_group(group, person.id)
        await give(thing, role, group=group, by=person.id, today=TODAY)

    await store.write(unit)
    return thing


class TestARoleOnOneThing:
    @pytest.mark.parametrize("through_a_group", [False, True])
    @pytest.mark.parametrize(
        ("role", "audience", "counts"),
        [
            (Role.LEAD, Audience.BUILDING, False),
            (Role.ANALYST, Audience.BUILDING, False),
            (Role.OFFICER, Audience.BUILDING, True),
            (Role.LEAD, Audience.EVIDENCE, False),
            (Role.FACILITATOR, Audience.EVIDENCE, False),
            (Role.ANALYST, Audience.EVIDENCE, True),
        ],
    )
    async def test_it_counts_on_the_pages_of_that_role(
        self, store: Store, role: Role, audience: Audience, counts: bool, through_a_group: bool
    ) -> None:
        person = await officer_of_a_school(store)
        thing = await granted(store, role, person, through_a_group=through_a_group)

        async def is_reached() -> bool:
            try:
                await check_reach(person, audience, thing.kind, thing.key)
            except NotYours:
                return False
            return True

        async def may_use() -> bool:
            try:
                return await may(person, audience, thing, change=True)
            except NotYours:
                return False

        listed = await store.read(lambda: reached(person, audience, thing.kind, ["lunch", "other"], change=True))
        assert listed == ({"lunch"} if counts else set())
        assert await store.read(is_reached) is counts
        assert await store.read(may_use) is counts

    async def test_it_does_not_count_where_only_what_is_theirs_does(self, store: Store) -> None:
        person = await officer_of_a_school(store)
        thing = await granted(store, Role.OFFICER, person)
        assert await store.read(lambda: reached(person, None, thing.kind, [thing.key], change=True)) == set()


class TestASurveySharedToLookAt:
    @pytest.mark.parametrize("role", [Role.LEAD, Role.FACILITATOR])
    def test_its_rounds_and_raw_answers_stay_with_whom_it_belongs_to(self, client: CheckingClient, role: Role) -> None:
        client.sign_in_at_a_school(Role.OFFICER)
        members = client.run(lambda: client.parts.store.read(signing_in.members))
        person = next(each for each in members if each.email == "officer@school.test")
        (slug,) = client.unit(slugs)
        client.unit(lambda: give(Thing(Kind.SURVEY, slug), role, member=person.id, by=person.id, today=TODAY))
        rounds = client.get("/work/rounds")
        button = {"go": "close", "round": rounds.one(".one-round input[name=round]").attributes["value"] or ""}
        assert "another organisation" in client.submit(rounds, button, form=".one-round form", status=422).problem
        assert slug not in [each.attributes["value"] for each in client.get("/work/answers").tree.css("option")]
