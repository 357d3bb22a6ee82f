"""The first page of a survey, and beginning to answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from surveys import answering, class_sessions, drafts, identity
from surveys.class_sessions import ClassProblem, ClassState
from surveys.drafts import DraftProblem, DraftState
from surveys.publishing import OpenRound
from surveys.routing import first_open, path
from surveys.submissions import SaidBy
from voice.capture.open_rounds import check_open
from voice.languages import LANGUAGES
from voice.parts import Parts
from voice.privacy import notice
from voice.web.forms import fields
from voice.web.guards import PUBLIC
from voice.web.pages import page, page_alike
from voice.web.parts import parts_of
from voice.web.reader import (
    UnknownLanguage,
    display_cookie,
    display_of,
    display_with,
    language_cookie,
    language_of,
)
from voice.web.respond import invitation_cookies
from voice.web.respond.class_codes import class_with


async def round_behind(request: Request[Any, Any, Any], link: str) -> tuple[Parts, OpenRound]:
    parts = parts_of(request)
    return parts, await parts.rounds.by_link(link, now=parts.clock())


def place_to_go_on(round: OpenRound, draft: DraftState) -> str:
    """Where somebody goes on: at the first question after their last answer, or where answers are checked."""
    question = first_open(path(round.document, draft.answers), draft.answers)
    return f"q/{question.concept}" if question else "check"


async def class_of(request: Request[Any, Any, Any], round: OpenRound, written: str) -> ClassState | None:
    """The class whose code was given, or ``None`` for somebody who answers alone. Raises what ``class_with`` does."""
    if not written:
        return None
    code = identity.read_code(written)
    found = await class_with(request, code)
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


def is_offered(round: OpenRound, language: str) -> bool:
    """Whether people can answer in this language: the survey says everything in it."""
    return language in LANGUAGES and (not round.languages or language in round.languages)


def offered_language(request: Request[Any, Any, Any], round: OpenRound) -> str:
    """The reader's language, or the survey's first when it does not say everything in theirs."""
    wished = language_of(request)
    return wished if is_offered(round, wished) else round.languages[0]


class Chosen(msgspec.Struct, frozen=True):
    """What is chosen on the first page: that others use the device too, and whose words the answers will be."""

    shared: bool
    said_by: SaidBy

    @staticmethod
    def of(query: Mapping[str, str], draft: DraftState | None) -> Chosen:
        """What the address says, where somebody has just changed the language or the look; else what was begun."""
        shared = query.get("shared") == "yes" if "shared" in query or draft is None else draft.shared_device
        written = query.get("said_by", draft.said_by if draft else "")
        return Chosen(shared, said_by_of(written))


@get("/s/{link:str}", opt=PUBLIC)
async def show_start(request: Request[Any, Any, Any], link: FromPath[str]) -> Response[bytes]:
    parts, round = await round_behind(request, link)
    check_open(round, parts.today)
    query = request.query_params
    cookies = [language_cookie(language_of(request), secure=parts.settings.secure)]
    assent = notice.asks_on_the_first_page(round.document)
    shown: dict[str, Any] = {"round": round, "link": link}
    key = query.get("key", "")
    draft = await _begun(parts, round, key)
    if draft is not None:
        # Somebody who came back from the first question goes on with what they have begun.
        language = offered_language(request, round) if "lang" in query else draft.language
        session = draft.class_session
        in_class = None if session is None else await parts.store.read(lambda: class_sessions.load(session))
        shown |= {"in_class": in_class, "class_code": "", "chosen": Chosen.of(query, draft), "draft": draft}
        return page(request, "respond/start.html", language=language, cookies=cookies, key=key, **shown)
    written = query.get("class", "")
    try:
        in_class = await class_of(request, round, written)
    except ClassProblem as problem:
        return class_page(request, written, problem.code)
    code = identity.read_code(written)
    chosen = Chosen.of(query, None)
    shown |= {"in_class": in_class, "class_code": code, "chosen": chosen, "draft": None, "assent": assent}
    return page_alike(
        request,
        "respond/start.html",
        language=offered_language(request, round),
        cookies=cookies,
        alike=(round.id, round.identity_mode, code, chosen),
        own=("key", identity.new_key()),
        **shown,
    )


async def _begun(parts: Parts, round: OpenRound, key: str) -> DraftState | None:
    """What was begun under a key; ``None`` when there is nothing to go on with."""
    if identity.key_bytes(key) is None:
        return None
    try:
        return await parts.store.read(
            lambda: answering.load(identity.submission_id(parts.secret, key), round, today=parts.today)
        )
    except DraftProblem as problem:
        if problem.code == "already_sent":
            raise
        return None


@post("/s/{link:str}", opt=PUBLIC)
async def begin(request: Request[Any, Any, Any], link: FromPath[str]) -> Response[Any]:
    """Begins a draft under the key that the page named. Posting it twice begins it once."""
    parts, round = await round_behind(request, link)
    check_open(round, parts.today)
    form = await fields(request)
    if "display" in form or "lang" in form:
        return _otherwise(request, link, form)
    if "begun" not in form and not notice.says_yes(round.document, form.get("go", "")):
        return _not_begun(request, link, form)
    language = form.get("language") or offered_language(request, round)
    if not is_offered(round, language):
        raise UnknownLanguage(language)
    key = form.get("key", "")
    bits = identity.key_bytes(key)
    if bits is None:
        raise DraftProblem("unknown")
    code = identity.come_back_code(parts.secret, key)
    try:
        in_class = await class_of(request, round, form.get("class", ""))
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
    draft = await parts.store.write(lambda: answering.begin(new, round, today=parts.today))
    secure = parts.settings.secure
    return Redirect(
        f"/s/{link}/{key}/{place_to_go_on(round, draft)}",
        status_code=303,
        cookies=[language_cookie(language, secure=secure), *invitation_cookies.taken_along(request, link, key, secure)],
    )


def _otherwise(request: Request[Any, Any, Any], link: str, form: Mapping[str, str]) -> Redirect:
    """The same page in another language or look. What was chosen on it stands in the address."""
    secure = parts_of(request).settings.secure
    query = {"shared": "yes" if form.get("shared_device") == "yes" else "no", "said_by": form.get("said_by", "")}
    for name in ("class", "lang"):
        if form.get(name):
            query[name] = form[name]
    if "begun" in form:
        query["key"] = form.get("key", "")
    cookies = []
    if "display" in form:
        cookies.append(display_cookie(display_with(display_of(request), form["display"]), secure=secure))
    return Redirect(f"/s/{link}?{urlencode(query)}", status_code=303, cookies=cookies)


def _not_begun(request: Request[Any, Any, Any], link: str, form: Mapping[str, str]) -> Redirect:
    """Where a young person goes who said no; who said nothing is asked again. Nothing is kept of either."""
    if form.get("go") != "no":
        return _otherwise(request, link, form)
    again = form.get("class") or ("shared" if form.get("shared_device") == "yes" else "")
    query = {"lang": form.get("language", ""), "again": again}
    said = urlencode({name: value for name, value in query.items() if value})
    return Redirect(f"/s/{link}/no-thank-you?{said}", status_code=303)
