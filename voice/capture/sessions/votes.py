"""Dots, orders and answers to one question: one person each, and never more dots than they have.

Every function that is async runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import msgspec

from voice.capture.sessions.activities import WITH_CARDS, Activity, Choice
from voice.capture.sessions.cards import Card
from voice.capture.sessions.planning import RoomSession
from voice.capture.sessions.tables import SessionVote

LONGEST_LABEL = 200


class VoteProblem(Exception):
    """``code`` is ``over``, ``paused``, ``unknown_activity``, ``unknown_option`` or ``no_dots_left``."""

    def __init__(self, code: str, *, limit: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.limit = limit


class Vote(msgspec.Struct, frozen=True):
    id: uuid.UUID
    activity: str
    option: str
    tablet: uuid.UUID
    place: int


def options_of(session: RoomSession, activity: Activity, cards: Sequence[Card]) -> tuple[Choice, ...]:
    """What an activity is voted on: its own options, or the groups and the single cards that the room has seen."""
    if not activity.of:
        return activity.options
    source = session.activity(activity.of)
    if source is None or source.kind not in WITH_CARDS:
        return ()
    seen = [card for card in cards if card.activity == activity.of and card.revealed]
    groups = dict.fromkeys(card.group for card in seen if card.group)
    single = [Choice(card.id.hex, card.text[:LONGEST_LABEL]) for card in seen if not card.group and card.text]
    return (*(Choice(f"group:{name}", name) for name in groups), *single)


def _check(session: RoomSession, activity: Activity | None, option: str, offered: Sequence[Choice]) -> Activity:
    if session.stage != "running":
        raise VoteProblem("over")
    if session.running.paused:
        raise VoteProblem("paused")
    if activity is None or activity.kind in WITH_CARDS:
        raise VoteProblem("unknown_activity")
    if option not in {choice.code for choice in offered}:
        raise VoteProblem("unknown_option")
    return activity


async def give_dot(
    session: RoomSession, activity_id: str, option: str, offered: Sequence[Choice], *, id: uuid.UUID, tablet: uuid.UUID
) -> bool:
    """Gives a dot, once however often it is sent; returns whether anything changed. Raises :class:`VoteProblem`."""
    activity = _check(session, session.activity(activity_id), option, offered)
    if await SessionVote.exists().where(SessionVote.id == id):
        return False
    given = await SessionVote.count().where(_own(session, activity, tablet))
    if given >= activity.dots:
        raise VoteProblem("no_dots_left", limit=activity.dots)
    await _insert(session, activity, option, tablet, id=id)
    return True


async def take_dot(session: RoomSession, activity_id: str, option: str, *, tablet: uuid.UUID) -> bool:
    activity = session.activity(activity_id)
    if activity is None or not session.takes_cards:
        raise VoteProblem("over" if session.stage != "running" else "paused")
    found = (
        await SessionVote.select(SessionVote.id)
        .where(_own(session, activity, tablet) & (SessionVote.option == option))
        .first()
    )
    if found is None:
        return False
    await SessionVote.delete().where(SessionVote.id == found["id"])
    return True


async def answer(
    session: RoomSession, activity_id: str, option: str, offered: Sequence[Choice], *, tablet: uuid.UUID
) -> None:
    """The one answer of a person to a question, in place of the one before. Raises :class:`VoteProblem`."""
    activity = _check(session, session.activity(activity_id), option, offered)
    await SessionVote.delete().where(_own(session, activity, tablet))
    await _insert(session, activity, option, tablet)


async def rank(
    session: RoomSession, activity_id: str, order: Sequence[str], offered: Sequence[Choice], *, tablet: uuid.UUID
) -> None:
    """One person's whole order, the most important first. Raises :class:`VoteProblem`."""
    codes = [choice.code for choice in offered]
    activity = _check(session, session.activity(activity_id), order[0] if order else "", offered)
    if sorted(order) != sorted(codes):
        raise VoteProblem("unknown_option")
    await SessionVote.delete().where(_own(session, activity, tablet))
    for place, option in enumerate(order, start=1):
        await _insert(session, activity, option, tablet, place=place)


async def votes(session: uuid.UUID, *, tablet: uuid.UUID | None = None) -> list[Vote]:
    query = SessionVote.select().where(SessionVote.session == session)
    if tablet is not None:
        query = query.where(SessionVote.tablet == tablet)
    rows = await query.order_by(SessionVote.place)
    return [Vote(row["id"], row["activity"], row["option"], row["tablet"], row["place"]) for row in rows]


def _own(session: RoomSession, activity: Activity, tablet: uuid.UUID):  # type: ignore[no-untyped-def]
    return (SessionVote.session == session.id) & (SessionVote.activity == activity.id) & (SessionVote.tablet == tablet)


async def _insert(
    session: RoomSession,
    activity: Activity,
    option: str,
    tablet: uuid.UUID,
    *,
    place: int = 0,
    id: uuid.UUID | None = None,
) -> None:
    await SessionVote.insert(
        SessionVote(
            id=id or uuid.uuid4(),
            session=session.id,
            activity=activity.id,
            option=option,
            tablet=tablet,
            place=place,
        )
    )
