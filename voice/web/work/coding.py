"""Deciding on themes: one voice at a time, the least sure first, with the keyboard or without."""

from __future__ import annotations

import uuid
from typing import Any, cast, get_args
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from voice.evidence.translated import Translated, translations_of
from voice.people import signing_in
from voice.people.roles import Audience
from voice.themes import campaigns, coding, deciding, gain
from voice.themes.coding import Asked, CodedVoice, Listed, Which
from voice.themes.copies import look_again
from voice.themes.deciding import Choice, DecisionProblem
from voice.themes.frames import Frame, frame_in_use
from voice.themes.gain import Gain, OfTerm
from voice.themes.marking import marked
from voice.web import theme_words
from voice.web.pages import page, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import coding_words
from voice.web.work.voices import reader_of

A_LIST = 12
YES_OR_NO = ("yes", "no")


class Form(msgspec.Struct, frozen=True):
    """What is ticked in the form of a voice. ``none`` says that no theme fits."""

    themes: tuple[str, ...] = ()
    none: bool = False
    other: str = ""
    sentiment: str = ""
    urgent: str = ""
    quotable: bool = False


class Problem(msgspec.Struct, frozen=True):
    """Why a decision was not kept; ``by`` is who decided meanwhile, where that is the reason."""

    code: str
    by: uuid.UUID | None = None


class Shown(msgspec.Struct, frozen=True):
    """All that the page says."""

    frame: Frame
    terms: tuple[OfTerm, ...]
    kinds: tuple[str, ...]
    total: int
    voices: tuple[Listed, ...]
    voice: CodedVoice | None
    done: CodedVoice | None
    translations: tuple[Translated, ...]
    names: dict[uuid.UUID, str]
    gain: Gain

    @property
    def next(self) -> str:
        """The voice after this one in the list."""
        ids = [each.id for each in self.voices]
        if self.voice is None or self.voice.id not in ids:
            return str(ids[0]) if ids else ""
        after = ids[ids.index(self.voice.id) + 1 :] or [each for each in ids[:1] if each != self.voice.id]
        return str(after[0]) if after else ""


