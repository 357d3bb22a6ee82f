"""Publishing "you said, we did": what is published, what is in the making, and what waits for a group."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from analysis.readability import problem_codes
from voice.actions import reading as actions
from voice.languages import LANGUAGES, SOURCE
from voice.paper.documents import plain
from voice.people.roles import Audience
from voice.published import agreeing, drafting, publishing, reading
from voice.published.drafting import PublicationProblem
from voice.published.item import SAID_BY, SYMBOLS, Item, Wording
from voice.published.time_to_answer import time_to_answer
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.told import told_words

ACTING = {"audience": Audience.ACTING}


@get("/work/published", opt=ACTING)
async def show_published(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _list_page(request)


async def _list_page(
    request: Request[Any, Any, Any], *, status: int = 200, problem: PublicationProblem | None = None
) -> Response[bytes]:
    parts = parts_of(request)
    making = await parts.store.read(reading.in_the_making)
    published = await parts.store.read(reading.published)
    known = {each.action for each in (*making, *published)}
    everything = await parts.store.read(actions.every_action)
    return page(
        request,
        "told/published.html",
        language=language_of(request),
        status=status,
        making=making,
        published=published,
        ready=[each for each in everything if each.id not in known],
        time=await parts.store.read(time_to_answer),
        problem=problem,
        told=told_words,
        base_url=parts.settings.base_url,
    )


@post("/work/published", opt=ACTING)
async def begin_publication(request: Request[Any, Any, Any]) -> Response[Any]:
    """A draft about an action; the one there is, where somebody began before."""
    parts = parts_of(request)
    try:
        action = uuid.UUID((await fields(request)).get("action", ""))
        draft = await parts.store.write(lambda: drafting.begin(action, today=parts.today))
    except ValueError:
        return await _list_page(request, status=422, problem=PublicationProblem("unknown"))
    except PublicationProblem as problem:
        return await _list_page(request, status=422, problem=problem)
    return Redirect(f"/work/published/{draft}", status_code=303)


@get("/work/published/{id:uuid}", opt=ACTING)
async def show_publication(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[bytes]:
    return await one_page(request, id, request.query_params.get("words", SOURCE))


async def one_page(
    request: Request[Any, Any, Any],
    id: uuid.UUID,
    words_in: str = SOURCE,
    *,
    status: int = 200,
    problem: PublicationProblem | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response[bytes]:
    """Raises ``NotFoundException`` for a publication or a language that is not there."""
    parts = parts_of(request)
    item = await parts.store.read(lambda: reading.item(id))
    if item is None or words_in not in LANGUAGES:
        raise NotFoundException
    approval = await parts.store.read(lambda: agreeing.approval_of(id))
    action = await parts.store.read(lambda: actions.action(item.action))
    wording = item.words.get(words_in, Wording())
    return page(
        request,
        "told/publication.html",
        language=language_of(request),
        status=status,
        item=item,
        is_draft=item.state in reading.IN_THE_MAKING,
        seen=agreeing.mark_of(item),
        approval=approval,
        is_agreed=agreeing.is_agreed(item, approval),
        missing=publishing.what_is_missing(item, approval),
        action=action,
        words_in=words_in,
        typed=typed or {part: getattr(wording, part) for part in Wording.__struct_fields__},
        english=item.words.get(SOURCE, Wording()),
        hard=_hard_parts(item) if words_in == SOURCE else (),
        problem=problem,
        parts=Wording.__struct_fields__,
        said_by=SAID_BY,
        symbols=SYMBOLS,
        told=told_words,
    )


def _hard_parts(item: Item) -> tuple[str, ...]:
    """The parts whose English is not easy to read."""
    english = item.words.get(SOURCE, Wording())
    return tuple(
        part for part in Wording.__struct_fields__ if problem_codes(getattr(english, part), explained=("EHC",))
    )


@post("/work/published/{id:uuid}", opt=ACTING)
async def change_publication(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    form = await fields(request)
    words_in = form.get("words_in", SOURCE)
    try:
        await _done(request, id, form, words_in)
    except PublicationProblem as problem:
        if problem.code == "unknown":
            raise NotFoundException from None
        typed = {part: form.get(part, "") for part in Wording.__struct_fields__} if "heard" in form else None
        return await one_page(request, id, words_in, status=422, problem=problem, typed=typed)
    here = f"/work/published/{id}" + (f"?words={words_in}" if words_in != SOURCE else "")
    is_over = form.get("go") in ("discard", "publish", "withdraw")
    return Redirect("/work/published" if is_over else here, status_code=303)


async def _done(request: Request[Any, Any, Any], id: uuid.UUID, form: Mapping[str, str], words_in: str) -> None:
    """Does what the button says. Raises :class:`PublicationProblem`."""
    parts, person = parts_of(request), person_here(request)
    if words_in not in LANGUAGES:
        raise NotFoundException

    async def unit() -> None:
        match form.get("go"):
            case "words":
                wording = Wording(**{part: plain(form.get(part, "")).strip() for part in Wording.__struct_fields__})
                await drafting.keep_words(id, words_in, wording)
            case "about":
                await drafting.keep_about(id, said_by=form.get("said_by", ""), symbol=form.get("symbol", ""))
            case "ask":
                await agreeing.ask(id)
            case "theirs":
                await agreeing.take_their_words(id)
            case "anew":
                await drafting.take_anew(id)
            case "discard":
                await drafting.discard(id)
            case "withdraw":
                await publishing.withdraw(id, today=parts.today)
            case "publish":
                if form.get("seen") != agreeing.mark_of(await drafting.draft_at(id)):
                    raise PublicationProblem("other_words")
                await publishing.publish(id, by=person.id, today=parts.today)

    await parts.store.write(unit)
