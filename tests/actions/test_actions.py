"""What was decided about what was heard: nothing said goes, what is late is seen, and a group is told once."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from tests.actions.acting import TODAY, added, an_owner, known, made
from tests.capture.sessions import rooms
from tests.evidence.bank import TODAY as OF_THE_BANK
from tests.themes.said import many
from voice.actions import making
from voice.actions.checking import LONGEST, ActionProblem
from voice.actions.listing import Wanted, listed, promises
from voice.actions.promise import About, Origin
from voice.actions.reading import actions_about, every_action
from voice.actions.starting import before_and_after, beginning
from voice.capture.sessions import approving
from voice.capture.sessions.tables import SessionAsk
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage import Store

A_DAY = dt.timedelta(days=1)


async def wrong(store: Store, **changed: Any) -> tuple[str, str]:
    async def unit() -> None:
        await made(by=await an_owner(), **changed)

    with pytest.raises(ActionProblem) as problem:
        await store.write(unit)
    return problem.value.code, problem.value.field


class TestMaking:
    async def test_it_keeps_what_was_heard_with_its_numbers_and_is_found_by_what_it_is_about(
        self, store: Store
    ) -> None:
        async def unit() -> uuid.UUID:
            me = await an_owner()
            await made(by=me, origin=Origin("other"), about=())
            await made(by=me, about=(About("theme", "school_welcome"),))
            return await made(by=me, heard="  Families wait   too long.\r\n\x00 ", partner=" Health  team ")

        id = await store.write(unit)
        (found,) = await store.read(lambda: actions_about([About("theme", "waiting"), About("survey", "none")]))
        assert (found.id, found.heard, found.partner) == (id, {"en": "Families wait too long."}, "Health team")
        assert found.figures is not None
        assert (found.figures.n, found.figures.of, found.first_said) == (27, 40, "2026-09")
        assert (found.state, found.owner_email, found.steps) == ("planned", "kit.byrne@actions.example", ())
        assert await store.read(lambda: actions_about([About("theme", "waiting")], term="2026-summer")) == ()
        assert len(await store.read(every_action)) == 3

    async def test_the_same_form_twice_makes_one(self, store: Store) -> None:
        id = uuid.uuid4()

        async def unit() -> None:
            me = await an_owner()
            first = await known(await made(by=me))
            for words in ("We ring.", "We ring again."):
                new = making.NewAction(origin=first.origin, heard="a", decided=words, owner=me, due_on=TODAY)
                await making.make(id, new, by=me, today=TODAY)

        await store.write(unit)
        assert (await store.read(lambda: known(id))).decided == {"en": "We ring."}
        assert len(await store.read(every_action)) == 2

    async def test_it_says_what_is_wrong(self, store: Store) -> None:
        assert await wrong(store, heard=" \x00 ") == ("empty", "heard")
        assert await wrong(store, decided="") == ("empty", "decided")
        assert await wrong(store, heard="x" * (LONGEST + 1)) == ("too_long", "heard")
        assert await wrong(store, partner="x" * 201) == ("too_long", "partner")
        assert await wrong(store, owner=None) == ("nobody", "owner")
        assert await wrong(store, owner=uuid.uuid4()) == ("unknown_owner", "owner")
        assert await wrong(store, due_on=None) == ("no_day", "due_on")
        assert await wrong(store, due_on=TODAY - A_DAY) == ("past", "due_on")
        assert await wrong(store, due_on=TODAY.replace(year=2040)) == ("too_far", "due_on")
        assert await wrong(store, state="cannot") == ("empty", "cannot")
        assert await wrong(store, state="perhaps") == ("unknown_state", "state")
        assert await store.read(every_action) == ()

    async def test_we_cannot_because_needs_no_day_and_nobody(self, store: Store) -> None:
        async def unit() -> uuid.UUID:
            me = await an_owner()
            return await made(by=me, decided="", cannot="The law does not let us.", state="cannot", owner=None)

        await store.write(unit)
        found = await store.read(every_action)
        assert [(each.state, each.due_on, each.settled_on) for each in found] == [("cannot", None, TODAY)]
        assert found[0].cannot == {"en": "The law does not let us."}


class TestAdding:
    async def test_nothing_that_was_said_goes(self, store: Store) -> None:
        async def unit() -> uuid.UUID:
            me = await an_owner()
            id = await made(by=me)
            await added(id, by=me, since="We rang ten.", still="Ring the others.", state="under_way")
            await added(id, by=me, due_on=TODAY + 40 * A_DAY, partner="Health")
            await added(
                id, by=me, since="We rang all.", evidence="They told us.", evidence_link="https://x.org/a", state="done"
            )
            return id

        id = await store.write(unit)
        found = await store.read(lambda: known(id))
        assert [(each.number, each.since, each.state) for each in found.steps] == [
            (1, {"en": "We rang ten."}, "under_way"),
            (2, {}, "under_way"),
            (3, {"en": "We rang all."}, "done"),
        ]
        assert [each.partner for each in found.steps] == ["", "Health", "Health"]
        assert (found.since, found.still, found.settled_on) == ({"en": "We rang all."}, {}, TODAY)
        assert found.proof is not None
        assert found.proof.evidence_link == "https://x.org/a"

    async def test_it_says_what_is_wrong(self, store: Store) -> None:
        async def unit() -> tuple[uuid.UUID, uuid.UUID]:
            me = await an_owner()
            return me, await made(by=me, due_on=TODAY)

        me, id = await store.write(unit)
        later = TODAY + 5 * A_DAY
        for changed, code in (
            ({}, "nothing_new"),
            ({"seen": 3, "since": "a"}, "changed"),
            ({"since": "a", "evidence_link": "javascript:alert(1)"}, "not_a_link"),
            ({"since": "a", "due_on": TODAY + 2 * A_DAY}, "past"),
            ({"since": "x" * (LONGEST + 1)}, "too_long"),
        ):
            with pytest.raises(ActionProblem, match=code):
                await store.write(lambda c=changed: added(id, by=me, today=later, **c))  # type: ignore[misc]
        # It is late by now, which is nothing that whoever adds to it did wrong.
        await store.write(lambda: added(id, by=me, today=later, since="We rang ten."))
        with pytest.raises(LookupError):
            await store.write(lambda: making.add(uuid.uuid4(), making.NewStep(seen=0), by=me, today=TODAY))

    async def test_other_languages_stand_beside_the_english_and_go_with_it(self, store: Store) -> None:
        async def unit() -> uuid.UUID:
            me = await an_owner()
            id = await made(by=me)
            await added(id, by=me, since="We rang ten.")
            step = (await known(id)).steps[0].id
            for of, field, language, words in (
                (id, "heard", "pl", "Rodziny czekają."),
                (step, "since", "ur", "ہم نے فون کیا۔"),
                (id, "heard", "pl", "Rodziny czekają za długo."),
                (id, "decided", "en", "We will ring every family each week."),
                (id, "decided", "ro", "Vom suna."),
                (id, "decided", "en", "We will ring every family each day."),
            ):
                await making.put_words(id, of, field, language, words, by=me, today=TODAY)
            with pytest.raises(ActionProblem, match="unknown_words"):
                await making.put_words(id, id, "cannot", "pl", "Nie.", by=me, today=TODAY)
            return id

        id = await store.write(unit)
        found = await store.read(lambda: known(id))
        assert found.heard == {"en": "Families wait too long.", "pl": "Rodziny czekają za długo."}
        assert found.since["ur"] == "ہم نے فون کیا۔"
        assert found.decided == {"en": "We will ring every family each day."}
        former = await store.read(lambda: making.former_words([id]))
        assert {(each.field, each.language, each.words) for each in former} == {
            ("heard", "pl", "Rodziny czekają."),
            ("decided", "en", "We will ring every family each month."),
            ("decided", "en", "We will ring every family each week."),
            ("decided", "ro", "Vom suna."),
        }


class TestListing:
    async def test_what_is_late_comes_first_and_whoever_left_looks_after_nothing(self, store: Store) -> None:
        long_ago, lately = TODAY - 60 * A_DAY, TODAY - 20 * A_DAY

        async def unit() -> dict[str, uuid.UUID]:
            me, leaver = await an_owner(), await an_owner("gone@actions.example", Role.FACILITATOR)
            await an_owner("admin@actions.example", Role.ADMINISTRATOR)
            ids = {
                "far": await made(by=me, due_on=TODAY + 31 * A_DAY),
                "late": await made(by=me, today=lately, due_on=lately),
                "later": await made(by=leaver, today=long_ago, due_on=long_ago),
                "soon": await made(by=me, due_on=TODAY + 30 * A_DAY, owner=None, partner="Health"),
                "today": await made(by=me, due_on=TODAY),
                "done": await made(by=me, state="done"),
                "done_before": await made(by=me, today=long_ago - 60 * A_DAY, state="done"),
                "cannot": await made(by=me, state="cannot", cannot="No money."),
            }
            await signing_in.end_access(leaver, today=TODAY)
            return ids

        ids = await store.write(unit)
        name = {id: name for name, id in ids.items()}
        found = await store.read(lambda: promises(TODAY))
        assert [(name[each.id], late) for each, late in found.overdue] == [("later", 60), ("late", 20)]
        assert [(name[each.id], days) for each, days in found.due_soon] == [("today", 0), ("soon", 30)]
        assert [name[each.id] for each in found.open] == ["later", "late", "today", "soon", "far"]
        assert [name[each.id] for each in found.done] == ["done"]
        assert [name[each.id] for each in found.cannot] == ["cannot"]
        assert [name[each.id] for each in found.without_owner] == ["later", "soon"]
        left = found.overdue[0][0]
        assert (left.owner, left.owner_email, left.owner_left) == (None, "", True)

        every = await store.read(every_action)
        assert [name[each.id] for each in listed(every, Wanted(state="overdue"), TODAY)] == ["later", "late"]
        assert [name[each.id] for each in listed(every, Wanted(partner="Health"), TODAY)] == ["soon"]
        assert len(listed(every, Wanted(theme="waiting", term="2026-autumn"), TODAY)) == len(ids)
        assert listed(every, Wanted(theme="school_welcome"), TODAY) == ()
        assert {name[each.id] for each in listed(every, Wanted(state="done"), TODAY)} == {"done", "done_before"}


class TestBeginning:
    async def test_a_theme_brings_its_numbers_unless_too_few_said_it(self, store: Store) -> None:
        async def unit() -> None:
            await many(12, "We waited {n} months.", "waiting", said_on="2026-10-07")
            await many(9, "The school was kind {n}.", "school_welcome")

        await store.write(unit)
        found = await store.read(lambda: beginning("theme", "waiting", "2026-autumn", today=OF_THE_BANK))
        assert found is not None
        assert found.figures is not None
        assert (found.figures.n, found.figures.of, found.first_said) == (12, 21, "2026-10")
        assert (found.origin.name, found.about) == ("Waiting", (About("theme", "waiting"),))
        few = await store.read(lambda: beginning("theme", "school_welcome", "2026-autumn", today=OF_THE_BANK))
        assert few is not None
        assert (few.figures, few.first_said) == (None, "")
        for kind, key, term in (
            ("theme", "no_such_theme", "2026-autumn"),
            ("theme", "waiting", "autumn"),
            ("measure", "felt_listened_to", "2026-autumn"),
            ("measure", "no_such_measure", "2026-autumn"),
            ("session", "no id", ""),
            ("session", str(uuid.uuid4()), ""),
            ("disagreement", "felt_listened_to~a~2026-autumn~b~2026-autumn", "2026-autumn"),
            ("anything", "", ""),
        ):
            assert await store.read(lambda k=kind, y=key, t=term: beginning(k, y, t, today=TODAY)) is None  # type: ignore[misc]
        assert await store.read(lambda: before_and_after("felt_listened_to", TODAY, today=TODAY)) is None

    async def test_a_group_is_told_in_one_place_what_came_of_its_ask(self, store: Store) -> None:
        async def asked(permitted: str) -> str:
            session = await rooms.held(by=uuid.uuid4(), day=dt.date(2026, 6, 3))
            card = await rooms.card(session, "Let us come to your meeting", activity="ask", column="")
            await approving.approve(session, by="the group", permitted=permitted, files=(), today=TODAY)
            return str(card)

        private, line = await store.write(lambda: asked("read")), await store.write(lambda: asked("quote"))
        kept = await store.read(lambda: beginning("session", private, "", today=TODAY))
        assert kept is not None
        assert kept.said == "", "they agreed that it is read, not that it is shown"
        begun = await store.read(lambda: beginning("session", line, "", today=TODAY))
        assert begun is not None
        assert (begun.said, begun.first_said) == ("Let us come to your meeting", "2026-06-03")
        assert begun.origin == Origin("session", line, "Our Voices", "2026-summer")

        async def unit() -> uuid.UUID:
            me = await an_owner()
            id = await made(by=me, origin=begun.origin, about=begun.about)
            await added(id, by=me, since="Two young people came.")
            await added(id, by=me, state="cannot", cannot="The room is too small for all.")
            return id

        await store.write(unit)
        told = await store.read(lambda: SessionAsk.select().where(SessionAsk.line == uuid.UUID(line)))
        assert [row["happened"] for row in told] == ["Two young people came.\nThe room is too small for all."]
        again = await store.read(lambda: beginning("session", line, "", today=TODAY))
        assert again is not None
        assert again.happened.startswith("Two young people came.")
