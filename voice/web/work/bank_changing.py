"""Adding to the question bank and changing what stands in it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.bank import changing, reading
from surveys.bank.changing import ChangedMeanwhile
from surveys.bank.checking import BankProblem, check_wording
from surveys.bank.concepts import EDITIONS, Concept, Wording
from surveys.document import Edition
from voice.languages import LANGUAGES, SOURCE
from voice.people import signing_in
from voice.people.roles import Audience
from voice.web.forms import fields
from voice.web.parts import parts_of
from voice.web.work import bank_forms
from voice.web.work.bank import (
    concept_asked,
    member_id,
)
from voice.web.work.bank_alike import near
from voice.web.work.bank_changing_pages import about_page, new_page, wording_page
from voice.web.work.bank_word_forms import (
    looks_different,
    with_rows_for,
    wording_fields,
    wording_in,
)


@get("/work/bank/new", opt={"audience": Audience.BUILDING})
async def show_new(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A form for a new question, filled in when it is to follow another (``?follows=``)."""
    before = await _followed(request)
    filled = bank_forms.fields_of(before) if before else {}
    return new_page(request, before, filled)


@post("/work/bank/new", opt={"audience": Audience.BUILDING})
async def add(request: Request[Any, Any, Any]) -> Response[Any]:
    before = await _followed(request)
    form = await fields(request)
    if form.get("go") == "more":
        return new_page(request, before, form)
    parts = parts_of(request)
    known = {each.code: each for each in await parts.store.read(lambda: reading.concepts(retired=True))}
    try:
        concept = bank_forms.concept_in(form, codes=set(known), before=before)
        others = {
            code: each
            for code, each in known.items()
            if not each.is_retired and (before is None or code != before.code)
        }
        alike = await near(request, concept, others)
        if alike and form.get("looked") != "yes":
            problem = BankProblem("ask_nearly_the_same", "alike")
            return new_page(request, before, form, problem=problem, alike=alike, known=others)
        added = await _stored(request, before, concept)
    except BankProblem as problem:
        return new_page(request, before, form, problem=problem)
    return Redirect(f"/work/bank/{added.code}", status_code=303)


async def _stored(request: Request[Any, Any, Any], before: Concept | None, concept: Concept) -> Concept:
    parts, by = parts_of(request), member_id(request)
    if before is None:
        return await parts.store.write(lambda: changing.add(concept, by=by, now=parts.clock()))
    return await parts.store.write(lambda: changing.replace(before.code, concept, by=by, now=parts.clock()))


async def _followed(request: Request[Any, Any, Any]) -> Concept | None:
    """The concept that the new one is to follow. Raises ``NotFoundException`` when it cannot be followed."""
    code = request.query_params.get("follows")
    if code is None:
        return None
    return await concept_asked(request, code)


@get("/work/bank/{concept:str}/words/{edition:str}/{language:str}", opt={"audience": Audience.BUILDING})
async def show_wording(
    request: Request[Any, Any, Any], concept: FromPath[str], edition: FromPath[str], language: FromPath[str]
) -> Response[bytes]:
    known = await concept_asked(request, concept)
    worded_in = _edition(edition, language)
    return wording_page(request, known, worded_in, language, wording_fields(known, worded_in, language))


