"""Letters about worries: to the safeguarding lead when one comes in and when its day has come, to the deputy when it is
late, and to administrators, who may not read it, when it is later still.

A letter says how many there are and nothing of what was said. Each is written down before it is handed over, so that
it goes once. Only where the machine stopped under it, and nobody knows whether it arrived, it goes again: a second
letter does no harm, and a missing one may.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from functools import partial
from typing import Literal, Protocol

import msgspec

from voice.languages import LANGUAGES, SOURCE
from voice.people import signing_in
from voice.people.handing_over import hand_over_each
from voice.people.mail import Post
from voice.people.roles import Role
from voice.people.signing_in import SignedIn, is_placeholder
from voice.safeguarding import flagging
from voice.safeguarding.agreement import Agreement, agreement_now, who_may_look, working_days_after
from voice.safeguarding.history import add
from voice.safeguarding.letters import letter
from voice.safeguarding.tables import WorryReminder
from voice.safeguarding.worries import Line, hold, waiting
from voice.settings import Settings
from voice.storage import Store
from voice.storage.rows import as_day, as_uuid

LetterStep = Literal["new", "due", "late", "deputy", "administrator"]


class Desk(Protocol):
    """What letters need: the parts of the application."""

    @property
    def settings(self) -> Settings: ...

    @property
    def store(self) -> Store: ...

    @property
    def post(self) -> Post: ...

    def clock(self) -> dt.datetime: ...


class Due(msgspec.Struct, frozen=True):
    """A letter whose time has come. ``day`` is what it is about: the day of ``due_on``, or for a new worry the day when
    it was raised."""

    worry: uuid.UUID
    step: LetterStep
    day: dt.date


def steps_now(line: Line, agreement: Agreement, today: dt.date) -> tuple[Due, ...]:
    """The letters that a worry needs by today."""
    found: list[Due] = []
    if line.state == "waiting":
        found.append(Due(line.id, "new", line.raised_on))
    if line.due_on == today != line.raised_on:
        found.append(Due(line.id, "due", line.due_on))
    if line.is_late(today):
        found.append(Due(line.id, "late", line.due_on))
        if today >= working_days_after(line.due_on, agreement.deputy_after):
            found.append(Due(line.id, "deputy", line.due_on))
        if today >= working_days_after(line.due_on, agreement.administrator_after):
            found.append(Due(line.id, "administrator", line.due_on))
    return tuple(found)


def who_is_told(step: LetterStep, agreement: Agreement, members: Sequence[SignedIn]) -> tuple[SignedIn, ...]:
    """Whom a letter goes to among those whom letters reach. Where the person who was named is not among them, the next
    who could look: nobody's leaving may stop it."""
    safeguarding = who_may_look(members)
    administrators = tuple(each for each in members if each.role is Role.ADMINISTRATOR)
    lead = tuple(each for each in safeguarding if each.id == agreement.lead)
    deputy = tuple(each for each in safeguarding if each.id == agreement.deputy)
    others = tuple(each for each in safeguarding if each.id != agreement.lead)
    if step == "administrator":
        return administrators
    if step == "deputy":
        return deputy or others or administrators
    return lead or deputy or others or administrators


async def watch_over_worries(desk: Desk) -> int:
    """Puts what the machine has flagged into the queue and sends the letters that are due; returns how many went.

    Raises an ``ExceptionGroup`` once everybody had their turn; letters that did not go are due again.
    """
    today = desk.clock().date()
    while await desk.store.write(lambda: flagging.put_what_the_machine_flagged(today=today)):
        pass
    to_send = await desk.store.read(lambda: _to_send(desk.settings, today))
    return await hand_over_each(partial(_hand_over, desk, person, due, today) for person, due in to_send)


async def put_back_what_was_left() -> None:
    """Makes letters due again of which nobody knows whether they arrived. Runs inside a unit, while nobody is handing
    any over."""
    await WorryReminder.delete().where(WorryReminder.sent_on.is_null())


async def _hand_over(desk: Desk, person: SignedIn, due: list[Due], today: dt.date) -> bool:
    taken = await desk.store.write(lambda: _take(person.id, due, today))
    if not taken:
        return False
    try:
        language = person.language if person.language in LANGUAGES else SOURCE
        subject, text = letter(
            [each.step for each in taken.values()],
            may_read=person.role is Role.SAFEGUARDING,
            language=language,
            base_url=desk.settings.base_url,
        )
        await desk.post.send(person.email, subject, text, language=language, now=desk.clock())
    except Exception:
        await desk.store.write(lambda: _put_back(list(taken)))
        raise
    await desk.store.write(lambda: _was_sent(person.id, taken, today))
    return True


async def _to_send(settings: Settings, today: dt.date) -> list[tuple[SignedIn, list[Due]]]:
    agreement = await agreement_now()
    needed = [due for line in await waiting() for due in steps_now(line, agreement, today)]
    if not needed:
        return []
    # An address that the first start made up gets letters only in the outbox.
    reached = [each for each in await signing_in.members() if not (settings.smtp_url and is_placeholder(each.email))]
    rows = await WorryReminder.raw(
        'SELECT r."worry" AS "worry", r."member" AS "member", r."step" AS "step", r."due_on" AS "due_on" '
        'FROM "worry_reminder" AS r JOIN "worry" AS w ON w."id" = r."worry" WHERE w."state" <> \'closed\''
    )
    taken = {(as_uuid(row["worry"]), as_uuid(row["member"]), row["step"], as_day(row["due_on"])) for row in rows}
    by_person: dict[uuid.UUID, list[Due]] = {}
    for due in needed:
        for person in who_is_told(due.step, agreement, reached):
            if (due.worry, person.id, due.step, due.day) not in taken:
                by_person.setdefault(person.id, []).append(due)
    return [(person, by_person[person.id]) for person in reached if person.id in by_person]


async def _take(member: uuid.UUID, due: list[Due], today: dt.date) -> dict[uuid.UUID, Due]:
    """Writes down what goes to a member now, by the id of its row; what another process took meanwhile is left out."""
    taken = {}
    for each in due:
        id = uuid.uuid4()
        added = await WorryReminder.raw(
            'INSERT INTO "worry_reminder" ("id", "worry", "member", "step", "due_on", "taken_on") '
            'VALUES ({}, {}, {}, {}, {}, {}) ON CONFLICT DO NOTHING RETURNING "id"',
            id,
            each.worry,
            member,
            each.step,
            each.day,
            today,
        )
        if added:
            taken[id] = each
    return taken


async def _put_back(ids: list[uuid.UUID]) -> None:
    await WorryReminder.delete().where(WorryReminder.id.is_in(ids))


async def _was_sent(member: uuid.UUID, sent: dict[uuid.UUID, Due], today: dt.date) -> None:
    await WorryReminder.update({WorryReminder.sent_on: today}).where(WorryReminder.id.is_in(list(sent)))
    for each in sorted(sent.values(), key=lambda due: due.worry):  # in one order, so that no two wait for each other
        await hold(each.worry)
        await add(each.worry, "told", each.step, by=member, today=today)
