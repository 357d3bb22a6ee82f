"""Summaries of themes in the making: which of people's own sentences are shown, and what is promised."""

from __future__ import annotations

import logging
import uuid
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.evidence.from_surveys import take_in
from voice.people.roles import Audience
from voice.themes import headings, summaries
from voice.themes.building import InTheMaking, build, to_propose
from voice.themes.excerpts import Excerpt, Released, released, sentence_of, shown, whole
from voice.themes.heard import OWN_WORDS, heard, terms_heard
from voice.themes.naming import theme_names
from voice.themes.numbers import people
from voice.themes.proposing import About, Proposals, Proposed, proposals
from voice.themes.summaries import PARTS, Chosen, Draft, Part, SummaryProblem
from voice.themes.worked_out import coders_agree, often_said
from voice.web import summary_words, theme_words
from voice.web.act import act_words
from voice.web.act.about import actions_here
from voice.web.forms import fields
from voice.web.lead.themes import as_shown
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of

EVIDENCE = {"audience": Audience.EVIDENCE}
MOST_CANDIDATES = 30
MOST_TO_RELEASE = 8
CHOSEN_AT_FIRST = 3
PATIENCE: float | None = 8.0
"""Seconds. It takes one or two, but for a busy machine: the page then comes without proposals, and has them later."""

log = logging.getLogger("voice.web.work")


class Line(msgspec.Struct, frozen=True):
    """A theme in the list of a term; ``people`` speak about it in their own words."""

    theme_id: str
    theme: str
    people: int
    is_drafted: bool
    released: summaries.Summary | None


class Candidate(msgspec.Struct, frozen=True):
    """A released quote about the theme, with its sentence about it, and what it is chosen for so far."""

    voice: uuid.UUID
    text: str
    sentence: str
    language: str
    respondent_kind: str
    said_by: str
    part: str


