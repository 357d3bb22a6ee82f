"""An action as the rest of the product sees it: what was heard, what was decided, and what came of it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Literal, get_args

import msgspec

from surveys.document import Words

OriginKind = Literal["theme", "disagreement", "session", "summary", "measure", "other"]
State = Literal["planned", "under_way", "done", "cannot", "stopped"]
AboutKind = Literal["theme", "survey", "session", "line", "concept"]

STATES: tuple[State, ...] = get_args(State)
OPEN: tuple[State, ...] = ("planned", "under_way")
"""States in which something is still to be done. The others settle an action."""

SOON = dt.timedelta(days=30)
"""What is due within so many days is due soon."""


class Figures(msgspec.Struct, frozen=True):
    """Numbers as they stood on ``counted_on``: ``n`` of ``of`` people, the share and its 95 % interval (0 to 1).

    Each is ``None`` where it was not known, or hidden because it would tell of fewer people than the floor.
    """

    n: int | None = None
    of: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    counted_on: dt.date | None = None


class Measured(msgspec.Struct, frozen=True):
    """A measure before and after, as evidence that something worked, with the terms they are of."""

    concept: str
    before_term: str
    before: Figures
    after_term: str
    after: Figures


class Origin(msgspec.Struct, frozen=True):
    """Where an action comes from; see ``voice.actions.tables.Action`` for what ``key`` is."""

    kind: OriginKind
    key: str = ""
    name: str = ""
    term: str = ""


class About(msgspec.Struct, frozen=True):
    """Something that an action is about."""

    kind: AboutKind
    key: str


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody added. ``state``, ``due_on``, ``owner`` and ``partner`` are as they stood after it."""

    id: uuid.UUID
    number: int
    written_on: dt.date
    written_by: str
    since: Words
    still: Words
    evidence: Words
    evidence_link: str
    measured: Measured | None
    state: State
    due_on: dt.date | None
    owner: str
    partner: str


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """An action as it stands. ``steps`` are in the order in which they were added.

    ``owner`` is the id of a member who still works here, ``None`` where nobody is named or their access has ended;
    ``owner_email`` is their address, and ``owner_left`` says that somebody has to be found.
    """

    id: uuid.UUID
    origin: Origin
    heard: Words
    figures: Figures | None
    first_said: str
    decided: Words
    cannot: Words
    owner: uuid.UUID | None
    owner_email: str
    owner_left: bool
    partner: str
    due_on: dt.date | None
    state: State
    settled_on: dt.date | None
    made_on: dt.date
    made_by: str
    about: tuple[About, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def days_overdue(self, today: dt.date) -> int:
        """0 for what is not overdue."""
        return max((today - self.due_on).days, 0) if self.is_open and self.due_on else 0

    def is_due_soon(self, today: dt.date) -> bool:
        return self.is_open and self.due_on is not None and today <= self.due_on <= today + SOON

    @property
    def since(self) -> Words:
        """What was said last about what has happened since; ``{}`` where nobody said anything."""
        return next((each.since for each in reversed(self.steps) if each.since), {})

    @property
    def still(self) -> Words:
        """What was said last about what still needs to happen; nothing once the action is settled."""
        return next((each.still for each in reversed(self.steps) if each.still), {}) if self.is_open else {}

    @property
    def proof(self) -> Step | None:
        """The last step with evidence that it worked."""
        return next((each for each in reversed(self.steps) if each.evidence or each.measured), None)
