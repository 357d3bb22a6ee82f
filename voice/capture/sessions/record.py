"""What a session left behind, as far as a report may know it.

Names, thank-you lists, worries, cards that were taken back and cards that were never unfolded are not in it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from surveys.terms import term_of
from voice.capture.sessions import cards, planning, votes
from voice.capture.sessions.activities import WITH_WORDS, Activity, Choice
from voice.capture.sessions.cards import Card
from voice.capture.sessions.planning import Plan, Stage
from voice.capture.sessions.tables import SessionAttendance
from voice.capture.sessions.votes import Vote, options_of
from voice.evidence.keeping import Form

BOARD_PHOTO = "board-photo"
"""The activity that a photograph of a board on paper belongs to: see ``paper_notes.py``."""


class RecordedCard(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody said on a card that the room has seen. ``group`` is where the room put it, or empty. ``form``
    and ``media_type`` are as in the table ``SessionCard``."""

    id: uuid.UUID
    column: str
    group: str
    text: str
    picture: str
    file: uuid.UUID | None
    language: str
    said_by: str
    form: Form
    media_type: str


class Counted(msgspec.Struct, frozen=True):
    """How often a choice was made: by people, or with dots. ``card`` is the card that it stands for."""

    choice: Choice
    count: int
    card: uuid.UUID | None = None


class RecordedActivity(msgspec.Struct, frozen=True, kw_only=True):
    """``folded`` is how many cards stay private. ``answered`` is how many people chose, gave dots or put in order.

    ``counts`` of a ranking are points: they only say what comes before what.
    """

    activity: Activity
    cards: tuple[RecordedCard, ...] = ()
    counts: tuple[Counted, ...] = ()
    answered: int = 0
    folded: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.cards and not any(each.count for each in self.counts)


class Heads(msgspec.Struct, frozen=True):
    """How many people of an age band and a group were there."""

    age_band: str
    who: str
    people: int


class SessionRecord(msgspec.Struct, frozen=True, kw_only=True):
    id: uuid.UUID
    plan: Plan
    stage: Stage
    planned_by: uuid.UUID
    activities: tuple[RecordedActivity, ...]
    heads: tuple[Heads, ...]

    @property
    def day(self) -> dt.date:
        return self.plan.held_on

    @property
    def term(self) -> str:
        return term_of(self.day)

    @property
    def folded(self) -> int:
        return sum(each.folded for each in self.activities)

    @property
    def age_band(self) -> str:
        """The age band of everybody who was there, when it is one."""
        bands = {each.age_band for each in self.heads if each.people}
        return bands.pop() if len(bands) == 1 else ""


async def load_record(id: uuid.UUID) -> SessionRecord:
    """Runs inside a unit of the store. Raises :class:`voice.capture.sessions.planning.UnknownSession`."""
    session = await planning.load(id)
    said = await cards.cards(id)
    given = await votes.votes(id)
    heads = await SessionAttendance.select().where(SessionAttendance.session == id)
    return SessionRecord(
        id=id,
        plan=session.plan,
        stage=session.stage,
        planned_by=session.planned_by,
        activities=tuple(
            recorded(
                activity,
                [card for card in said if card.activity == activity.id],
                [vote for vote in given if vote.activity == activity.id],
                options_of(session, activity, said),
            )
            for activity in session.agenda
        ),
        heads=tuple(sorted(map(_heads, heads), key=lambda each: (each.who, each.age_band))),
    )


def recorded(
    activity: Activity, said: Sequence[Card], given: Sequence[Vote], options: Sequence[Choice]
) -> RecordedActivity:
    """One activity with what may be told of it: words that were unfolded, and counts of what was chosen."""
    if activity.kind in WITH_WORDS:
        seen = [card for card in said if card.revealed]
        return RecordedActivity(activity=activity, cards=tuple(map(_card, seen)), folded=len(said) - len(seen))
    if activity.kind in ("feelings", "i_statement"):
        chosen = Counter(card.column for card in said)
        return RecordedActivity(
            activity=activity,
            counts=tuple(Counted(Choice(code, code), chosen[code]) for code in activity.places()),
            answered=len({card.tablet or card.id for card in said}),
        )
    points: Counter[str] = Counter()
    for vote in given:
        points[vote.option] += len(options) - vote.place + 1 if activity.kind == "ranking" else 1
    counts = [Counted(choice, points[choice.code], _card_of(choice)) for choice in options]
    if activity.kind != "question":
        counts.sort(key=lambda each: -each.count)
    return RecordedActivity(activity=activity, counts=tuple(counts), answered=len({vote.tablet for vote in given}))


def _card(card: Card) -> RecordedCard:
    return RecordedCard(**{name: getattr(card, name) for name in RecordedCard.__struct_fields__})


def _card_of(choice: Choice) -> uuid.UUID | None:
    try:
        return uuid.UUID(hex=choice.code)
    except ValueError:
        return None


def _heads(row: dict[str, Any]) -> Heads:
    return Heads(row["age_band"], row["who"], row["people"])
