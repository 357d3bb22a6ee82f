"""Setting the rules aside for one sending: with a reason, by somebody else who is named, and for all leads to see.

Everything async here runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

import msgspec

from surveys.asking_less.tables import RuleOverride
from surveys.invitations import sends
from surveys.invitations.sends import PLANNED, WAITING

ASKED, APPROVED, REFUSED = "asked", "approved", "refused"
LONGEST_REASON = 1000

_broken = msgspec.json.Decoder(dict[str, int])


class Override(msgspec.Struct, frozen=True):
    """``broken`` counts families by rule, as the check said when it was asked for."""

    id: uuid.UUID
    send: uuid.UUID
    survey: str
    families: int
    broken: Mapping[str, int]
    reason: str
    asked_by: uuid.UUID
    asked_on: dt.date
    state: str
    decided_by: uuid.UUID | None
    decided_role: str | None
    decided_on: dt.date | None
    answer: str


class OverrideProblem(Exception):
    """``code`` is ``no_reason``, ``too_long``, ``own`` (nobody approves what they asked for themselves), ``nothing``
    (no rule stands in the way that could be set aside) or ``decided`` (somebody was quicker)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def ask_for(
    send: uuid.UUID, *, survey: str, broken: Mapping[str, int], reason: str, by: uuid.UUID, today: dt.date
) -> None:
    """Asks for an approval; the sending waits for it. Raises :class:`OverrideProblem`, ``NoSuchSend``."""
    if not broken:
        raise OverrideProblem("nothing")
    _check_words(reason)
    await sends.change_state(send, before=(PLANNED,), after=WAITING)
    await RuleOverride.delete().where(RuleOverride.send == send)
    await RuleOverride.insert(
        RuleOverride(
            id=uuid.uuid4(),
            send=send,
            survey=survey,
            families=sum(broken.values()),
            broken=msgspec.json.encode(broken).decode(),
            reason=reason.strip(),
            asked_by=by,
            asked_on=today,
            state=ASKED,
            answer="",
        )
    )


async def decide(override: uuid.UUID, *, approve: bool, answer: str, by: uuid.UUID, role: str, today: dt.date) -> None:
    """Approves or refuses, with the reason for it. The sending can then go out, or be planned otherwise.

    Raises :class:`OverrideProblem`.
    """
    found = await one(override)
    if found is None or found.state != ASKED:
        raise OverrideProblem("decided")
    if found.asked_by == by:
        raise OverrideProblem("own")
    _check_words(answer)
    changed = (
        await RuleOverride.update(
            {
                RuleOverride.state: APPROVED if approve else REFUSED,
                RuleOverride.answer: answer.strip(),
                RuleOverride.decided_by: by,
                RuleOverride.decided_role: role,
                RuleOverride.decided_on: today,
            }
        )
        .where(RuleOverride.id == override, RuleOverride.state == ASKED)
        .returning(RuleOverride.id)
    )
    if not changed:
        raise OverrideProblem("decided")
    await sends.change_state(found.send, before=(WAITING,), after=PLANNED)


async def falls(send: uuid.UUID) -> None:
    """What was decided about a sending holds no longer: it was planned otherwise."""
    await RuleOverride.delete().where(RuleOverride.send == send)


async def of_send(send: uuid.UUID) -> Override | None:
    row = await RuleOverride.select().where(RuleOverride.send == send).first()
    return _override(row) if row else None


async def one(id: uuid.UUID) -> Override | None:
    row = await RuleOverride.select().where(RuleOverride.id == id).first()
    return _override(row) if row else None


async def overrides() -> list[Override]:
    """All of them: those that wait for a decision first, then the newest."""
    rows = await RuleOverride.select().order_by(RuleOverride.asked_on, RuleOverride.id, ascending=False)
    return sorted(map(_override, rows), key=lambda each: each.state != ASKED)


def _override(row: Mapping[str, object]) -> Override:
    return msgspec.convert({**row, "broken": _broken.decode(str(row["broken"]))}, Override)


def _check_words(words: str) -> None:
    if not any(map(str.isalnum, words)):
        raise OverrideProblem("no_reason")
    if len(words) > LONGEST_REASON:
        raise OverrideProblem("too_long")
