"""The queue: each message is taken up once, tried again when it was certainly not taken, and else left to a person."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from surveys.invitations import marks, opening, queue, registers
from surveys.invitations.queue import LEASE, WAITS, Outcome
from surveys.invitations.tables import Invitation, InvitationMarks, OutgoingMessage, Send
from surveys.invitations.tokens import token_of
from surveys.ledger import choices
from surveys.ledger.tables import Ask
from surveys.tables import Survey
from tests.inviting.invited import NOON, TODAY, invite, open_a_round, person, register_of
from tests.inviting.killed import OnlyMessages
from tests.inviting.test_killed import listening
from voice.capture.open_rounds import OpenRounds
from voice.inviting.working import prepare, work
from voice.people.partnership import PartnershipInfo
from voice.settings import Settings
from voice.storage import Store, open_store

SECRET = b"s" * 32


def desk(store: Store, settings: Settings, *, now: dt.datetime = NOON) -> OnlyMessages:
    return OnlyMessages(settings, store, SECRET, OpenRounds(store), PartnershipInfo("Solihull"), now)


async def sending_to(store: Store, settings: Settings, people: int, **chosen: Any) -> uuid.UUID:
    register = await register_of(store, SECRET, [person(number) for number in range(people)])
    send = await invite(store, SECRET, await open_a_round(store), register, **chosen)
    await prepare(desk(store, settings))
    return send.id


async def claim(store: Store, now: dt.datetime = NOON) -> queue.Claimed | None:
    return await store.write(lambda: queue.claim(("email",), now=now, dialect=store.dialect))


async def states(store: Store) -> Counter[str]:
    return Counter(row["state"] for row in await store.read(lambda: OutgoingMessage.select(OutgoingMessage.state)))


class Unwilling:
    """A mail server that answers to recipients and to letters what a test says; else it takes them."""

    def __init__(self) -> None:
        self.to_recipients = itertools.repeat("250 OK")
        self.to_letters = itertools.repeat("250 OK")
        self.came: list[Any] = []
        self.begun = asyncio.Event()
        self.slowly: asyncio.Event | None = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        said = next(self.to_recipients)
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        said = next(self.to_letters)
        self.begun.set()
        if self.slowly is not None:
            await self.slowly.wait()
        if said == "lost":
            server.transport.abort()
        elif said.startswith("250"):
            self.came.append(envelope)
        return said


@pytest.fixture
async def mail(settings: Settings) -> AsyncIterator[tuple[Unwilling, Settings]]:
    handler = Unwilling()
    async with listening(handler) as port:
        yield handler, msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")


class TestHandingOver:
    async def test_it_lets_two_servers_take_up_each_message_once(self, store: Store, settings: Settings) -> None:
        await sending_to(store, settings, 40)
        other = await open_store(settings) if store.dialect == "postgres" else store
        taken: list[uuid.UUID] = []

        async def server(theirs: Store) -> None:
            while (claimed := await claim(theirs)) is not None:
                taken.append(claimed.id)
                await theirs.write(lambda claimed=claimed: queue.settle(claimed, Outcome("handed_over"), now=NOON))  # type: ignore[misc]

        await asyncio.gather(*(server(each) for each in (store, other, store, other)))
        if other is not store:
            await other.close()
        assert len(taken) == len(set(taken)) == 40
        assert await states(store) == {"handed_over": 40}

    async def test_it_tries_again_what_was_not_taken_and_gives_up_what_never_can_be(
        self, store: Store, mail: tuple[Unwilling, Settings]
    ) -> None:
        server, settings = mail
        await sending_to(store, settings, 3)
        server.to_recipients = itertools.chain(["451 later", "550 no such user"], itertools.repeat("250 OK"))
        server.to_letters = itertools.chain(["554 refused"], itertools.repeat("250 OK"))
        await work(desk(store, settings))
        assert await states(store) == {"waiting": 1, "bounced": 1, "failed": 1}
        await work(desk(store, settings, now=NOON + WAITS[0]))
        assert await states(store) == {"handed_over": 1, "bounced": 1, "failed": 1}
        asks = await store.read(lambda: Ask.select(Ask.outcome))
        assert Counter(ask["outcome"] for ask in asks) == {"none": 2, "bounced": 1}
        [envelope] = server.came
        assert b"Message-ID: <" in envelope.content

    async def test_it_says_that_it_cannot_know_when_the_connection_breaks_under_a_letter(
        self, store: Store, mail: tuple[Unwilling, Settings]
    ) -> None:
        server, settings = mail
        send = await sending_to(store, settings, 2)
        server.to_letters = itertools.chain(["lost"], itertools.repeat("250 OK"))
        await work(desk(store, settings))
        assert await states(store) == {"unknown": 1, "handed_over": 1}
        await work(desk(store, settings, now=NOON + dt.timedelta(days=1)))
        assert await states(store) == {"unknown": 1, "handed_over": 1}
        [lost] = await store.read(lambda: queue.unknown(send))
        await store.write(lambda: queue.decide(send, [lost.id], again=True, now=NOON))
        await work(desk(store, settings))
        assert await states(store) == {"handed_over": 2}

    async def test_it_lets_whoever_finishes_late_not_undo_a_decision(self, store: Store, settings: Settings) -> None:
        send = await sending_to(store, settings, 1)
        slow = await claim(store)
        assert slow is not None
        later = NOON + LEASE + dt.timedelta(seconds=1)
        await work(desk(store, settings, now=later))
        assert await states(store) == {"unknown": 1}
        await store.write(lambda: queue.decide(send, [slow.id], again=True, now=later))
        again = await claim(store, later)
        assert again is not None
        await store.write(lambda: queue.settle(slow, Outcome("failed"), now=later))
        await store.write(lambda: queue.settle(again, Outcome("handed_over"), now=later))
        assert await states(store) == {"handed_over": 1}

    async def test_it_writes_to_nobody_who_said_stop_since_or_whose_details_went(
        self, store: Store, mail: tuple[Unwilling, Settings]
    ) -> None:
        _server, settings = mail
        send = await sending_to(store, settings, 2)
        stopped = person(0).person
        await store.write(lambda: choices.stop(stopped, today=TODAY))
        await work(desk(store, settings))
        assert await states(store) == {"handed_over": 1, "stopped": 1}
        assert len(await store.read(lambda: Ask.select())) == 1
        register = (await store.read(lambda: Send.select(Send.register).where(Send.id == send)))[0]["register"]
        await store.write(lambda: registers.remove(register, today=TODAY))
        assert {
            row["sealed"]
            for row in await store.read(lambda: Invitation.select(Invitation.entry.sealed.as_alias("sealed")))
        } == {""}

    async def test_it_finishes_the_message_it_is_at_before_it_stops(
        self, store: Store, mail: tuple[Unwilling, Settings]
    ) -> None:
        server, settings = mail
        await sending_to(store, settings, 3)
        server.slowly = asyncio.Event()
        working = asyncio.create_task(work(desk(store, settings)))
        await server.begun.wait()
        working.cancel()
        await asyncio.sleep(0)
        server.slowly.set()
        with pytest.raises(asyncio.CancelledError):
            await working
        assert await states(store) == {"handed_over": 1, "waiting": 2}

    async def test_it_keeps_to_the_quiet_hours(self, store: Store, mail: tuple[Unwilling, Settings]) -> None:
        server, settings = mail
        evening = NOON + dt.timedelta(hours=9)
        await sending_to(store, settings, 1, now=evening)
        await work(desk(store, settings, now=evening))
        assert server.came == []
        await work(desk(store, settings, now=NOON + dt.timedelta(hours=21)))
        assert len(server.came) == 1


class TestMarks:
    async def test_it_leaves_no_order_and_no_time_of_who_answered(self, store: Store, settings: Settings) -> None:
        send = await sending_to(store, settings, 30)
        ids = [row["id"] for row in await store.read(lambda: Invitation.select(Invitation.id))]
        for id in ids[:7]:
            await store.write(lambda id=id: opening.note(token_of(SECRET, id), "spent"))  # type: ignore[misc]
        await store.write(lambda: opening.note(token_of(SECRET, ids[20]), "opened"))
        [row] = await store.read(lambda: InvitationMarks.select())
        assert len(row["spent"]) == len(row["opened"]) == len(marks.no_bits(30))
        before = await versions(store)
        await store.write(lambda: marks.settle(send))
        asks = await store.read(lambda: Ask.select(Ask.outcome))
        assert Counter(ask["outcome"] for ask in asks) == {"completed": 7, "opened": 1, "none": 22}
        spent = await store.read(lambda: Invitation.select(Invitation.id).where(Invitation.spent.eq(True)))
        assert {each["id"] for each in spent} == set(ids[:7])
        after = await versions(store)
        if store.dialect == "postgres":
            for table in ("ask", "invitation"):
                assert len(after[table]) == 1, "rows that were marked can be told from the others"
                assert after[table].isdisjoint(before[table])
        else:
            for table in ("ask", "invitation", "invitation_marks"):
                assert after[table] == {"WITHOUT ROWID"}

    async def test_it_marks_an_invitation_once_and_no_other(self, store: Store, settings: Settings) -> None:
        send = await sending_to(store, settings, 9)
        [first, *_others] = await store.read(lambda: Invitation.select().order_by(Invitation.place))
        for _ in range(2):
            await store.write(lambda: opening.note(token_of(SECRET, first["id"]), "spent"))
            await store.write(lambda: opening.note("AAAAAAAAAAAAAAAAAAAAAA", "spent"))
        assert await store.read(lambda: marks.marked(send, "spent")) == {0}
        assert await store.read(lambda: marks.entries_spent([send])) == {first["entry"]}


async def versions(store: Store) -> dict[str, set[str]]:
    """What each row of a table could tell of when it was written: on PostgreSQL the transaction that did."""
    found = {}
    for table in ("ask", "invitation", "invitation_marks"):
        if store.dialect == "postgres":
            rows = await store.read(lambda table=table: Survey.raw(f'SELECT xmin::text AS "told" FROM "{table}"'))  # type: ignore[misc]
            found[table] = {row["told"] for row in rows}
        else:
            rows = await store.read(
                lambda table=table: Survey.raw("SELECT sql FROM sqlite_schema WHERE name = {}", table)  # type: ignore[misc]
            )
            found[table] = {"WITHOUT ROWID" if "WITHOUT ROWID" in rows[0]["sql"] else "in the order of coming"}
    return found
