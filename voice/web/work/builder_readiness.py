"""The readiness list of a survey, the reasons for what stays, the second look, and publishing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.building import drafting
from surveys.building.asked_before import asked_before
from surveys.building.drafting import NotNow, Reason, SavedMeanwhile, SurveyDraftState
from surveys.building.readiness import Facts, ReadinessProblem, advice, problems, what_is_left
from voice.people import signing_in
from voice.people.partnership import PartnershipInfo
from voice.people.roles import Audience, may_use
from voice.translators import incomplete_languages
from voice.web.forms import fields
from voice.web.pages import built_symbols, person_here
from voice.web.parts import parts_of
from voice.web.work import builder_words
from voice.web.work.builder_bank import in_bank
from voice.web.work.builder_drafts import (
    BUILD,
    READ,
    address_of,
    draft_at,
    draft_page,
    meanwhile_page,
    names,
    not_now_page,
    revision_in,
)

MOST_OF_A_KIND = 12
"""Lines of one group that are shown; the rest is counted."""


class Group(msgspec.Struct, frozen=True):
    """Problems of one question, or of the settings, in one language."""

    concept: str
    language: str
    shown: tuple[ReadinessProblem, ...]
    more: int


class NotReady(Exception):
    """Something on the readiness list is still open."""


async def facts_of(
    draft: SurveyDraftState, partnership: PartnershipInfo, reasons: Mapping[str, Reason], *, today: dt.date
) -> Facts:
    """Runs inside a unit."""
    return Facts(
        identity_mode=draft.identity_mode,
        has_help_contact=bool(partnership.help_phone or partnership.help_email),
        symbols=frozenset(built_symbols()),
        incomplete_languages=incomplete_languages(),
        asked_before=await asked_before(draft.document, today=today),
        accepted=frozenset(reasons),
        bank=await in_bank(draft.document),
        stale=draft.stale,
    )


def grouped(found: tuple[ReadinessProblem, ...]) -> list[Group]:
    """The problems by language and question; those of another language than English come after all others."""
    by: dict[tuple[str, str], list[ReadinessProblem]] = {}
    for each in found:
        language = each.language if each.language != "en" else ""
        by.setdefault((language, "" if language else each.concept), []).append(each)
    return [
        Group(concept, language, tuple(each[:MOST_OF_A_KIND]), max(0, len(each) - MOST_OF_A_KIND))
        for (language, concept), each in sorted(by.items(), key=lambda item: item[0][0])
    ]


@get("/work/builder/{draft:uuid}/readiness", opt=READ)
async def show_readiness(request: Request[Any, Any, Any], draft: FromPath[uuid.UUID]) -> Response[bytes]:
    return await _readiness_page(request, await draft_at(request, draft))


async def _readiness_page(
    request: Request[Any, Any, Any],
    draft: SurveyDraftState,
    *,
    status: int = 200,
    problem: str = "",
    about: str = "",
) -> Response[bytes]:
    """``about`` is the digest of the problem whose reason was not given."""
    parts = parts_of(request)

    async def unit() -> tuple[Facts, dict[str, Reason], uuid.UUID | None]:
        reasons = await drafting.reasons(draft.id)
        facts = await facts_of(draft, parts.partnership, reasons, today=parts.today)
        return facts, reasons, await drafting.last_writer(draft.id)

    facts, reasons, writer = await parts.store.read(unit)
    left = what_is_left(draft.document, facts)
    person = person_here(request)
    builders = await _builders(request)
    return draft_page(
        request,
        "readiness.html",
        draft,
        status=status,
        groups=grouped(left),
        left=len(left),
        advice=grouped(advice(draft.document)),
        accepted=[
            (each, reasons[each.digest])
            for each in problems(draft.document, facts)
            if each.may_stay and each.digest in reasons
        ],
        names=await names(parts),
        only_english_checked=draft.document.edition == "easy_read" and set(draft.document.languages) - {"en"} != set(),
        alone=len(builders) == 1,
        may_review=person.id in builders
        and draft.stage == "in_review"
        and (person.id not in (draft.review_asked_by, writer) or len(builders) == 1),
        wrote_last=person.id == writer != draft.review_asked_by,
        may_take_back=person.id in builders and draft.stage == "in_review",
        problem=problem,
        about=about,
    )


async def _builders(request: Request[Any, Any, Any]) -> set[uuid.UUID]:
    """The members of staff who may build surveys, and so may take the second look."""
    members = await parts_of(request).store.read(signing_in.members)
    return {each.id for each in members if may_use(each.role, Audience.BUILDING)}


@post("/work/builder/{draft:uuid}/readiness", opt=BUILD)
async def go_further(request: Request[Any, Any, Any], draft: FromPath[uuid.UUID]) -> Response[Any]:
    """A reason for what stays, or the next step: a second look, back to writing, published."""
    form = await fields(request)
    if form.get("go") == "reason":
        return await _give_reason(request, draft, form)
    try:
        published = await _step(request, draft, form)
    except NotReady:
        return await _readiness_page(request, await draft_at(request, draft), status=422, problem="not_ready")
    except SavedMeanwhile as meanwhile:
        return await meanwhile_page(request, meanwhile, form, [])
    except NotNow as problem:
        return await not_now_page(request, draft, builder_words.not_now(problem.code))
    then = "/work/rounds" if published else f"{address_of(draft)}/readiness"
    return Redirect(then, status_code=303)


async def _give_reason(request: Request[Any, Any, Any], id: uuid.UUID, form: Mapping[str, str]) -> Response[Any]:
    parts = parts_of(request)
    found = await draft_at(request, id)
    digest, reason = form.get("problem", ""), " ".join(form.get("reason", "").split())
    if not reason:
        return await _readiness_page(request, found, status=422, problem="no_reason", about=digest)

    async def unit() -> None:
        facts = await facts_of(found, parts.partnership, {}, today=parts.today)
        if not any(each.digest == digest and each.may_stay for each in problems(found.document, facts)):
            raise NotFoundException
        await drafting.give_reason(id, digest, reason, by=person_here(request).id, now=parts.clock())

    await parts.store.write(unit)
    return Redirect(f"{address_of(id)}/readiness", status_code=303)


async def _step(request: Request[Any, Any, Any], id: uuid.UUID, form: Mapping[str, str]) -> bool:
    """Takes the step that the button names. Whether the survey is published now."""
    parts = parts_of(request)
    person = person_here(request)
    alone = len(await _builders(request)) == 1
    step = form.get("go")

    async def unit() -> SurveyDraftState:
        draft = await drafting.load_at(id, revision_in(form))
        now = parts.clock()
        if step == "back":
            return await drafting.take_back(draft, by=person.id, now=now)
        facts = await facts_of(draft, parts.partnership, await drafting.reasons(id), today=parts.today)
        if what_is_left(draft.document, facts):
            raise NotReady
        if step == "ask":
            return await drafting.ask_for_review(draft, by=person.id, now=now)
        if step == "publish":
            return await drafting.approve(draft, by=person.id, alone=alone, now=now)
        raise NotFoundException

    try:
        return (await parts.store.write(unit)).stage == "published"
    except drafting.NoSuchDraft as problem:
        raise NotFoundException from problem
