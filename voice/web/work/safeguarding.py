"""What the partnership has agreed about worries, and how the queue stands: for those who may not read it too."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from voice.languages import LANGUAGES
from voice.people import signing_in
from voice.people.permissions import HOST_ID
from voice.people.roles import Audience, Role
from voice.people.tables import Member
from voice.safeguarding import agreement, help_words, worries
from voice.safeguarding.agreement import FEWEST, MOST, Agreement, AgreementProblem, number_in
from voice.web.forms import fields
from voice.web.pages import page, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import worry_words

CARING = {"audience": Audience.CARING}


@get("/work/safeguarding", opt=CARING)
async def show_safeguarding(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _safeguarding_page(request)


async def _safeguarding_page(
    request: Request[Any, Any, Any], *, typed: Mapping[str, str] | None = None, problem: AgreementProblem | None = None
) -> Response[bytes]:
    parts = parts_of(request)
    person = signed_in(request)
    now = await parts.store.read(agreement.agreement_now)
    members = await parts.store.read(signing_in.members)
    rows = await parts.store.read(lambda: Member.select(Member.id, Member.email))
    return page(
        request,
        "work/safeguarding.html",
        language=language_of(request),
        status=422 if problem else 200,
        now=now,
        earlier=(await parts.store.read(agreement.agreements))[1:],
        counts=await parts.store.read(lambda: worries.counts(parts.today)),
        safeguarding=agreement.who_may_look(members),
        names={row["id"]: row["email"] for row in rows},
        said={code: bool(parts.partnership.help_in(code)) for code in LANGUAGES},
        waiting=await parts.store.read(_waiting_words),
        may_read=person is not None and person.role is Role.SAFEGUARDING,
        may_agree=person is not None and person.organisation == HOST_ID,
        typed=typed or _form_of(now),
        numbers=tuple(MOST),
        fewest=FEWEST,
        most=MOST,
        problem=problem,
        worry_words=worry_words,
    )


def _form_of(now: Agreement) -> dict[str, str]:
    people = {"lead": str(now.lead or ""), "deputy": str(now.deputy or "")}
    return people | {field: str(getattr(now, field)) for field in MOST}


async def _waiting_words() -> frozenset[str]:
    """The languages in which somebody wrote words of help that nobody else has agreed to."""
    found = set()
    for code in LANGUAGES:
        known = await help_words.versions(code)
        if known and known[0].agreed_on is None:
            found.add(code)
    return frozenset(found)


@post("/work/safeguarding", opt=CARING)
async def agree_on_safeguarding(request: Request[Any, Any, Any]) -> Response[Any]:
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    form = await fields(request)
    try:
        agreed = Agreement(
            lead=_person_in(form, "lead"),
            deputy=_person_in(form, "deputy"),
            days_today=number_in(form, "days_today"),
            days_soon=number_in(form, "days_soon"),
            days_week=number_in(form, "days_week"),
            deputy_after=number_in(form, "deputy_after"),
            administrator_after=number_in(form, "administrator_after"),
            months_kept=number_in(form, "months_kept"),
        )
        agreement.check(agreed, await parts.store.read(signing_in.members))
    except AgreementProblem as problem:
        return await _safeguarding_page(request, typed=form, problem=problem)
    await parts.store.write(lambda: agreement.agree(agreed, by=person.id, today=parts.today))
    return Redirect("/work/safeguarding", status_code=303)


def _person_in(form: Mapping[str, str], field: str) -> uuid.UUID | None:
    written = form.get(field, "")
    try:
        return uuid.UUID(written) if written else None
    except ValueError:
        raise AgreementProblem("not_a_lead", field) from None
