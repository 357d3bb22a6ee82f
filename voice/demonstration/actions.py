"""What the invented partnership promised, from themes that its families really speak about."""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec

from surveys.terms import term_of
from voice.actions import making
from voice.actions.checking import NewAction, NewStep
from voice.actions.promise import State
from voice.actions.reading import action
from voice.actions.starting import before_and_after, beginning
from voice.demonstration.forum import LAST_TERM, SAID
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage import Store

_OURS = uuid.UUID("5e551014-0000-4000-8000-000000000100")
THE_MEETING = uuid.uuid5(LAST_TERM, f"card {len(SAID) - 1}")
"""What the youth forum asked the leaders last: whether young people can come to their meeting."""


class Added(msgspec.Struct, frozen=True):
    days_ago: int
    since: str
    still: str = ""
    state: State = "under_way"
    evidence: str = ""
    measure: str = ""


class Invented(msgspec.Struct, frozen=True):
    """``days_ago`` is when it was made, in the term of what was heard; ``due`` is in days from today."""

    kind: str
    key: str
    days_ago: int
    heard: str
    decided: str = ""
    cannot: str = ""
    due: int = 0
    owner: Role = Role.OFFICER
    partner: str = ""
    added: tuple[Added, ...] = ()


ACTIONS = (
    Invented(
        "theme",
        "waiting",
        100,
        heard="Families wait too long for a plan. Nobody tells them why.",
        decided="We will ring every family that waits more than 20 weeks.",
        due=-12,
        partner="Plans team",
        added=(Added(40, "We rang 31 of 58 families.", "Ring the other 27 families."),),
    ),
    Invented(
        "theme",
        "kept_in_touch",
        110,
        heard="Families told us that we did not ring back.",
        decided="Each family has one person to ring. That person rings back in two days.",
        due=-45,
        partner="Family support team",
        added=(
            Added(75, "All families have the name and number of one person.", "Count how often we ring back in time."),
            Added(
                7,
                "We looked at two weeks of calls. We rang back in time for most of them.",
                state="done",
                evidence="We asked families again if we keep them up to date.",
                measure="kept_up_to_date",
            ),
        ),
    ),
    Invented(
        "theme",
        "plan_itself",
        20,
        heard="Families say that plans use hard words.",
        decided="We will write the first page of each plan in easy words.",
        due=20,
        owner=Role.LEAD,
        partner="Plans team",
    ),
    Invented(
        "theme",
        "asking_for_help",
        30,
        heard="Some families want the panel to meet every week.",
        cannot="We cannot meet every week, because the same doctors and teachers sit on other panels too.",
    ),
    Invented(
        "session",
        str(THE_MEETING),
        60,
        heard="Young people asked if they can come to the leaders’ meeting.",
        decided="Two young people will come to each meeting, with somebody they trust.",
        due=25,
        owner=Role.FACILITATOR,
        partner="Millbrook Vale SEND Partnership",
        added=(Added(15, "Two young people came to the meeting in this term.", "Agree who comes to the next one."),),
    ),
)


async def load_actions(store: Store, *, today: dt.date) -> None:
    """Adds what is not there yet. A theme that too few people speak about here has no action."""
    for each in ACTIONS:
        await store.write(lambda each=each: _load(each, today))  # type: ignore[misc]


async def _load(invented: Invented, today: dt.date) -> None:
    id = uuid.uuid5(_OURS, invented.key)
    made_on = today - dt.timedelta(days=invented.days_ago)
    begun = await beginning(invented.kind, invented.key, term_of(made_on), today=made_on)
    if begun is None or (invented.kind == "theme" and begun.figures is None) or await action(id) is not None:
        return
    people = {each.role: each.id for each in await signing_in.members()}
    new = NewAction(
        origin=begun.origin,
        heard=invented.heard,
        decided=invented.decided,
        cannot=invented.cannot,
        owner=None if invented.cannot else people[invented.owner],
        partner=invented.partner,
        due_on=None if invented.cannot else today + dt.timedelta(days=invented.due),
        state="cannot" if invented.cannot else "planned",
        figures=begun.figures,
        first_said=begun.first_said,
        about=begun.about,
    )
    await making.make(id, new, by=people[Role.LEAD], today=made_on)
    for seen, step in enumerate(invented.added):
        measured = await before_and_after(step.measure, made_on, today=today) if step.measure else None
        await making.add(
            id,
            NewStep(
                seen=seen,
                since=step.since,
                still=step.still,
                evidence=step.evidence if measured or not step.measure else "",
                measured=measured,
                state=step.state,
                due_on=new.due_on,
                owner=new.owner,
                partner=new.partner,
            ),
            by=people[invented.owner],
            today=today - dt.timedelta(days=step.days_ago),
        )
