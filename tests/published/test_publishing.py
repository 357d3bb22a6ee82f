"""What is published is frozen, checked, and agreed to by those whose words it is said to be."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from tests.published.promised import (
    HEARD,
    TODAY,
    a_published,
    actions_go,
    agreed_by_a_group,
    an_action,
    draft_of,
    member,
)
from voice.actions.promise import About
from voice.first_start import begin_with
from voice.published import agreeing, drafting, publishing, reading
from voice.published.drafting import PublicationProblem
from voice.published.item import Item, Wording
from voice.published.time_to_answer import time_to_answer
from voice.storage import Store

A_DAY = dt.timedelta(days=1)


@pytest.fixture
async def begun(store: Store) -> Store:
    await store.write(lambda: begin_with(today=TODAY))
    return store


async def refused(store: Store, work: object) -> str:
    with pytest.raises(PublicationProblem) as refusal:
        await store.write(work)  # type: ignore[arg-type]
    return refusal.value.code


async def shown(store: Store, id: uuid.UUID) -> Item:
    found = await store.read(lambda: reading.item(id))
    assert found is not None
    return found


class TestPublishing:
    async def test_it_freezes_what_the_action_says(self, begun: Store) -> None:
        id = await begun.write(a_published)
        await begun.write(actions_go)
        item = await shown(begun, id)
        assert (item.heard, item.outcome, item.people, item.first_said) == (HEARD, "done", 34, "2026-03")
        assert item.says("since", "ur").language == "en"
        assert not item.is_whole_in("ur")
        assert await refused(begun, lambda: drafting.keep_words(id, "en", Wording("Other", "Words"))) == "not_a_draft"

    async def test_a_change_is_a_new_version_and_the_old_address_leads_to_it(self, begun: Store) -> None:
        first = await begun.write(a_published)
        action = (await shown(begun, first)).action

        async def again() -> uuid.UUID:
            await drafting.keep_words(id := await drafting.begin(action, today=TODAY), "ur", Wording("سنا", "کیا"))
            await publishing.publish(id, by=await member(), today=TODAY + A_DAY)
            return id

        second = await begun.write(again)
        assert [each.id for each in await begun.read(reading.published)] == [second]
        assert (await shown(begun, first)).state == "replaced"
        now = await begun.read(lambda: publishing.as_it_is_now(first))
        assert now is not None
        assert (now.id, now.number, now.symbol, now.says("heard", "ur").text) == (second, 2, "time", "سنا")
        await begun.write(lambda: publishing.withdraw(second, today=TODAY + A_DAY))
        assert await begun.read(reading.published) == ()
        third = await begun.write(lambda: drafting.begin(action, today=TODAY + A_DAY))
        assert (await shown(begun, third)).says("heard", "ur").text == "سنا", "translations of the same English stay"
        assert await begun.read(lambda: publishing.as_it_is_now(third)) is None, "a draft is nobody else's"

    async def test_few_people_are_not_told(self, begun: Store) -> None:
        id = await begun.write(lambda: _draft(people=None))
        assert await refused(begun, lambda: _publish(id)) == "too_few_people"
        small = await begun.write(lambda: _draft(people=9))
        assert (await shown(begun, small)).people is None
        assert await refused(begun, lambda: _publish(small)) == "too_few_people"

    async def test_a_draft_has_english_words(self, begun: Store) -> None:
        id = await begun.write(_draft)
        assert await refused(begun, lambda: drafting.keep_words(id, "en", Wording("", "We act."))) == "no_words"
        assert await refused(begun, lambda: drafting.keep_words(id, "en", Wording("x" * 601, "We act."))) == "too_long"
        assert await refused(begun, lambda: drafting.begin(uuid.uuid4(), today=TODAY)) == "unknown"


class TestAgreeing:
    async def test_young_peoples_words_wait_for_young_people(self, begun: Store) -> None:
        id = await begun.write(lambda: _draft(said_by="young_person"))
        assert await refused(begun, lambda: _publish(id)) == "not_agreed"
        await begun.write(lambda: agreed_by_a_group(id))
        await begun.write(lambda: drafting.keep_words(id, "en", Wording("You wait, and you moan.", "We call back.")))
        assert await refused(begun, lambda: _publish(id)) == "not_agreed", "they agreed to other words"
        await begun.write(lambda: drafting.keep_words(id, "en", Wording(HEARD, "We call back.")))
        await begun.write(lambda: _publish(id))

    async def test_what_a_session_said_is_its_own_whoever_it_is_said_to_be(self, begun: Store) -> None:
        session = About("session", str(uuid.uuid4()))
        id = await begun.write(lambda: _draft(people=None, about=(session,)))
        assert await refused(begun, lambda: _publish(id)) == "not_agreed"

    async def test_their_own_words_go_back_to_the_officer(self, begun: Store) -> None:
        id = await begun.write(lambda: _draft(said_by="young_person"))
        theirs = "Nobody calls us back."
        await begun.write(lambda: agreed_by_a_group(id, "change", theirs))
        assert await refused(begun, lambda: _publish(id)) == "not_agreed"
        await begun.write(lambda: agreeing.take_their_words(id))
        await begun.write(lambda: _publish(id))
        assert (await shown(begun, id)).heard == theirs

    async def test_no_is_no(self, begun: Store) -> None:
        id = await begun.write(lambda: _draft(said_by="young_person"))
        await begun.write(lambda: agreed_by_a_group(id, "no"))
        assert await refused(begun, lambda: _publish(id)) == "not_agreed"
        assert await refused(begun, lambda: agreeing.take_their_words(id)) == "nobody_asked"

    async def test_they_answer_what_they_read(self, begun: Store) -> None:
        id = await begun.write(lambda: _draft(said_by="young_person"))
        await begun.write(lambda: agreeing.ask(id))
        say = {"heads": 5, "words": "", "read": "another", "today": TODAY}
        assert await refused(begun, lambda: agreeing.answer(id, "agreed", **say)) == "other_words"
        say["read"] = agreeing.mark_of(await shown(begun, id))
        assert await refused(begun, lambda: agreeing.answer(id, "maybe", **say)) == "no_answer"
        assert await refused(begun, lambda: agreeing.answer(id, "change", **say)) == "no_words"
        assert await refused(begun, lambda: agreeing.answer(id, "agreed", **{**say, "heads": 0})) == "no_heads"


class TestTimeToAnswer:
    async def test_it_counts_months_to_the_first_publication(self, begun: Store) -> None:
        assert (await begun.read(time_to_answer)).median is None

        async def some() -> None:
            await a_published("One", first_said="2026-09", day=dt.date(2026, 11, 1))
            taken_back = await a_published("Two", first_said="2026-03-02", day=dt.date(2026, 11, 1))
            await publishing.withdraw(taken_back, today=TODAY)
            again = await drafting.begin((await reading.item(taken_back)).action, today=TODAY)  # type: ignore[union-attr]
            await publishing.publish(again, by=await member(), today=dt.date(2027, 6, 1))
            await a_published("Three", first_said="")

        await begun.write(some)
        found = await begun.read(time_to_answer)
        assert (found.n, found.median, found.shortest, found.longest, found.not_known) == (2, 5.0, 2, 8, 1)


async def _draft(said_by: str = "parent_carer", **action: object) -> uuid.UUID:
    return await draft_of(await an_action(**action), said_by=said_by)  # type: ignore[arg-type]


async def _publish(id: uuid.UUID) -> None:
    await publishing.publish(id, by=await member(), today=TODAY)
