"""Sendings that should go out although the rules say no: a lead approves or refuses, and all leads see it."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.asking_less import overrides
from surveys.asking_less.overrides import OverrideProblem
from surveys.asking_less.spared import spared_in
from surveys.terms import term_of
from voice.people.roles import Audience, may_use
from voice.people.tables import Member
from voice.web.forms import fields
from voice.web.invite import rule_words, send_words
from voice.web.pages import page, person_here, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of


@get("/lead/overrides", opt={"audience": Audience.FINDINGS})
async def show_overrides(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _overrides_page(request)


async def _overrides_page(
    request: Request[Any, Any, Any], *, of: uuid.UUID | None = None, answer: str = "", problem: str = ""
) -> Response[bytes]:
    """``of`` is the one whose decision could not be taken, with the ``answer`` that was typed."""
    parts = parts_of(request)
    known = await parts.store.read(overrides.overrides)
    members = await parts.store.read(lambda: Member.select(Member.id, Member.email))
    documents = {each.survey: await parts.rounds.document_of(each.survey, now=parts.clock()) for each in known}
    person = signed_in(request)
    return page(
        request,
        "lead/overrides.html",
        language=language_of(request),
        status={"": 200, "decided": 409}.get(problem, 422),
        known=known,
        titles={slug: document.title for slug, document in documents.items() if document},
        names={row["id"]: row["email"] for row in members},
        spared=await parts.store.read(lambda: spared_in(term_of(parts.today))),
        may_decide=person is not None and may_use(person.role, Audience.AGREEING),
        me=person.id if person else None,
        of=of,
        answer=answer,
        problem=problem,
        rule_words=rule_words,
        send_words=send_words,
    )


@post("/lead/overrides/{id:uuid}", opt={"audience": Audience.AGREEING})
async def decide_override(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    parts = parts_of(request)
    person = person_here(request)
    if await parts.store.read(lambda: overrides.one(id)) is None:
        raise NotFoundException
    form = await fields(request)
    answer = form.get("answer", "")
    try:
        await parts.store.write(
            lambda: overrides.decide(
                id,
                approve=form.get("go") == "approve",
                answer=answer,
                by=person.id,
                role=person.role.value,
                today=parts.today,
            )
        )
    except OverrideProblem as problem:
        return await _overrides_page(request, of=id, answer=answer, problem=problem.code)
    return Redirect("/lead/overrides", status_code=303)