@post("/work/bank/{concept:str}/words/{edition:str}/{language:str}", opt={"audience": Audience.BUILDING})
async def change_wording(
    request: Request[Any, Any, Any], concept: FromPath[str], edition: FromPath[str], language: FromPath[str]
) -> Response[Any]:
    known = await concept_asked(request, concept)
    worded_in = _edition(edition, language)
    form = await fields(request)
    before = known.wording(worded_in, language)
    wording = wording_in(form, known, before)
    if before and form.get("meaning") == "yes":
        typed = bank_forms.words_of(wording, known, worded_in) if language == SOURCE else {}
        return new_page(request, known, bank_forms.fields_of(known) | typed)
    parts, by = parts_of(request), member_id(request)
    try:
        check_wording(known, wording)
        _say_if_meaning(form, before, wording, language)
        await parts.store.write(
            lambda: changing.change_wording(
                concept, worded_in, language, wording, by=by, now=parts.clock(), seen=form.get("seen", "")
            )
        )
    except BankProblem as problem:
        return wording_page(request, known, worded_in, language, form, problem=problem)
    except ChangedMeanwhile:
        now = await concept_asked(request, concept)
        history, changed_by = await _history(request, concept)
        return wording_page(
            request,
            now,
            worded_in,
            language,
            with_rows_for(now.wording(worded_in, language), form),
            problem=BankProblem("changed_meanwhile", "title"),
            changed=[each for each in history if (each.edition, each.language) == (worded_in, language)][:1],
            changed_by=changed_by,
            status=409,
        )
    return Redirect(f"/work/bank/{concept}", status_code=303)


def _say_if_meaning(form: bank_forms.Fields, before: Wording | None, wording: Wording, language: str) -> None:
    """Raises ``BankProblem`` until somebody has said that changed words still ask the same, looking at what differs."""
    if before is None or before == wording:
        return
    if form.get("meaning") != "no":
        raise BankProblem("say_if_meaning", "meaning")
    if language == SOURCE and looks_different(before, wording) and form.get("looked") != "yes":
        raise BankProblem("looks_different", "looked")


def _edition(edition: str, language: str) -> Edition:
    for known in EDITIONS:
        if known == edition and language in LANGUAGES:
            return known
    raise NotFoundException


@get("/work/bank/{concept:str}/about", opt={"audience": Audience.BUILDING})
async def show_about(request: Request[Any, Any, Any], concept: FromPath[str]) -> Response[bytes]:
    seen = await parts_of(request).store.read(lambda: reading.last_about(concept))  # first: it may only be too old
    known = await concept_asked(request, concept)
    filled = bank_forms.about_fields(known) | bank_forms.offered_fields(known) | {"seen": str(seen)}
    return about_page(request, known, filled)


@post("/work/bank/{concept:str}/about", opt={"audience": Audience.BUILDING})
async def change_about(request: Request[Any, Any, Any], concept: FromPath[str]) -> Response[Any]:
    """Who looks after it, how long it is good, where it is filed; or, with another button, that it is over."""
    known = await concept_asked(request, concept)
    parts, by = parts_of(request), member_id(request)
    form = await fields(request)
    said = form.get("seen", "")
    seen = int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else 0
    try:
        if form.get("go") == "retire":
            await parts.store.write(lambda: changing.retire(concept, by=by, now=parts.clock()))
        else:
            after = bank_forms.about_in(form, bank_forms.offered_in(form, known))
            await parts.store.write(lambda: changing.change_about(after, by=by, now=parts.clock(), seen=seen))
    except BankProblem as problem:
        return about_page(request, known, form, problem=problem)
    except ChangedMeanwhile:
        history, changed_by = await _history(request, concept)
        changed = [each for each in history if each.number > seen and not each.language]
        return about_page(
            request,
            await concept_asked(request, concept),
            {**form, "seen": str(changed[0].number)},
            problem=BankProblem("facts_changed_meanwhile", "changed"),
            changed=changed,
            changed_by=changed_by,
            status=409,
        )
    return Redirect(f"/work/bank/{concept}", status_code=303)


async def _history(
    request: Request[Any, Any, Any], code: str
) -> tuple[list[reading.Change], Callable[[uuid.UUID], str | None]]:
    """What was changed, the newest first, and who each member is."""

    async def unit() -> tuple[list[reading.Change], dict[uuid.UUID, str]]:
        return await reading.history(code), {each.id: each.email for each in await signing_in.members()}

    changes, members = await parts_of(request).store.read(unit)
    return changes, members.get
