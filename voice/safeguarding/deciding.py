"""What the safeguarding lead does about a worry: looks into it until another day, closes it, or takes it up again.

Every function here that is async runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, Literal

from cryptography.fernet import InvalidToken

from voice.privacy import forgotten
from voice.safeguarding import contacting, sealing
from voice.safeguarding.agreement import URGENCIES, Urgency, agreement_now
from voice.safeguarding.history import Kind, add, last_number
from voice.safeguarding.tables import Worry
from voice.safeguarding.worries import hold

OUTCOMES = ("passed_on", "told_partner", "talked", "help_given", "cannot_tell", "no_concern")
LONGEST_NOTE = 2000

Act = Literal["note", "looking", "close", "reopen"]
ACTS: tuple[Act, ...] = ("note", "looking", "close", "reopen")

Problem = Literal["changed_meanwhile", "nothing_written", "too_long", "no_outcome", "no_urgency", "not_now", "locked"]


class WorryProblem(Exception):
    def __init__(self, code: Problem, field: str) -> None:
        super().__init__(code)
        self.code = code
        self.field = field


async def act_on(
    id: uuid.UUID,
    act: Act,
    *,
    seen: int,
    note: str,
    choice: str,
    by: uuid.UUID,
    secret: bytes,
    today: dt.date,
) -> None:
    """``choice`` is the outcome of ``close``, and the urgency of ``looking`` and ``reopen``.

    Raises ``NoSuchWorry``, and :class:`WorryProblem`; then nothing is kept.
    """
    row = await hold(id)
    await _check(row, act, seen=seen, note=note, choice=choice)
    sealed = await _sealed_note(row, note, secret, today) if note else ""
    if act == "note":
        await add(id, "noted", "", by=by, today=today, sealed=sealed)
    elif act == "close":
        await close(id, choice, by=by, today=today, sealed=sealed)
    else:
        kind: Kind = "looking" if act == "looking" else "reopened"
        urgency = next(each for each in URGENCIES if each == choice)
        await look_again(id, kind, urgency, state="open", by=by, today=today, sealed=sealed)


async def _sealed_note(row: Mapping[str, Any], note: str, secret: bytes, today: dt.date) -> str:
    """The note under the key of its worry, which gets one of its own where it has none: notes go when the key goes."""
    key = row["key"]
    if not key:
        key, sealed = sealing.new_key(secret, today), ""
        if row["sealed"]:
            words = sealing.opened(row["sealed"], "", secret)
            if words is None:
                raise WorryProblem("locked", "note")
            sealed = sealing.seal(words, key, secret, today)
        await Worry.update({Worry.key: key, Worry.sealed: sealed, Worry.words_gone_on: None}).where(
            Worry.id == row["id"]
        )
    try:
        return sealing.seal(note, key, secret, today)
    except InvalidToken as problem:
        raise WorryProblem("locked", "note") from problem


async def _check(row: dict[str, Any], act: Act, *, seen: int, note: str, choice: str) -> None:
    if await last_number(row["id"]) != seen:
        raise WorryProblem("changed_meanwhile", "note")
    if (act == "reopen") != (row["state"] == "closed") and act != "note":
        raise WorryProblem("not_now", "note")
    if len(note) > LONGEST_NOTE:
        raise WorryProblem("too_long", "note")
    if act == "note" and not note:
        raise WorryProblem("nothing_written", "note")
    if act == "close" and choice not in OUTCOMES:
        raise WorryProblem("no_outcome", "outcome")
    if act in ("looking", "reopen") and choice not in URGENCIES:
        raise WorryProblem("no_urgency", "urgency")


async def close(id: uuid.UUID, outcome: str, *, by: uuid.UUID, today: dt.date, sealed: str = "") -> None:
    await Worry.update({Worry.state: "closed", Worry.outcome: outcome, Worry.closed_on: today}).where(Worry.id == id)
    await add(id, "closed", outcome, by=by, today=today, sealed=sealed)


async def look_again(
    id: uuid.UUID, kind: Kind, urgency: Urgency, *, state: str, by: uuid.UUID, today: dt.date, sealed: str = ""
) -> None:
    """From now on somebody must look by the day that goes with ``urgency``."""
    due_on = (await agreement_now()).due(urgency, today)
    await Worry.update(
        {
            Worry.state: state,
            Worry.outcome: "",
            Worry.closed_on: None,
            Worry.urgency: urgency,
            Worry.due_on: due_on,
        }
    ).where(Worry.id == id)
    await add(id, kind, urgency, by=by, today=today, sealed=sealed)


async def open_contact(id: uuid.UUID, *, by: uuid.UUID, secret: bytes, today: dt.date) -> str | None:
    """How the person wants to be reached. That it was opened is noted in the record of the worry and apart from it,
    before anybody sees it; ``None`` when another secret sealed it. Raises ``NoSuchWorry``."""
    row = await hold(id)
    if not row["contact"]:
        return None
    await add(id, "contact", "", by=by, today=today)
    await contacting.note(worry=id, why="worry", by=by, today=today)
    return sealing.opened_contact(row["contact"], secret)


async def forget_old_words(*, today: dt.date) -> int:
    """Takes away the words of worries that were closed so long ago as was agreed, with the key that opens notes about
    them. The record of what was done stays. Returns how many there were."""
    months = today.year * 12 + today.month - 1 - (await agreement_now()).months_kept
    before = dt.date(months // 12, months % 12 + 1, 1)
    rows = await Worry.select(Worry.id).where(
        Worry.state == "closed", Worry.closed_on < before, Worry.words_gone_on.is_null()
    )
    for row in rows:
        await Worry.update({Worry.key: "", Worry.sealed: "", Worry.contact: "", Worry.words_gone_on: today}).where(
            Worry.id == row["id"]
        )
        await add(row["id"], "words_gone", "", by=None, today=today)
    if rows:
        await forgotten.note("time", "worries", today=today, people=len(rows))
    return len(rows)
