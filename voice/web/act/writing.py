"""What the forms of actions share: who may be named, days, and advice on easy words."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from analysis.readability import problem_codes
from voice.actions.checking import ActionProblem
from voice.actions.promise import STATES, State
from voice.people import signing_in
from voice.people.signing_in import SignedIn, is_placeholder
from voice.storage import Store

LARGEST_FORM = 100_000
"""Bytes: five boxes of 2,000 letters, each of which may take nine when a browser writes it."""

BOXES = ("heard", "decided", "cannot", "since", "still", "evidence")


async def who_may_own(store: Store) -> list[SignedIn]:
    """Everybody who can sign in here."""

    async def unit() -> list[SignedIn]:
        made_up = await signing_in.placeholders_may_sign_in()
        return [each for each in await signing_in.members() if made_up or not is_placeholder(each.email)]

    return await store.read(unit)


def owner_in(form: Mapping[str, str]) -> uuid.UUID | None:
    """Raises :class:`ActionProblem`."""
    written = form.get("owner", "")
    try:
        return uuid.UUID(written) if written else None
    except ValueError:
        raise ActionProblem("unknown_owner", "owner") from None


def day_in(form: Mapping[str, str]) -> dt.date | None:
    """Raises :class:`ActionProblem`."""
    written = form.get("due_on", "").strip()
    try:
        return dt.date.fromisoformat(written) if written else None
    except ValueError:
        raise ActionProblem("no_day", "due_on") from None


def state_in(form: Mapping[str, str]) -> State:
    """Raises :class:`ActionProblem`."""
    written = form.get("state", "")
    if written not in STATES:
        raise ActionProblem("unknown_state", "state")
    return written


def advice(words: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """What makes the English in each box hard to read, by its name. It is advice: nothing is held back for it."""
    found = {box: problem_codes(words.get(box, "")) for box in BOXES}
    return {box: codes for box, codes in found.items() if codes}