@get("/work/themes/coding", opt={"audience": Audience.EVIDENCE})
async def show_coding(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _coding_page(request)


async def _coding_page(
    request: Request[Any, Any, Any],
    *,
    status: int = 200,
    voice: uuid.UUID | None = None,
    form: Form | None = None,
    problem: Problem | None = None,
) -> Response[bytes]:
    parts = parts_of(request)
    parts.reader.wanted_now()
    asked = await _asked(request)
    start = _whole_number(request.query_params.get("from", "0"))
    shown = await _shown(request, asked, start, voice or _id(request.query_params.get("voice", "")))
    if shown.voice is None and request.query_params.get("voice"):
        raise NotFoundException
    return page(
        request,
        "work/themes/coding.html",
        language=language_of(request),
        status=status,
        asked=asked,
        start=start,
        a_list=A_LIST,
        shown=shown,
        form=form or (_as_it_stands(shown.voice) if shown.voice else Form()),
        pieces=marked(shown.voice.text, _words_that_led(shown.voice)) if shown.voice else (),
        problem=problem,
        told=coding_words,
        theme_words=theme_words,
        which=get_args(Which),
        address=lambda **changes: _address(asked, start, **changes),
    )


async def _asked(request: Request[Any, Any, Any]) -> Asked:
    parts, given = parts_of(request), request.query_params
    known = [each.term for each in await parts.store.read(lambda: gain.terms(reader_of(request)))]
    term, which = given.get("term", known[0] if known else ""), given.get("show", "open")
    if (known and term not in known) or which not in get_args(Which):
        raise NotFoundException
    return Asked(term, cast(Which, which), given.get("kind", "")[:20], given.get("theme", "")[:120])


async def _shown(request: Request[Any, Any, Any], asked: Asked, start: int, chosen: uuid.UUID | None) -> Shown:
    reader, person = reader_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    done = _id(request.query_params.get("done", ""))

    async def unit() -> Shown:
        total, voices = await coding.listed(asked, reader, person.id, start=start, most=A_LIST)
        id = chosen or (voices[0].id if voices else None)
        return Shown(
            frame=await frame_in_use(),
            terms=await gain.terms(reader),
            kinds=await coding.kinds(asked.term, reader),
            total=total,
            voices=voices,
            voice=await coding.coded_voice(id, reader) if id else None,
            done=await coding.coded_voice(done, reader) if done else None,
            translations=(await translations_of([id])).get(id, ()) if id else (),
            names={each.id: each.email for each in await signing_in.members()},
            gain=await gain.gain(asked.term),
        )

    return await parts_of(request).store.read(unit)


def _as_it_stands(voice: CodedVoice) -> Form:
    """What a person decided is ticked. What the machine suggests is not: somebody has to say yes."""
    stands = voice.standing
    settled = stands.themes_by == "person"
    return Form(
        themes=stands.themes if settled else (),
        none=settled and not stands.themes,
        sentiment=stands.sentiment,
        urgent=voice.decided_urgent,
        quotable=voice.quotable,
    )


def _words_that_led(voice: CodedVoice) -> tuple[str, ...]:
    return (*(word for each in voice.suggested for word in each.words), *voice.urgent_words)


@post("/work/themes/coding", opt={"audience": Audience.EVIDENCE})
async def decide(request: Request[Any, Any, Any]) -> Response[Any]:
    parts, person, reader = parts_of(request), signed_in(request), reader_of(request)
    assert person is not None, "the guard lets nobody else in"
    asked = await _asked(request)
    posted = await request.form()
    go, form = str(posted.get("go", "")), _form(posted)
    id, seen = _id(str(posted.get("voice", ""))), _whole_number(str(posted.get("seen", "0")))
    voice = await parts.store.read(lambda: coding.coded_voice(id, reader)) if id else None
    if voice is None:
        raise NotFoundException
    frame = await parts.store.read(frame_in_use)
    try:
        if go == "undo":
            await parts.store.write(lambda: deciding.undo(voice.id, frame, seen=seen, by=person.id, today=parts.today))
            return Redirect(_address(asked, voice=voice.id), status_code=303)
        if go in ("take_out", "put_back"):
            await parts.store.write(lambda: _change_campaign(go, voice.id))
            parts.reader.something_new()
            return Redirect(_address(asked, voice=voice.id), status_code=303)
        form = _with_other(form, frame)
        if go == "add":
            return await _coding_page(request, voice=voice.id, form=form)
        choice = _choice(go, form, voice, frame, seen)
        await parts.store.write(lambda: deciding.decide(choice, frame, by=person.id, today=parts.today))
    except DecisionProblem as problem:
        found = Problem(problem.code, problem.last.by if problem.last else None)
        return await _coding_page(request, status=422, voice=voice.id, form=form, problem=found)
    parts.reader.something_new()
    follows = _id(str(posted.get("next", ""))) if not choice.settled or asked.which != "open" else None
    return Redirect(_address(asked, done=voice.id, voice=follows), status_code=303)


async def _change_campaign(go: str, voice: uuid.UUID) -> None:
    if go == "take_out":
        await campaigns.take_out(voice)
    else:
        await campaigns.put_back(voice)
        await look_again(voice)


def _form(posted: Any) -> Form:
    return Form(
        themes=tuple(dict.fromkeys(str(each) for each in posted.getall("theme", []))),
        none=posted.get("none") == "yes",
        other=str(posted.get("other", "")).strip(),
        sentiment=str(posted.get("sentiment", "")),
        urgent=str(posted.get("urgent", "")),
        quotable=posted.get("quotable") == "yes",
    )


def _with_other(form: Form, frame: Frame) -> Form:
    """With the theme that somebody wrote, by its name. Raises :class:`DecisionProblem`."""
    if not form.other:
        return form
    named = coding_words.theme_called(form.other, frame)
    if named is None:
        raise DecisionProblem("unknown_theme")
    return msgspec.structs.replace(form, themes=tuple(dict.fromkeys((*form.themes, named))), other="", none=False)


def _choice(go: str, form: Form, voice: CodedVoice, frame: Frame, seen: int) -> Choice:
    """Raises :class:`DecisionProblem` where nothing was chosen that could be kept."""
    known = {each.theme_id for each in frame.themes}
    suggested = tuple(each.theme_id for each in voice.suggested if each.theme_id in known)
    themes = suggested if go == "accept" else () if form.none else form.themes
    settled = go != "later"
    if settled and not themes and not form.none:
        raise DecisionProblem("no_theme")
    stands, may_quote = voice.standing, voice.permitted == "quote"
    quotable = "yes" if form.quotable and may_quote else "no"
    return Choice(
        voice=voice.id,
        seen=seen,
        settled=settled,
        themes=themes if settled else (),
        sentiment=form.sentiment if form.sentiment != stands.sentiment else "",
        urgent=form.urgent if form.urgent in YES_OR_NO else "",
        quotable=quotable if (quotable == "yes") != voice.quotable else "",
    )


def _address(asked: Asked, start: int = 0, **changes: object) -> str:
    """This page with the same list, and with ``changes``; what is empty is left out."""
    values = {"term": asked.term, "show": asked.which, "kind": asked.kind, "theme": asked.theme, "from": start}
    kept = {name: str(value) for name, value in {**values, **changes}.items() if value}
    return f"/work/themes/coding?{urlencode(kept)}"


def _id(written: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(written)
    except ValueError:
        return None


def _whole_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
