"""The invented youth forum's session of last term, whose report the group has agreed to."""

from __future__ import annotations

import datetime as dt
import uuid

from surveys.terms import first_day, term_of
from voice.capture.sessions import approving, attending, cards, planning, running
from voice.capture.sessions.activities import Activity
from voice.capture.sessions.cards import NewCard
from voice.capture.sessions.planning import Plan
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage import Store

LAST_TERM = uuid.UUID("5e551014-0000-4000-8000-000000000003")
DAYS_BEFORE_THIS_TERM = 45

AGENDA = (
    Activity(id="board", kind="board", title="What should change at school?", columns=("start", "stop", "continue")),
    Activity(id="ask", kind="ask_leaders", title="What do you want to ask the leaders?"),
)
SAID = (
    ("board", "start", "own_words", "Show me the new classroom before I start"),
    ("board", "start", "supported", "Let me bring my own chair"),
    ("board", "stop", "own_words", "Changing the bus without telling us"),
    ("board", "continue", "own_words", "The art group on Mondays"),
    ("board", "continue", "proxy", "He likes the picture timetable"),
    ("ask", "", "own_words", "Why does it take so long to get a plan?"),
    ("ask", "", "own_words", "Can young people come to your meeting?"),
)
HEADS = {("11_to_15", "young_people"): 14, ("16_to_18", "young_people"): 11}


async def load_forum(store: Store, *, secret: bytes, now: dt.datetime) -> None:
    """Adds the session where it is not there yet."""

    async def unit() -> None:
        try:
            await planning.load(LAST_TERM)
        except planning.UnknownSession:
            await _last_term(secret, now)

    await store.write(unit)


async def _last_term(secret: bytes, now: dt.datetime) -> None:
    day = first_day(term_of(now.date())) - dt.timedelta(days=DAYS_BEFORE_THIS_TERM)
    plan = Plan(
        title="Millbrook Youth Forum, last term",
        kind="youth_forum",
        forum="Millbrook Youth Forum",
        held_on=day,
        respondent_kind="young_person",
        language="en",
        purpose="What helps at school, and what gets in the way.",
        setting="Millbrook town hall",
        heard_by="Millbrook Vale SEND Partnership",
    )
    planner = next(each.id for each in await signing_in.members() if each.role is Role.FACILITATOR)
    await planning.create(plan, AGENDA, by=planner, secret=secret, id=LAST_TERM)
    await _step("start", now)
    for number, (activity, column, said_by, text) in enumerate(SAID):
        card = NewCard(
            id=uuid.uuid5(LAST_TERM, f"card {number}"),
            activity=activity,
            column=column,
            text=text,
            language="en",
            said_by=said_by,
        )
        await cards.add(await planning.load(LAST_TERM), card, by_leader=True)
    for each in AGENDA:
        await cards.unfold(await planning.load(LAST_TERM), activity=each.id)
    await attending.keep_heads(LAST_TERM, HEADS)
    await _step("end", now)
    await approving.approve(LAST_TERM, by="the group", permitted="quote", files=(), today=day + dt.timedelta(days=7))


async def _step(step: str, now: dt.datetime) -> None:
    session = await planning.load(LAST_TERM)
    await planning.keep_running(session, *running.after(session, step, now=now))
