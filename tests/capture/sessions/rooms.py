"""Sessions as they are when everybody has gone home."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from voice.capture.sessions import planning
from voice.capture.sessions.activities import Activity, Choice
from voice.capture.sessions.attending import keep_heads
from voice.capture.sessions.planning import Plan, Running
from voice.capture.sessions.tables import SessionCard, SessionTablet, SessionVote

SECRET = b"a secret of thirty-two bytes 012"
DAY = dt.date(2026, 11, 12)

BOARD = Activity(id="board", kind="board", title="What should change?", columns=("start", "stop"))
FEELINGS = Activity(id="feel", kind="feelings", title="How do you feel?")
DOTS = Activity(id="dots", kind="dot_vote", title="What matters most?", of="board", dots=3)
ORDER = Activity(id="order", kind="ranking", title="What first?", options=(Choice("a", "Lunch"), Choice("b", "Buses")))
LEADERS = Activity(id="ask", kind="ask_leaders", title="What do you want to ask?")
AGENDA = (FEELINGS, BOARD, DOTS, ORDER, LEADERS)

TABLET = uuid.uuid5(uuid.NAMESPACE_OID, "tablet")


async def held(
    *, by: uuid.UUID, day: dt.date = DAY, forum: str = "Our Voices", title: str = "Thursday group", **plan: Any
) -> uuid.UUID:
    """A youth forum that has ended, with nobody counted and nothing said yet."""
    made = Plan(
        title=title, kind="youth_forum", held_on=day, respondent_kind="young_person", language="en", forum=forum, **plan
    )
    id = await planning.create(made, AGENDA, by=by, secret=SECRET)
    await planning.keep_running(await planning.load(id), Running(), "ended")
    return id


async def card(session: uuid.UUID, text: str, *, id: uuid.UUID | None = None, **other: Any) -> uuid.UUID:
    id = id or uuid.uuid4()
    values: dict[str, Any] = dict.fromkeys(("picture", "cluster", "media_type"), "") | dict.fromkeys(("file", "tablet"))
    values |= {"activity": "board", "column": "start", "language": "en", "said_by": "own_words", "form": "text"}
    values |= {"place": 0, "revealed": True, "taken_back": False, "tablet": TABLET} | other
    await SessionCard.insert(SessionCard(id=id, session=session, text=text or None, **values))
    return id


async def dots(session: uuid.UUID, option: str, count: int, *, activity: str = "dots", place: int = 0) -> None:
    for _ in range(count):
        await SessionVote.insert(
            SessionVote(
                id=uuid.uuid4(), session=session, activity=activity, option=option, tablet=uuid.uuid4(), place=place
            )
        )


async def a_whole_session(*, by: uuid.UUID) -> tuple[uuid.UUID, dict[str, uuid.UUID]]:
    """One with cards that count and cards that must never be told, and names beside the tablets."""
    id = await held(by=by)
    await SessionTablet.insert(
        SessionTablet(id=TABLET, session=id, key_hash="x", name="Zebedee", said_by="own_words", handed_on=False)
    )
    cards = {
        "staff": await card(id, "More staff at lunch", place=1),
        "quiet": await card(id, "A quiet room", place=2, cluster="Calm"),
        "shout": await card(id, "Shouting", column="stop", place=3, said_by="supported"),
        "folded": await card(id, "My secret", place=4, revealed=False),
        "back": await card(id, "Never mind me", place=5, taken_back=True),
        "ask": await card(id, "When do we hear back?", activity="ask", column="", place=6),
        "heart": await card(id, "", activity="ask", column="", picture="heart", place=7, form="symbols"),
    }
    for number in range(13):
        await card(id, "", activity="feel", column="happy" if number < 12 else "sad", tablet=uuid.uuid4())
    await dots(id, cards["staff"].hex, 5)
    await dots(id, "group:Calm", 9)
    await dots(id, "b", 2, activity="order", place=1)
    await keep_heads(id, {("11_to_15", "young_people"): 14, ("over_25", "staff"): 3})
    return id, cards
