"""A youth forum of the invented partnership that is going on now, and one that is planned."""

from __future__ import annotations

import datetime as dt
import uuid

from voice.capture.sessions import cards, planning, running, tablets
from voice.capture.sessions.activities import Activity, choices
from voice.capture.sessions.cards import NewCard
from voice.capture.sessions.planning import Plan
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage import Store

FORUM = uuid.UUID("5e551014-0000-4000-8000-000000000001")
LETS_TALK = uuid.UUID("5e551014-0000-4000-8000-000000000002")

SAID = (
    ("start", "own_words", "A quiet room that is open at lunch", "quiet"),
    ("start", "supported", "Tell us before a teacher changes", ""),
    ("stop", "own_words", "Asking me the same things each time", ""),
    ("stop", "own_words", "Taking us out of fun lessons for help", "sad"),
    ("continue", "proxy", "The bus driver waits for him. That helps.", "bus"),
    ("continue", "own_words", "Friday club", "friends"),
    ("barriers", "own_words", "The lift is broken and I miss science", "barrier"),
    ("barriers", "own_words", "Letters are too hard to read", ""),
)

FORUM_AGENDA = (
    Activity(id="feelings", kind="feelings", title="How do you feel today?"),
    Activity(
        id="board",
        kind="board",
        title="What should change at school?",
        columns=("start", "stop", "continue", "barriers"),
    ),
    Activity(id="dots", kind="dot_vote", title="What matters most? Give your dots.", of="board", dots=3),
    Activity(id="ask", kind="ask_leaders", title="What do you want to ask the leaders?"),
)


async def load_rooms(store: Store, *, secret: bytes, now: dt.datetime) -> None:
    """Adds both sessions where they are not there yet."""

    async def unit() -> None:
        try:
            await planning.load(LETS_TALK)
        except planning.UnknownSession:
            await _forum(secret, now)
            await _lets_talk(secret, now)

    await store.write(unit)


async def _planner() -> uuid.UUID:
    return next(each.id for each in await signing_in.members() if each.role is Role.FACILITATOR)


async def _forum(secret: bytes, now: dt.datetime) -> None:
    plan = Plan(
        title="Millbrook Youth Forum",
        kind="youth_forum",
        forum="Millbrook Youth Forum",
        held_on=now.date(),
        respondent_kind="young_person",
        language="en",
        purpose="What helps at school, and what gets in the way.",
        invited="Members of the forum, by the groups in twelve schools.",
        what_happens_next="The leaders read your report. They answer you within four weeks.",
        setting="Millbrook town hall",
        heard_by="Millbrook Vale SEND Partnership",
    )
    await planning.create(plan, FORUM_AGENDA, by=await _planner(), secret=secret, id=FORUM)
    for step in ("start", "next"):
        session = await planning.load(FORUM)
        await planning.keep_running(session, *running.after(session, step, now=now))
    session = await planning.load(FORUM)
    for number, (column, said_by, text, picture) in enumerate(SAID):
        key = uuid.uuid5(FORUM, f"person {number}")
        await tablets.join(session, str(key), secret=secret, said_by=said_by)
        card = NewCard(
            id=uuid.uuid5(key, "card"),
            activity="board",
            column=column,
            text=text,
            picture=picture,
            language="en",
            said_by=said_by,
            tablet=tablets.id_of(secret, str(key)),
        )
        await cards.add(session, card)
        if number % 2 == 0:
            await cards.unfold(session, card=card.id)


async def _lets_talk(secret: bytes, now: dt.datetime) -> None:
    agenda = (
        Activity(id="feelings", kind="feelings", title="How do you feel today?"),
        Activity(id="listen", kind="i_statement", title="People listen to me."),
        Activity(id="together", kind="i_statement", title="People work together for me."),
        Activity(
            id="first",
            kind="ranking",
            title="What should come first?",
            options=choices("Help with worries\nA place to be quiet\nThings to do with friends"),
        ),
    )
    plan = Plan(
        title="Let’s Talk SEND: feeling well",
        kind="lets_talk",
        held_on=now.date() + dt.timedelta(days=21),
        respondent_kind="young_person",
        language="en",
        purpose="How young people look after their minds, and what they wish for.",
    )
    await planning.create(plan, agenda, by=await _planner(), secret=secret, id=LETS_TALK)
