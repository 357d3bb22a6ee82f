"""What an action says, in another language: a person writes it, with the English beside."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.document import Words
from voice.actions import making
from voice.actions.checking import LONGEST, ActionProblem, tidy
from voice.actions.promise import Promise
from voice.languages import LANGUAGES, SOURCE, speak
from voice.people.roles import Audience
from voice.web.act import act_words
from voice.web.act.who import action_at
from voice.web.act.writing import LARGEST_FORM, advice
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import bank_words

STAFF = {"audience": Audience.STAFF}


class Said(msgspec.Struct, frozen=True):
    """Words of an action, or of one of its steps (``of``)."""

    of: uuid.UUID
    field: str
    words: Words

    @property
    def box(self) -> str:
        return f"{self.field}-{self.of}"


def said_in(action: Promise) -> tuple[Said, ...]:
    """All that stands to be read in an action now, in the order of the thread."""
    found = [Said(action.id, "heard", action.heard), Said(action.id, "decided", action.decided)]
    if action.state == "cannot":
        found.append(Said(action.id, "cannot", action.cannot))
    for field in ("since", "still", "evidence"):
        newest = next((each for each in reversed(action.steps) if getattr(each, field)), None)
        if newest and (field != "still" or action.is_open):
            found.append(Said(newest.id, field, getattr(newest, field)))
    return tuple(each for each in found if each.words)


@get("/work/actions/{id:uuid}/words", opt=STAFF)
async def show_action_words(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[bytes]:
    return await _words_page(request, await action_at(request, id))


async def _words_page(
    request: Request[Any, Any, Any],
    action: Promise,
    *,
    typed: dict[str, str] | None = None,
    status: int = 200,
    problem: ActionProblem | None = None,
) -> Response[bytes]:
    code = request.query_params.get("in", SOURCE)
    if code not in LANGUAGES:
        raise NotFoundException
    said = said_in(action)
    language = language_of(request)
    speak(language)
    return page(
        request,
        "act/words.html",
        language=language,
        status=status,
        action=action,
        said=said,
        code=code,
        typed=typed or {each.box: each.words.get(code, "") for each in said},
        missing={each: sum(each not in one.words for one in said) for each in LANGUAGES},
        advice={each.box: advice({each.field: each.words.get(SOURCE, "")}).get(each.field, ()) for each in said},
        problem=problem,
        told=act_words.problem(problem) if problem else "",
        act_words=act_words,
        bank_words=bank_words,
    )


@post("/work/actions/{id:uuid}/words", opt=STAFF, request_max_body_size=LARGEST_FORM)
async def keep_action_words(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    parts, person = parts_of(request), person_here(request)
    action = await action_at(request, id)
    code = request.query_params.get("in", SOURCE)
    if code not in LANGUAGES:
        raise NotFoundException
    form = await fields(request)
    written = [(each, tidy(form[each.box])) for each in said_in(action) if each.box in form]

    async def unit() -> None:
        for each, words in written:
            if len(words) > LONGEST:
                raise ActionProblem("too_long", each.box, limit=LONGEST, length=len(words))
            if code == SOURCE and not words:
                raise ActionProblem("empty", each.box)
            await making.put_words(id, each.of, each.field, code, words, by=person.id, today=parts.today)

    try:
        await parts.store.write(unit)
    except ActionProblem as problem:
        return await _words_page(request, action, typed=form, status=422, problem=problem)
    return Redirect(f"/work/actions/{id}/words?in={code}", status_code=303)
