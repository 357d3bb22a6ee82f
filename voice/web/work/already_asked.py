"""Already asked? What is known before a question or a session is planned, and why something is asked anyway."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from analysis.disclosure import FLOOR
from surveys.bank import reading, results, searching
from surveys.bank.concepts import Concept
from surveys.bank.results import TermResult
from surveys.building import drafting
from surveys.building.drafting import NoSuchDraft, Reason
from surveys.document import Words
from voice.capture.sessions.tables import Session
from voice.evidence.already import already_known
from voice.evidence.searching import Search
from voice.languages import SOURCE
from voice.people.roles import Audience, Role, may_use
from voice.people.signing_in import SignedIn
from voice.web import voice_words
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import bank_words
from voice.web.work.bank import sums_shown_elsewhere
from voice.web.work.voices import reader_of, search_in

MOST_QUESTIONS = 8
MOST_RESULTS = 6
LONGEST_REASON = 500


class Plan(msgspec.Struct, frozen=True):
    """The survey or session that somebody is planning. ``reason`` is why it asks anyway; empty while nobody said."""

    name: str
    id: uuid.UUID
    title: Words
    reason: str

    @property
    def address(self) -> str:
        return f"/work/builder/{self.id}/add" if self.name == "draft" else f"/work/sessions/{self.id}"


@get("/work/already-asked", opt={"audience": Audience.VOICES})
async def show_already_asked(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _page(request, request.query_params)


async def _page(
    request: Request[Any, Any, Any], given: Mapping[str, str], *, status: int = 200, problem: bool = False
) -> Response[bytes]:
    parts = parts_of(request)
    language = language_of(request)
    asked = search_in(request)
    asked = Search(words="" if asked.concept else asked.words, concept=asked.concept)
    known = (
        await already_known(parts.store, parts.bank, asked, reader_of(request), today=parts.today)
        if asked.concept or asked.words
        else None
    )

    async def unit() -> tuple[Plan | None, Concept | None, list[TermResult], list[Concept]]:
        plan = await _plan(person_here(request), given, asked)
        concept = await reading.concept(asked.concept) if asked.concept else None
        shown = concept is not None and may_use(person_here(request).role, Audience.FINDINGS)
        answers = await results.results(concept, apart=sums_shown_elsewhere(concept)) if concept and shown else []
        codes = await searching.search(asked.words) if asked.words else set()
        bank = await reading.concepts(languages={language, SOURCE}) if codes else []
        return plan, concept, answers, [each for each in bank if each.code in codes][:MOST_QUESTIONS]

    plan, concept, answers, alike = await parts.store.read(unit)
    return page(
        request,
        "work/voices/already_asked.html",
        language=language,
        status=status,
        asked=asked,
        known=known,
        plan=plan,
        may_plan=plan is not None and _may_plan(person_here(request), plan),
        concept=concept,
        answers=answers[:MOST_RESULTS],
        alike=alike,
        problem=problem,
        told=voice_words,
        bank_words=bank_words,
        floor=FLOOR,
    )


@post("/work/already-asked", opt={"audience": Audience.FACILITATING})
async def ask_anyway(request: Request[Any, Any, Any]) -> Response[Any]:
    """Keeps the reason why the plan that the address names asks what is known already."""
    parts, person = parts_of(request), person_here(request)
    given = request.query_params
    asked = search_in(request)
    plan = await parts.store.read(lambda: _plan(person, given, asked))
    if plan is None or not _may_plan(person, plan):
        raise NotFoundException
    reason = " ".join((await fields(request)).get("reason", "").split())[:LONGEST_REASON]
    if not reason:
        return await _page(request, given, status=422, problem=True)

    async def unit() -> None:
        if plan.name == "draft":
            await drafting.give_reason(plan.id, digest(asked), reason, by=person.id, now=parts.clock())
        else:
            await Session.update({Session.asked_anyway: reason}).where(Session.id == plan.id)

    await parts.store.write(unit)
    return Redirect(f"{request.url.path}?{request.url.query}", status_code=303)


def digest(asked: Search) -> str:
    """What a reason is about: the same words or concept, asked by the same survey."""
    about = f"already asked: {asked.concept or asked.words.casefold()}"
    return hashlib.blake2b(about.encode(), digest_size=16).hexdigest()


async def _plan(person: SignedIn, given: Mapping[str, str], asked: Search) -> Plan | None:
    """The plan that the address names, when this person may see it. Runs inside a unit."""
    if draft := _id(given.get("draft", "")):
        if not may_use(person.role, Audience.SURVEYS):
            return None
        try:
            found = await drafting.load(draft)
        except NoSuchDraft:
            return None
        said: Reason | None = (await drafting.reasons(draft)).get(digest(asked))
        return Plan("draft", draft, found.document.title, said.reason if said else "")
    if session := _id(given.get("session", "")):
        row = await Session.select().where(Session.id == session).first()
        if row is None or (person.role is Role.FACILITATOR and row["planned_by"] != person.id):
            return None
        return Plan("session", session, {row["language"]: row["title"]}, row["asked_anyway"])
    return None


def _may_plan(person: SignedIn, plan: Plan) -> bool:
    return may_use(person.role, Audience.BUILDING if plan.name == "draft" else Audience.FACILITATING)


def _id(written: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(written)
    except ValueError:
        return None
