"""From a planned sending to the queue: who would get it, how, and who is left out for which reason."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping

import msgspec

from surveys.asking_less.checking import NO_OVERRIDE
from surveys.asking_less.presending import PreSendCheck, check_send, survey_of
from surveys.asking_less.spared import note_spared
from surveys.asking_less.tables import RuleOverride
from surveys.invitations import reached, sends
from surveys.invitations.candidates import is_anonymous
from surveys.invitations.reached import Addressee, Reached
from surveys.invitations.reaching import Sealing
from surveys.invitations.sends import PlannedSend
from surveys.ledger.tables import ContactPerson
from voice.inviting.working import Desk, usable_ways

NOT_REACHED, NOT_DRAWN = "not_reached", "not_drawn"


class Looked(msgspec.Struct, frozen=True):
    """Who gets a sending. ``left_out`` counts people by a reason of ``asking_less/checking.py``, by ``NOT_REACHED`` for
    those without a way that could be used, and by ``NOT_DRAWN`` for those outside the sample."""

    found: tuple[Reached, ...]
    left_out: Mapping[str, int]
    check: PreSendCheck

    @property
    def by_way(self) -> dict[str, int]:
        return dict(sorted(Counter(each.way for each in self.found).items()))

    @property
    def by_language(self) -> dict[str, int]:
        return dict(Counter(each.language for each in self.found).most_common())


class _Read(msgspec.Struct, frozen=True):
    check: PreSendCheck
    overridden: bool
    addressees: tuple[Addressee, ...]
    ways: Mapping[str, str]
    languages: Mapping[str, str]


async def look(desk: Desk, send: PlannedSend) -> Looked:
    today = desk.clock().date()

    async def unit() -> _Read:
        check = await check_send(send.id, today=today)
        override = await RuleOverride.exists().where(RuleOverride.send == send.id, RuleOverride.state == "approved")
        chosen = await ContactPerson.select(ContactPerson.person, ContactPerson.way, ContactPerson.language).where(
            ContactPerson.changed_on.is_not_null()
        )
        return _Read(
            check=check,
            overridden=override,
            addressees=tuple(await reached.addressees(send.register)),
            ways={row["person"]: row["way"] for row in chosen if row["way"]},
            languages={row["person"]: row["language"] for row in chosen if row["language"]},
        )

    read = await desk.store.read(unit)
    usable = usable_ways(desk.settings)
    if send.follows is not None and await desk.store.read(lambda: is_anonymous(send.round)):
        usable -= {"letter"}  # whoever prints reminders would see by the names who has answered
    return await asyncio.to_thread(_looked, read, send, Sealing(desk.secret), usable)


def _looked(read: _Read, send: PlannedSend, sealing: Sealing, usable: frozenset[str]) -> Looked:
    lifted = {entry for entry, reason in read.check.left_out.items() if read.overridden and reason not in NO_OVERRIDE}
    left_out = Counter(reason for entry, reason in read.check.left_out.items() if entry not in lifted)
    found, missed = reached.reached(
        read.addressees,
        lifted.union(read.check.asked),
        way=send.way,
        ways_chosen=read.ways,
        languages_chosen=read.languages,
        sealing=sealing,
        usable=usable,
    )
    drawn = reached.sampled(found, size=send.choice.sample, seed=send.choice.seed)
    left_out[NOT_REACHED] += missed
    left_out[NOT_DRAWN] += len(found) - len(drawn)
    return Looked(tuple(drawn), {reason: number for reason, number in left_out.items() if number}, read.check)


async def confirm(desk: Desk, id: uuid.UUID) -> int:
    """Puts a sending into the queue, for those alone who may be asked now. Returns how many those are.

    Raises ``NoSuchSend`` when somebody confirmed or dropped it before.
    """
    send = await desk.store.read(lambda: sends.send_of(id))
    looked = await look(desk, send)
    made = await asyncio.to_thread(sends.made_invitations, looked.found, desk.secret)

    async def unit() -> None:
        await sends.begin(send, made, left_out=looked.left_out, now=desk.clock())
        await _note_spared(send, looked, today=desk.clock().date())

    await desk.store.write(unit)
    return len(made)


async def _note_spared(send: PlannedSend, looked: Looked, *, today: dt.date) -> None:
    """What people keep because of the rules, of what they chose, and of a sample. Runs inside a unit."""
    survey, _audience = await survey_of(send.round)
    how_many: Counter[str] = Counter()
    for reason, people in looked.left_out.items():
        how_many[_SPARED.get(reason, "")] += people
    for how in ("rules", "chosen_not", "sample"):
        await note_spared(
            how,
            survey=survey,
            partner="",
            families=how_many[how],
            minutes=how_many[how] * send.minutes,
            today=today,
            send=send.id,
        )


_SPARED = {
    **dict.fromkeys(("sensitive_time", "too_many_reminders", "too_recent"), "rules"),
    **dict.fromkeys(("too_many_asks", "too_many_minutes", "another_goes_first"), "rules"),
    **dict.fromkeys(("stopped", "not_now", "own_pace"), "chosen_not"),
    NOT_DRAWN: "sample",
}
