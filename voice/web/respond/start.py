"""The first page of a survey, and beginning to answer."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from surveys import class_sessions, drafts, identity
from surveys.answering import load
from surveys.class_sessions import ClassProblem, ClassState
from surveys.drafts import DraftProblem, DraftState
from surveys.publishing import OpenRound
from surveys.routing import first_open, path
from surveys.submissions import SaidBy
from voice.capture.open_rounds import check_open
from voice.languages import LANGUAGES
from voice.web.forms import fields
from voice.web.guards import PUBLIC
from voice.web.pages import page, page_alike
from voice.web.parts import Parts, parts_of
from voice.web.reader import UnknownLanguage, language_cookie, language_of


async def round_behind(request: Request[Any, Any, Any], link: str) -> tuple[Parts, OpenRound]:
    parts = parts_of(request)
    return parts, await parts.rounds.by_link(link, now=parts.clock())


def place_to_go_on(round: OpenRound, draft: DraftState) -> str:
    """Where somebody goes on: at the first question after their last answer, or where answers are checked."""
    question = first_open(path(round.document, draft.answers), draft.answers)
    return f"q/{question.concept}" if question else "check"


async def class_of(parts: Parts, round: OpenRound, written: str) -> ClassState | None:
    """The class whose code was given, or ``None`` for somebody who answers alone. Raises ``ClassProblem``."""
    if not written:
        return None
    code = identity.read_code(written)
    found = await parts.store.read(lambda: class_sessions.by_code(parts.secret, code, today=parts.today))
    if found.round != round.id:
        raise ClassProblem("unknown")
    return found


def said_by_of(code: str) -> SaidBy:
    """Whose words the answers will be: the person's own, unless somebody says otherwise."""
    return "supported" if code == "supported" else "proxy" if code == "proxy" else "own_words"


def class_page(request: Request[Any, Any, Any], written: str, problem: str | None) -> Response[bytes]:
    """Where a class types its code."""
    return page(
        request,
        "respond/class.html",
        language=language_of(request),
        status=200 if problem is None else 410 if problem == "over" else 422,
        written=written,
        problem=problem,
    )


def offered_language(request: Request[Any, Any, Any], round: OpenRound) -> str:
    """The reader's language, or the survey's first when it does not say everything in theirs."""
    wished = language_of(request)
    return wished if wished in round.languages or not round.languages else round.languages[0]


@get("/s/{link:str}", opt=PUBLIC)
async def show_start(request: Request[Any, Any, Any], link: FromPath[str]) -> Response[bytes]:
    parts, round = await round_behind(request, link)
    check_open(round, parts.today)
    language = offered_language(request, round)
    written = request.query_params.get("class", "")
    try:
        in_class = await class_of(parts, round, written)
    except ClassProblem as problem:
        return class_page(request, written, problem.code)
    shown: dict[str, Any] = {
        "round": round,
        "link": link,
        "in_class": in_class,
        "class_code": identity.read_code(written),
        "shared": request.query_params.get("shared") == "yes",
    }
    cookies = [language_cookie(language_of(request), secure=parts.settings.secure)]
    begun = request.query_params.get("key", "")
    if identity.key_bytes(begun) is not None:
        # Somebody who came back from the first question goes on with the answers they have begun.
        return page(request, "respond/start.html", language=language, cookies=cookies, key=begun, begun=True, **shown)
    # The page holds its own address, so pages with another query are not alike.
    alike = (round.id, round.identity_mode, request.url.query)
    own = ("key", identity.new_key())
    return page_alike(
        request, "respond/start.html", language=language, cookies=cookies, alike=alike, own=own, begun=False, **shown
    )


@post("/s/{link:str}", opt=PUBLIC)
async def begin(request: Request[Any, Any, Any], link: FromPath[str]) -> Response[Any]:
    """Begins a draft under the key that the page named. Posting it twice begins it once."""
    parts, round = await round_behind(request, link)
    check_open(round, parts.today)
    form = await fields(request)
    language = form.get("language") or offered_language(request, round)
    if language not in (round.languages or LANGUAGES):
        raise UnknownLanguage(language)
    key = form.get("key", "")
    bits = identity.key_bytes(key)
    if bits is None:
        raise DraftProblem("unknown")
    code = identity.come_back_code(parts.secret, key)
    try:
        in_class = await class_of(parts, round, form.get("class", ""))
    except ClassProblem as problem:
        return class_page(request, form.get("class", ""), problem.code)
    shared = form.get("shared_device") == "yes" or in_class is not None
    new = drafts.NewDraft(
        id=identity.submission_id(parts.secret, key),
        round=round.id,
        language=language,
        shared_device=shared,
        mode="class" if in_class else "shared_device" if shared else "own_device",
        said_by=said_by_of(form.get("said_by", "")),
        class_session=in_class.id if in_class else None,
        code_hash=identity.code_hash(parts.secret, code),
        sealed_key=identity.seal(parts.secret, code, bits),
    )

    async def unit() -> DraftState:
        if await drafts.begin(new, today=parts.today) and in_class:
            await class_sessions.count_begun(in_class.id)
        return await load(new.id, round, today=parts.today)

    draft = await parts.store.write(unit)
    return Redirect(
        f"/s/{link}/{key}/{place_to_go_on(round, draft)}",
        status_code=303,
        cookies=[language_cookie(language, secure=parts.settings.secure)],
    )
