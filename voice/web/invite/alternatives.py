"""What could be done instead of asking: what was said already, another survey, a session, a sample; and what to expect.

Whoever takes one drops the sending, and what families keep by it is counted.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Request, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from analysis.disclosure import FLOOR
from surveys.asking_less import plans
from surveys.asking_less.plans import Plan
from surveys.asking_less.spared import note_spared
from surveys.building.asked_before import SAYS_WHO, AskedBefore, asked_before
from surveys.document import SurveyDocument, Words
from surveys.invitations import sends
from surveys.invitations.sends import PLANNED, NoSuchSend, PlannedSend
from surveys.invitations.tables import RegisterEntry
from surveys.publishing import OpenRound
from surveys.terms import first_day, last_day, term_of
from voice.evidence.heard import terms
from voice.evidence.searching import Search
from voice.fatigue.expecting import Expected, Moment, Sampled, expected, samples
from voice.fatigue.keeping import MODEL, folder_of
from voice.inviting.confirming import Looked, look
from voice.parts import Parts
from voice.people.roles import Audience
from voice.web.forms import fields
from voice.web.invite.calendar import titles_of
from voice.web.parts import parts_of

CARRIES_WITHIN = dt.timedelta(days=60)
FOUR_WEEKS = dt.timedelta(days=28)
MOST_QUESTIONS = 6
MOST_CARRIERS = 3

INSTEAD = {"heard_already": "/work/invitations", "session": "/work/sessions/new"}
"""What can be chosen in the place of a sending, and where it goes on."""


class Heard(msgspec.Struct, frozen=True):
    """So many people have said something about a question; rounded down to tens."""

    concept: str
    title: Words
    people: int


class Carrier(msgspec.Struct, frozen=True):
    """A plan of the same audience that could carry the questions. ``own`` is the plan of this survey, if there is
    one: the two can then be looked at together."""

    plan: Plan
    own: uuid.UUID | None


class Alternatives(msgspec.Struct, frozen=True):
    """``merged`` is what to expect of each carrier, by its plan's id."""

    expected: tuple[Expected, ...]
    merged: dict[str, Expected]
    samples: tuple[Sampled, ...]
    heard: tuple[Heard, ...]
    before: tuple[AskedBefore, ...]
    carriers: tuple[Carrier, ...]
    titles: dict[str, Words]


async def alternatives(parts: Parts, send: PlannedSend, looked: Looked) -> Alternatives:
    round = await parts.rounds.by_id(send.round, now=parts.clock())
    day = max(send.goes_on, parts.today)
    audience = round.document.audience

    async def unit() -> tuple[list[str], tuple[AskedBefore, ...], list[Plan]]:
        families = await _families(send.register, looked)
        before = await asked_before(round.document, today=parts.today)
        return families, before, await plans.plans(since=parts.today)

    families, before, planned = await parts.store.read(unit)
    carriers = carriers_for(planned, survey=round.survey, audience=audience, day=day)
    moments = [*moments_from(day), *(Moment("merged", max(c.plan.opens_on, day), c.plan.survey) for c in carriers)]
    file = folder_of(parts.settings) / MODEL
    heard_in = {(survey, term) for term, survey, people in await terms(parts.store) if people >= FLOOR}
    found = await asyncio.to_thread(expected, file, families, round.survey, moments)
    now = next((each for each in found if each.moment.when == "now"), None)
    merged = [each for each in found if each.moment.when == "merged"]
    return Alternatives(
        expected=tuple(each for each in found if each.moment.when != "merged"),
        merged={str(carrier.plan.id): each for carrier, each in zip(carriers, merged, strict=bool(merged))},
        samples=samples(looked.check.families, now.rate, send.choice.sample) if now else (),
        heard=await _heard(parts, round.document),
        before=tuple(each for each in before if is_another(each, round) and (each.survey, each.term) in heard_in),
        carriers=carriers,
        titles=await titles_of(parts, [carrier.plan.survey for carrier in carriers]),
    )


def moments_from(day: dt.date) -> tuple[Moment, ...]:
    """Now, in four weeks, and when the next term begins, or a week into it when that is sooner."""
    next_term = first_day(term_of(last_day(term_of(day)) + dt.timedelta(days=1))) + dt.timedelta(days=7)
    return Moment("now", day), Moment("in_four_weeks", day + FOUR_WEEKS), Moment("next_term", next_term)


def carriers_for(planned: Sequence[Plan], *, survey: str, audience: str, day: dt.date) -> tuple[Carrier, ...]:
    """What goes to the same people soon, the soonest first. What the law asks for carries nothing else."""
    own = next((plan.id for plan in planned if plan.survey == survey), None)
    fitting = [
        plan
        for plan in planned
        if plan.audience == audience
        and plan.survey != survey
        and not plan.statutory
        and day <= plan.opens_on <= day + CARRIES_WITHIN
    ]
    return tuple(Carrier(plan, own) for plan in fitting[:MOST_CARRIERS])


def is_another(before: AskedBefore, round: OpenRound) -> bool:
    return (before.survey, before.term) != (round.survey, round.term)


async def _families(register: uuid.UUID, looked: Looked) -> list[str]:
    """The families who would get it. Runs inside a unit."""
    wanted = {str(each.entry) for each in looked.found}
    rows = await RegisterEntry.raw('SELECT "id", "family" FROM "register_entry" WHERE "register" = {}', register)
    return sorted({row["family"] for row in rows if str(row["id"]) in wanted})


async def _heard(parts: Parts, document: SurveyDocument) -> tuple[Heard, ...]:
    """The questions about which many have said something already, in the order of the survey."""
    chosen = await parts.bank.chosen(Search(), today=parts.today)
    shelves = await parts.bank.shelves()
    found = []
    for question in document.questions:
        if question.kind not in SAYS_WHO:
            people = shelves.people(chosen & shelves.of("concept", question.concept))
            if people >= FLOOR:
                found.append(Heard(question.concept, question.title, people // FLOOR * FLOOR))
    return tuple(found[:MOST_QUESTIONS])


@post("/work/invitations/{id:uuid}/instead", opt={"audience": Audience.INVITING})
async def take_alternative(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Redirect:
    """The sending is dropped, and what families keep is counted."""
    parts = parts_of(request)
    how = (await fields(request)).get("how", "")
    try:
        send = await parts.store.read(lambda: sends.send_of(id))
    except NoSuchSend:
        raise NotFoundException from None
    if how not in INSTEAD or send.state != PLANNED:
        return Redirect(f"/work/invitations/{id}", status_code=303)
    families = len(await _would_be_asked(parts, send))
    round = await parts.rounds.by_id(send.round, now=parts.clock())

    async def unit() -> None:
        await sends.drop(id)
        await note_spared(
            how,
            survey=round.survey,
            partner="",
            families=families,
            minutes=families * send.minutes,
            today=parts.today,
        )

    try:
        await parts.store.write(unit)
    except NoSuchSend:
        return Redirect("/work/invitations", status_code=303)
    return Redirect(INSTEAD[how], status_code=303)


async def _would_be_asked(parts: Parts, send: PlannedSend) -> list[str]:
    looked = await look(parts, send)
    return await parts.store.read(lambda: _families(send.register, looked))