@get("/work/themes/summaries", opt=EVIDENCE)
async def show_summaries(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    parts.reader.wanted_now()
    await take_in(parts.store)
    known = await parts.store.read(terms_heard)
    term = request.query_params.get("term", known[0] if known else "")
    if known and term not in known:
        raise NotFoundException
    lines = await parts.store.read(lambda: _lines(term, request)) if known else ()
    return page(
        request,
        "work/themes/summaries.html",
        language=language_of(request),
        term=term,
        terms=known,
        lines=lines,
    )


async def _lines(term: str, request: Request[Any, Any, Any]) -> tuple[Line, ...]:
    names = await theme_names()
    voices = [each for each in await heard(term, today=parts_of(request).today) if each.said_by == OWN_WORDS]
    about: dict[str, list[Any]] = {}
    for each in voices:
        for theme_id in each.standing.themes:
            about.setdefault(theme_id, []).append(each)
    drafted = await summaries.drafted(term)
    released_ones = {each.theme_id: each for each in await summaries.newest() if each.term == term}
    ids = dict.fromkeys([*names.in_use, *about])
    lines = [Line(id, names.named(id), people(about.get(id, ())), id in drafted, released_ones.get(id)) for id in ids]
    return tuple(sorted(lines, key=lambda line: -line.people))


@get("/work/themes/summaries/{term:str}/{theme:str}", opt=EVIDENCE)
async def show_summary(request: Request[Any, Any, Any], term: FromPath[str], theme: FromPath[str]) -> Response[bytes]:
    return await _summary_page(request, term, theme)


async def made(request: Request[Any, Any, Any], term: str, theme: str) -> InTheMaking:
    parts = parts_of(request)
    making = await parts.store.read(lambda: build(term, theme, today=parts.today))
    if making is None:
        raise NotFoundException
    return making


async def made_whole(request: Request[Any, Any, Any], term: str, theme: str) -> InTheMaking:
    """With all that a lead sees, part of which other processes work out."""
    store = parts_of(request).store
    making = await made(request, term, theme)
    built = msgspec.structs.replace(
        making.built,
        agreement=await coders_agree(store, term, theme),
        phrases=await often_said(store, making),
    )
    return msgspec.structs.replace(making, built=built)


async def _summary_page(
    request: Request[Any, Any, Any],
    term: str,
    theme: str,
    *,
    status: int = 200,
    problem: str = "",
    typed: Draft | None = None,
) -> Response[bytes]:
    parts = parts_of(request)
    making = await made(request, term, theme)

    async def unit() -> tuple[Any, ...]:
        quotes = await released([each.voice for each in making.quotable], today=parts.today)
        return (
            await to_propose(making, quotes),
            quotes,
            await summaries.draft_of(term, theme),
            await summaries.history_of(term, theme),
            await headings.frameworks(),
        )

    asked, quotes, draft, history, frameworks = await parts.store.read(unit)
    try:
        proposed = await proposals(asked, patience=PATIENCE)
    except RuntimeError:
        log.exception("no sentences could be proposed")
        proposed = Proposed()
    draft = typed or draft or (Draft(history[0].chosen, history[0].promised) if history else None)
    candidates = _candidates(quotes, making, draft, (proposed or Proposed()).released)
    return page(
        request,
        "work/themes/summary.html",
        language=language_of(request),
        status=status,
        problem=problem,
        term=term,
        theme_id=theme,
        making=making,
        built=making.built,
        candidates=candidates,
        more=max(0, len(quotes) - len(candidates)),
        is_proposed=proposed is not None,
        to_release=_to_release(asked.sentences, (proposed or Proposed()).unreleased),
        promised=draft.promised if draft else "",
        history=history,
        filed=headings.headings_of(theme, frameworks),
        parts=PARTS,
        summary_words=summary_words,
        theme_words=theme_words,
        longest=summaries.LONGEST_PROMISE,
        actions=await actions_here(request, "theme", [theme]),
        act_words=act_words,
        today=parts.today,
    )


def _candidates(
    quotes: dict[uuid.UUID, Released], making: InTheMaking, draft: Draft | None, proposed: Proposals
) -> list[Candidate]:
    chosen = _proposed_parts(quotes, proposed) if draft is None else {}
    for each in draft.chosen if draft else ():
        if shown(each.excerpt, quotes) is not None:
            chosen[each.excerpt.voice] = each.part
    order = dict.fromkeys([*chosen, *(voice for voice in proposed.all if voice in quotes), *quotes])
    return [
        Candidate(
            voice=voice,
            text=quote.shown,
            sentence=_words(sentence_of(quote, making.mentions.get(voice)), quote),
            language=quote.language,
            respondent_kind=quote.respondent_kind,
            said_by=quote.said_by,
            part=chosen.get(voice, ""),
        )
        for voice in list(order)[:MOST_CANDIDATES]
        for quote in (quotes[voice],)
    ]


def _words(place: Excerpt, quote: Released) -> str:
    return quote.shown[place.start : place.end]


def _proposed_parts(quotes: dict[uuid.UUID, Released], proposed: Proposals) -> dict[uuid.UUID, Part]:
    """What the machine would choose, of what is released; a person chooses anew."""
    found: dict[uuid.UUID, Part] = {}
    wanted: list[tuple[Part, tuple[uuid.UUID, ...], int]] = [
        ("disagrees", proposed.disagrees, 1),
        ("positive", proposed.positive, 1),
        ("negative", proposed.negative, 1),
        ("typical", proposed.central, 1),
        ("says", proposed.central, CHOSEN_AT_FIRST),
    ]
    for part, voices, most in wanted:
        for voice in [each for each in voices if each in quotes and each not in found][:most]:
            found[voice] = part
    return found


def _to_release(sentences: tuple[About, ...], proposed: Proposals) -> list[About]:
    by_voice = {each.voice: each for each in sentences}
    return [by_voice[voice] for voice in proposed.all][:MOST_TO_RELEASE]


@post("/work/themes/summaries/{term:str}/{theme:str}", opt=EVIDENCE)
async def keep_summary(request: Request[Any, Any, Any], term: FromPath[str], theme: FromPath[str]) -> Response[Any]:
    """Keeps the draft; then comes the preview, or the same page again."""
    parts = parts_of(request)
    making = await made(request, term, theme)
    form = await fields(request)
    quotes = await parts.store.read(lambda: released([each.voice for each in making.quotable], today=parts.today))
    draft = Draft(_chosen(form, quotes, making), form.get("promised", "").replace("\r\n", "\n").strip())
    try:
        await parts.store.write(lambda: summaries.keep_draft(term, theme, draft, frame=making.frame.version))
    except SummaryProblem as problem:
        return await _summary_page(request, term, theme, status=422, problem=problem.code, typed=draft)
    end = "/preview" if form.get("go") == "preview" else ""
    return Redirect(f"{request.url.path}{end}", status_code=303)


def _chosen(form: dict[str, str], quotes: dict[uuid.UUID, Released], making: InTheMaking) -> tuple[Chosen, ...]:
    """What was chosen, in the order of the parts, of quotes that are still released."""
    found = []
    for voice, quote in quotes.items():
        part = form.get(f"use-{voice}", "")
        if part in PARTS:
            place = sentence_of(quote, making.mentions.get(voice)) if part == "says" else whole(quote)
            found.append(Chosen(part, place))
    return tuple(sorted(found, key=lambda each: PARTS.index(each.part)))


@get("/work/themes/summaries/{term:str}/{theme:str}/preview", opt=EVIDENCE)
async def show_preview(request: Request[Any, Any, Any], term: FromPath[str], theme: FromPath[str]) -> Response[bytes]:
    return await _preview_page(request, term, theme)


async def _preview_page(
    request: Request[Any, Any, Any], term: str, theme: str, *, status: int = 200, problem: str = ""
) -> Response[bytes]:
    """The page as a lead will see it, with the button that releases it; or a summary that was released before."""
    parts = parts_of(request)
    person = person_here(request)
    number = request.query_params.get("release", "")
    history = await parts.store.read(lambda: summaries.history_of(term, theme))
    former = next((each for each in history if str(each.number) == number), None)
    if number and former is None:
        raise NotFoundException
    if former is None:
        making = await made_whole(request, term, theme)
        draft = await parts.store.read(lambda: summaries.draft_of(term, theme))
        if draft is None:
            raise NotFoundException
        summary = summaries.Summary(
            term,
            theme,
            making.frame.version,
            0,
            draft.chosen,
            making.built,
            draft.promised,
            person.role.value,
            parts.today,
        )
    else:
        summary = former
    return await as_shown(request, summary, status=status, preview="" if former else "draft", problem=problem)


@post("/work/themes/summaries/{term:str}/{theme:str}/preview", opt=EVIDENCE)
async def release_summary(request: Request[Any, Any, Any], term: FromPath[str], theme: FromPath[str]) -> Response[Any]:
    parts = parts_of(request)
    person = person_here(request)
    making = await made_whole(request, term, theme)
    try:
        await parts.store.write(
            lambda: summaries.release(
                term, theme, making.built, frame=making.frame.version, by=person.id, today=parts.today
            )
        )
    except SummaryProblem as problem:
        if problem.code == "not_released":
            raise NotFoundException from problem
        return await _preview_page(request, term, theme, status=422, problem=problem.code)
    return Redirect(request.url.path.removesuffix("/preview"), status_code=303)
