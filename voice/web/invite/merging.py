"""Two plans put together: one survey carries the questions of the other, and families are asked once."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Collection, Sequence
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.asking_less import plans
from surveys.asking_less.merging import Merged, merged
from surveys.asking_less.plans import Plan
from surveys.asking_less.rules import in_force
from surveys.asking_less.spared import note_spared
from surveys.document import SurveyDocument
from surveys.publishing import rounds
from surveys.terms import term_of
from voice.parts import Parts
from voice.people.roles import Audience, may_use
from voice.web.invite import calendar_words
from voice.web.invite.calendar import titles_of
from voice.web.pages import page, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of


def ask_the_same(pairs: Sequence[tuple[str, str]]) -> list[bool]:
    """By their words alone: a plan is looked at in a second, and a person decides."""
    # Brought only now: whoever starts a server need not wait for it.
    from analysis.questions.same_question import Verdict, compare

    return [each.verdict is Verdict.SAME for each in compare(pairs, None)]


async def _plans(parts: Parts, carrier: uuid.UUID, other: uuid.UUID) -> tuple[Plan, Plan]:
    found = [await parts.store.read(lambda id=id: plans.one(id)) for id in (carrier, other)]  # type: ignore[misc]
    if found[0] is None or found[1] is None or carrier == other:
        raise NotFoundException
    return found[0], found[1]


async def _asked_before(parts: Parts) -> Collection[str]:
    """The concepts that were asked in a term before this one."""
    now = term_of(parts.today)
    known = await parts.store.read(rounds)
    return {question.concept for round in known if round.term != now for question in round.document.questions}


async def _merged(
    parts: Parts, first: Plan, second: Plan
) -> tuple[Merged | None, SurveyDocument | None, SurveyDocument | None]:
    """``None`` where the questions of one of them are not known here."""
    documents = [await parts.rounds.document_of(plan.survey, now=parts.clock()) for plan in (first, second)]
    carrier, other = documents
    if carrier is None or other is None:
        return None, carrier, other
    series = await _asked_before(parts)
    made = await asyncio.to_thread(
        merged,
        carrier,
        other,
        families=(first.families, second.families),
        same=ask_the_same,
        has_series=lambda concept: concept in series,
    )
    return made, carrier, other


@get("/work/calendar/{carrier:uuid}/with/{other:uuid}", opt={"audience": Audience.SURVEYS})
async def show_merged(
    request: Request[Any, Any, Any], carrier: FromPath[uuid.UUID], other: FromPath[uuid.UUID]
) -> Response[bytes]:
    parts = parts_of(request)
    first, second = await _plans(parts, carrier, other)
    made, document, other_document = await _merged(parts, first, second)
    person = signed_in(request)
    return page(
        request,
        "invite/merge.html",
        language=language_of(request),
        first=first,
        second=second,
        merged=made,
        document=document,
        other_document=other_document,
        titles=await titles_of(parts, [first.survey, second.survey]),
        rules=(await parts.store.read(in_force)).rules,
        calendar_words=calendar_words,
        may_plan=person is not None and may_use(person.role, Audience.INVITING),
    )


@post("/work/calendar/{carrier:uuid}/with/{other:uuid}", opt={"audience": Audience.INVITING})
async def merge_plans(
    request: Request[Any, Any, Any], carrier: FromPath[uuid.UUID], other: FromPath[uuid.UUID]
) -> Redirect:
    """The other survey is not sent: its plan is given up, and what families are spared is counted."""
    parts = parts_of(request)
    first, second = await _plans(parts, carrier, other)
    made, _document, _other = await _merged(parts, first, second)
    if made is None:
        raise NotFoundException

    async def unit() -> None:
        await plans.drop(second.id, today=parts.today)
        await note_spared(
            "merged",
            survey=second.survey,
            partner=second.partner,
            families=made.families,
            minutes=made.families * made.saved,
            today=parts.today,
        )

    await parts.store.write(unit)
    return Redirect(f"/work/calendar#plan-{first.id}", status_code=303)
