"""The queue at work: what was confirmed is prepared, what is due is handed over, receipts are written down."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import uuid
from collections.abc import Mapping
from functools import partial
from typing import Protocol

from surveys.asking_less import rules as agreed
from surveys.invitations import marks, queue, replies, sends
from surveys.invitations.preparing import prepare_some
from surveys.invitations.queue import Claimed, Outcome
from surveys.invitations.quiet_hours import may_go
from surveys.invitations.reaching import Contact, Sealing
from surveys.invitations.registers import register
from surveys.invitations.tokens import token_of
from surveys.ledger.choices import address_for
from surveys.publishing import OpenRound
from voice import languages
from voice.capture.open_rounds import OpenRounds
from voice.inviting import words
from voice.inviting.handing import Letter, Way
from voice.inviting.mail import MailServer, Outbox
from voice.inviting.words import Asked
from voice.people.partnership import PartnershipInfo
from voice.settings import Settings
from voice.storage import Store

log = logging.getLogger("voice.inviting")


class Desk(Protocol):
    """What the queue works with: the parts of the application."""

    @property
    def settings(self) -> Settings: ...

    @property
    def store(self) -> Store: ...

    @property
    def secret(self) -> bytes: ...

    @property
    def rounds(self) -> OpenRounds: ...

    @property
    def partnership(self) -> PartnershipInfo: ...

    def clock(self) -> dt.datetime: ...


def usable_ways(settings: Settings) -> frozenset[str]:
    """The ways that are set up: letters always are."""
    ways = {"letter"}
    if settings.smtp_url or settings.development or (settings.notify_key and settings.notify_email_template):
        ways.add("email")
    if settings.notify_key and settings.notify_text_template:
        ways.add("text")
    return frozenset(ways)


def ways_out(desk: Desk) -> dict[str, Way]:
    settings, now = desk.settings, desk.clock()
    if settings.notify_key:
        from voice.inviting.notify import Notify  # brings httpx, for which every start would wait
    made: dict[str, Way] = {}
    usable = usable_ways(settings)
    if "email" in usable:
        if settings.notify_key and settings.notify_email_template:
            made["email"] = Notify(settings, "email", clock=desk.clock)
        else:
            made["email"] = MailServer(settings, now=now) if settings.smtp_url else Outbox(settings, now=now)
    if "text" in usable:
        made["text"] = Notify(settings, "sms", clock=desk.clock)
    return made


async def work(desk: Desk) -> int:
    """One round of the queue. Returns how many messages were handed over."""
    await prepare(desk)
    ways = ways_out(desk)
    try:
        await look_after_what_was_left(desk, ways)
        rules = (await desk.store.read(agreed.in_force)).rules
        done = 0
        if may_go(desk.clock(), rules):
            done = sum(await asyncio.gather(*(_hand_over_all(desk, way, at) for way, at in ways.items())))
        await _look_for_receipts(desk, ways)
    finally:
        for way in ways.values():
            await way.close()
    await desk.store.write(queue.finish)
    return done


async def keep_invitations_tidy(desk: Desk) -> None:
    """What was opened and spent reaches the ledger, for whole sendings at once; what was kept long enough goes."""
    for send in await desk.store.read(marks.unsettled):
        await desk.store.write(lambda send=send: marks.settle(send))  # type: ignore[misc]
    await desk.store.write(lambda: queue.clear_old(now=desk.clock()))
    await desk.store.write(lambda: replies.clear_old(today=desk.clock().date()))


async def prepare(desk: Desk) -> None:
    """The ledger learns of what was confirmed."""
    for send in await desk.store.read(lambda: sends.in_state(sends.PREPARING)):
        round = await desk.rounds.by_id(send.round, now=desk.clock())
        rules = (await desk.store.read(agreed.in_force)).rules
        partner = (await desk.store.read(lambda send=send: register(send.register))).partner  # type: ignore[misc]
        some = partial(
            prepare_some, send, survey=round.survey, partner=partner, rules=rules, now=desk.clock(), secret=desk.secret
        )
        while await desk.store.write(some):
            pass


async def _hand_over_all(desk: Desk, way: str, out: Way) -> int:
    """Hands over what is due by one way, one message after the other: what came of one is written with taking up the
    next."""
    store, done = desk.store, 0
    dialect = store.dialect
    claimed = await store.write(lambda: queue.claim((way,), now=desk.clock(), dialect=dialect))
    while claimed is not None:
        handing = asyncio.ensure_future(_handed_over(desk, claimed, out))
        try:
            outcome = await asyncio.shield(handing)
        except asyncio.CancelledError:
            # The server is stopped by somebody who can wait for one message: then what came of it is known.
            await store.write(partial(queue.settle, claimed, await handing, now=desk.clock()))
            raise
        done += outcome.state == "handed_over"

        async def next_one(claimed: Claimed = claimed, outcome: Outcome = outcome) -> Claimed | None:
            await queue.settle(claimed, outcome, now=desk.clock())
            waits = outcome.problem in ("no_server", "too_many", "not_allowed")
            return None if waits else await queue.claim((way,), now=desk.clock(), dialect=dialect)

        claimed = await store.write(next_one)
    return done


async def _handed_over(desk: Desk, claimed: Claimed, out: Way) -> Outcome:
    try:
        if claimed.leave_out:
            return Outcome(claimed.leave_out, "asked_to_stop" if claimed.leave_out == "stopped" else "")
        if await round_now(desk.rounds, claimed.round, now=desk.clock()) is None:
            return Outcome("stopped", "closed")
        letter = await letter_of(desk, claimed)
        if letter is None:
            return Outcome("stopped", "no_contact")
        if claimed.attempt > 1:
            known = await out.find(claimed.id)
            if known is not None and known.state != "waiting":
                return known
        async with asyncio.timeout(queue.LEASE.total_seconds() / 2):
            return await out.hand_over(letter)
    except Exception:
        # What the message says, and to whom, is not written into a log.
        log.error("a message could not be handed over, and nobody knows whether it was")
        return Outcome("unknown", "connection_lost")


async def round_now(rounds: OpenRounds, id: uuid.UUID, *, now: dt.datetime) -> OpenRound | None:
    """The round, or the one that goes on with it in a new term; ``None`` when it cannot be answered today."""
    asked = await rounds.by_id(id, now=now)
    found = [asked, *(each for each in await rounds.with_link(now=now) if each.survey == asked.survey)]
    return next((each for each in found if each.link and each.is_open(now.date())), None)


async def letter_of(desk: Desk, claimed: Claimed) -> Letter | None:
    """The message in its words; ``None`` when the contact details are gone."""
    contact = Sealing(desk.secret).contact(claimed.sealed) if claimed.sealed else None
    to = (contact or Contact()).email if claimed.way == "email" else (contact or Contact()).mobile
    if not to:
        return None
    asked = await asked_of(desk, claimed)
    languages.speak(claimed.language)
    text = words.e_mail(asked) if claimed.way == "email" else words.text_message(asked)
    return Letter(claimed.id, to, words.subject(asked), text, claimed.language, asked.choices)


async def asked_of(desk: Desk, claimed: Claimed) -> Asked:
    """What somebody is asked, with the links that are theirs alone."""
    now = desk.clock()
    round = await round_now(desk.rounds, claimed.round, now=now) or await desk.rounds.by_id(claimed.round, now=now)
    base = desk.settings.base_url
    return Asked(
        who=desk.partnership.name,
        title=round.document.title,
        kind=claimed.kind,
        minutes=claimed.minutes,
        closes_on=round.closes_on,
        link=f"{base}/i/{token_of(desk.secret, claimed.invitation)}",
        choices=f"{base}{address_for(desk.secret, claimed.person)}",
        can_reply=bool(desk.settings.intake_address and desk.settings.intake_port),
    )


async def look_after_what_was_left(desk: Desk, ways: Mapping[str, Way]) -> None:
    """What a server was at when it stopped: asked of who can tell, and else for a person to decide."""
    for each in await desk.store.read(lambda: queue.left_behind(now=desk.clock())):
        out = ways.get(each.way)
        known = await out.find(each.id) if out is not None else None
        outcome = known or Outcome("unknown", "machine_stopped")
        await desk.store.write(lambda each=each, outcome=outcome: queue.settle(each, outcome, now=desk.clock()))  # type: ignore[misc]


async def _look_for_receipts(desk: Desk, ways: Mapping[str, Way]) -> None:
    if not desk.settings.notify_key:
        return
    from voice.inviting.notify import Notify

    for way, out in ways.items():
        if isinstance(out, Notify):
            ids = await desk.store.read(lambda way=way: queue.without_receipt(way, now=desk.clock()))  # type: ignore[misc]
            found = await out.receipts(list(ids))
            await desk.store.write(lambda ids=ids, found=found: _note_receipts(ids, found, desk.clock()))  # type: ignore[misc]


async def _note_receipts(ids: Mapping[str, uuid.UUID], found: Mapping[str, Outcome], now: dt.datetime) -> None:
    for id, message in ids.items():
        if id in found:
            await queue.received(message, found[id], now=now)
        else:
            await queue.look_later(message, now=now)
