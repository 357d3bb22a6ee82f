"""Owners are reminded over real SMTP: once each, ahead, on the day and every week that it is late."""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec
import pytest

from tests.actions.acting import TODAY, added, made
from tests.conftest import Clock
from tests.people.stopping import stopped_on_the_way
from tests.people.test_mail import Letterbox, free_port, letterbox
from voice.actions.reminding import remind_owners, reminders_of
from voice.people import signing_in
from voice.people.mail import MailNotSent, Post
from voice.people.roles import Role
from voice.settings import Settings
from voice.storage import Store

__all__ = ["letterbox"]


class Desk:
    def __init__(self, settings: Settings, store: Store, clock: Clock, port: int) -> None:
        self.settings = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
        self.store = store
        self.clock = clock
        self.post = Post(self.settings)

    def at(self, day: dt.date) -> None:
        self.clock.now = dt.datetime.combine(day, dt.time(9), dt.UTC)


async def due_for_kit() -> uuid.UUID:
    return await made(by=await signing_in.add_member("kit@partnership.test", Role.OFFICER))


async def test_owners_are_reminded_once_each(
    store: Store, settings: Settings, clock: Clock, letterbox: Letterbox
) -> None:
    desk = Desk(settings, store, clock, letterbox.port)
    due = TODAY + dt.timedelta(days=20)

    async def unit() -> tuple[uuid.UUID, uuid.UUID]:
        me = await signing_in.add_member("kit@partnership.test", Role.OFFICER, language="ur")
        await signing_in.add_member("made-up@first-start.invalid", Role.LEAD)
        first = await made(by=me, due_on=due)
        await made(by=me, due_on=due, decided="We will write every plan in easy words.")
        await made(by=me, due_on=due, owner=None, partner="Health")
        await made(by=await signing_in.add_member("x@nowhere.invalid", Role.LEAD), due_on=due)
        await made(by=me, state="done")
        return me, first

    me, first = await store.write(unit)
    sent = []
    for days in (0, 6, 6, 7, 20, 21, 27, 30, 40):
        desk.at(TODAY + dt.timedelta(days=days))
        sent.append(await remind_owners(desk))
    assert sent == [0, 1, 0, 0, 1, 0, 1, 0, 1]
    letter = letterbox.letters[0]
    assert (letter["To"], letter["Content-Language"]) == ("kit@partnership.test", "ur")
    text = letter.get_content()
    assert f"http://testserver.local/work/actions/{first}" in text
    assert "We will write every plan in easy words." in text, "one letter about all that is due"
    kinds = [each.kind for each in await store.read(lambda: reminders_of(first))]
    assert kinds == ["overdue", "overdue", "due", "ahead"]

    await store.write(lambda: added(first, by=me, today=clock.now.date(), since="We rang.", state="done"))
    desk.at(TODAY + dt.timedelta(days=48))
    await remind_owners(desk)
    assert str(first) not in letterbox.letters[-1].get_content(), "what is done needs no reminder"


async def test_a_letter_that_did_not_go_is_tried_again_and_one_in_doubt_is_not(
    store: Store, settings: Settings, clock: Clock, letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = await store.write(due_for_kit)
    with pytest.raises(ExceptionGroup) as waiting:  # so that the job counts as failed
        await remind_owners(Desk(settings, store, clock, free_port()))
    assert waiting.group_contains(MailNotSent)
    assert await store.read(lambda: reminders_of(id)) == ()

    class Stopped(BaseException):
        """The server stops while the letter is on its way."""

    async def stop(*_: object, **__: object) -> None:
        raise Stopped

    desk = Desk(settings, store, clock, letterbox.port)
    with monkeypatch.context() as patch:
        patch.setattr(desk.post, "send", stop)
        with pytest.raises(Stopped):
            await remind_owners(desk)
    assert await remind_owners(desk) == 0
    (in_doubt,) = await store.read(lambda: reminders_of(id))
    assert (in_doubt.kind, in_doubt.sent_on) == ("ahead", None)
    assert letterbox.letters == []


async def test_a_mailbox_that_is_gone_keeps_back_no_other_letter(
    store: Store, settings: Settings, clock: Clock, letterbox: Letterbox
) -> None:
    async def unit() -> None:
        for name in ("a-refused", "kit", "sam"):
            await made(by=await signing_in.add_member(f"{name}@partnership.test", Role.OFFICER))

    await store.write(unit)
    with pytest.raises(ExceptionGroup):
        await remind_owners(Desk(settings, store, clock, letterbox.port))
    assert [each["To"] for each in letterbox.letters] == ["kit@partnership.test", "sam@partnership.test"]


async def test_a_letter_that_is_on_its_way_at_a_stop_arrives_once(
    store: Store, settings: Settings, clock: Clock, letterbox: Letterbox
) -> None:
    id = await store.write(due_for_kit)
    desk = Desk(settings, store, clock, letterbox.port)
    await stopped_on_the_way(desk.post, lambda: remind_owners(desk), desk.post.send)
    assert [each.sent_on for each in await store.read(lambda: reminders_of(id))] == [clock.now.date()]
    assert await remind_owners(desk) == 0
    assert len(letterbox.letters) == 1
