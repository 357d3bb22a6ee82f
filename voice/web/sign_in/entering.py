"""Signing in by a link or a password, and signing out."""

from __future__ import annotations

import contextlib
import logging
import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.background_tasks import BackgroundTask
from litestar.params import FromPath
from litestar.response import Redirect

from voice.audit.recording import record_refusal
from voice.languages import gettext as _
from voice.languages import speak
from voice.parts import Parts
from voice.people import devices, sessions, signing_in
from voice.people.mail import MailNotSent
from voice.people.roles import Audience, Role
from voice.people.sessions import Stage
from voice.people.tables import Member
from voice.storage import StoreUnavailable
from voice.storage.store import Unit
from voice.web.cookies import SESSION, cookie, kept
from voice.web.forms import fields
from voice.web.limits import count_try
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.sign_in.current_session import NEW_SESSION, session_cookie, token_here
from voice.web.sign_in.proof import DEVICE, try_password
from voice.web.wrong_codes import WrongCodes

log = logging.getLogger("voice.people")

HOME_OF = {
    Role.FACILITATOR: "/work/sessions",
    Role.OFFICER: "/work/surveys",
    Role.ANALYST: "/work/quotes",
    Role.LEAD: "/lead",
    Role.ADMINISTRATOR: "/manage/people",
    Role.TRANSLATOR: "/work/translating",
    Role.SAFEGUARDING: "/work/worries",
    Role.GOVERNANCE: "/govern/audit",
}
"""Where each role starts."""


@get("/sign-in", opt={"audience": Audience.ANYONE})
async def show_sign_in(request: Request[Any, Any, Any]) -> Response[bytes]:
    return sign_in_page(request)


def sign_in_page(
    request: Request[Any, Any, Any],
    *,
    status: int = 200,
    email: str = "",
    problem: str | None = None,
    sent: bool = False,
) -> Response[bytes]:
    return page(
        request,
        "people/sign_in.html",
        language=language_of(request),
        status=status,
        email=email,
        problem=problem,
        sent=sent,
    )


@post("/sign-in", opt={"audience": Audience.ANYONE})
async def sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    """Passwords are limited for the account and for the address they come from, links by the mailbox they fill and,
    generously, for the address: guesses of passwords keep out neither who holds a mailbox nor who signed in on this
    device before. Nothing in the answer, nor the time it takes, depends on whether there is such a member."""
    parts = parts_of(request)
    form = await fields(request)
    email = form.get("email", "").strip()
    if "@" not in email or len(email) > 200:
        return sign_in_page(request, status=422, email=email, problem="email")
    if form.get("go") == "link":
        return await _send_link(request, email)
    device = kept(request, DEVICE)

    async def who() -> tuple[Member | None, bool]:
        found = await signing_in.member_by_email(email)
        return found, found is not None and await devices.is_known(found.id, device, today=parts.today)

    member, known = await parts.store.read(who)
    from_here = WrongCodes(request, "sign_in")
    if not known:
        await from_here.take()
    tried, hashed = await try_password(request, email, member, form.get("password", ""))
    if tried != "wrong":
        await from_here.give_back()
    if tried == "wait":
        return sign_in_page(request, status=429, email=email, problem="wait")
    if tried == "wrong" or member is None:
        refused = sign_in_page(request, status=422, email=email, problem="password")
        if member is not None:  # after the answer, which then takes as long for a member as for anybody
            refused.background = BackgroundTask(_note_wrong_password, parts, member.id)
        return refused

    async def found() -> uuid.UUID | None:
        return member.id if await signing_in.still_has(member.id, hashed) else None

    return await enter(request, found) or sign_in_page(request, status=422, email=email, problem="password")


async def enter(
    request: Request[Any, Any, Any], member: Unit[uuid.UUID | None], *, strong: bool = False
) -> Redirect | None:
    """Signs in whom ``member`` finds, in one unit with finding them, and goes where they start.

    ``strong`` says that they have given two factors already. Otherwise the second is asked for, where they have one.
    ``None`` when ``member`` finds nobody.
    """
    parts = parts_of(request)
    before = kept(request, SESSION)
    device = kept(request, DEVICE) or devices.new_device()

    async def unit() -> tuple[str, sessions.Session] | None:
        id = await member()
        if id is None:
            return None
        if before:
            await signing_in.end_session(before)
        token = await signing_in.begin_session(id, now=parts.clock(), strong=strong)
        session = await sessions.session_of(token, now=parts.clock())
        if session and session.stage is not Stage.HALF:
            await devices.remember(id, device, today=parts.today)
        return (token, session) if session else None

    entered = await parts.store.write(unit)
    if entered is None:
        return None
    token, session = entered
    if session.stage is Stage.HALF:
        request.scope["state"][NEW_SESSION] = token
        return Redirect("/sign-in/code", status_code=303)
    return welcome(request, token, session.person.role, device=device)


def welcome(request: Request[Any, Any, Any], token: str, role: Role, *, device: str = "") -> Redirect:
    """Hands over the session, and goes where the role starts; ``device`` is what this browser is known by from now."""
    request.scope["state"][NEW_SESSION] = token
    seconds = int(devices.KNOWN_FOR.total_seconds())
    known = [cookie(DEVICE, device, seconds=seconds, secure=parts_of(request).settings.secure)] if device else []
    return Redirect(HOME_OF[role], status_code=303, cookies=known)


async def _note_wrong_password(parts: Parts, member: uuid.UUID) -> None:
    with contextlib.suppress(StoreUnavailable):
        await parts.store.write(lambda: record_refusal(member, "password", now=parts.clock()))


async def _send_link(request: Request[Any, Any, Any], email: str) -> Response[bytes]:
    """Mails a link to a member, in the language of the page.

    It says the same to everybody, and at once: whether there is such a member is asked after the answer, so that
    nobody learns who works here.
    """
    await count_try(request, "links")
    answer = sign_in_page(request, email=email, sent=True)
    answer.background = BackgroundTask(_send_after_the_answer, parts_of(request), email, language_of(request))
    return answer


async def _send_after_the_answer(parts: Parts, email: str, language: str) -> None:
    try:
        if await send_link(parts, email, language):
            return
    except StoreUnavailable:
        pass
    log.warning("a link to sign in could not be sent")


async def send_link(parts: Parts, email: str, language: str) -> bool:
    """Whether all went well: a link is on its way to the member, lies in their mailbox, or there is no such member."""
    member = await parts.store.read(lambda: signing_in.member_by_email(email))
    if member is None:
        return True

    async def unit() -> str | None:
        if await signing_in.has_enough_links(member.id, now=parts.clock()):
            return None
        return await signing_in.make_link(member.id, now=parts.clock(), mailed=True)

    token = await parts.store.write(unit)
    if token is None:
        return True
    speak(language)
    text = "\n\n".join(
        (
            _("Hello,"),
            _("use this link to sign in to Golden Thread. It works once, within one hour:"),
            f"{parts.settings.base_url}/sign-in/mail/{token}",
            _("You did not ask for this? Then you do not need to do anything."),
        )
    )
    try:
        await parts.post.send(member.email, _("Your link to sign in"), text, language=language, now=parts.clock())
    except MailNotSent:
        # It lies in no mailbox, and must not count as if it did.
        await parts.store.write(lambda: signing_in.spend_link(token, now=parts.clock(), by_button=True))
        return False
    return True


@get("/sign-in/mail/{token:str}", opt={"audience": Audience.ANYONE})
async def show_mailed_link(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[bytes]:
    """A page with a button: mail scanners open every link, and must not spend this one."""
    return page(request, "people/mailed_link.html", language=language_of(request), token=token)


@post("/sign-in/mail/{token:str}", opt={"audience": Audience.ANYONE})
async def use_mailed_link(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    return await _use_link(request, token, by_button=True)


@get("/sign-in/once/{token:str}", opt={"audience": Audience.ANYONE})
async def use_printed_link(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    """The link that the command line prints: whoever opens it has just made it."""
    return await _use_link(request, token, by_button=False)


async def _use_link(request: Request[Any, Any, Any], token: str, *, by_button: bool) -> Response[Any]:
    now = parts_of(request).clock()

    async def whose() -> uuid.UUID | None:
        member = await signing_in.spend_link(token, now=now, by_button=by_button)
        if member is not None and by_button:  # not when it is asked for: anybody can type their address
            await signing_in.keep_language(member, language_of(request))
        return member

    entered = await enter(request, whose)
    return entered or sign_in_page(request, status=410, problem="spent")


@post("/sign-out", opt={"audience": Audience.STAFF})
async def sign_out(request: Request[Any, Any, Any]) -> Redirect:
    await parts_of(request).store.write(lambda: signing_in.end_session(token_here(request)))
    return _signed_out(request)


@post("/sign-out/everywhere", opt={"audience": Audience.STAFF})
async def sign_out_everywhere(request: Request[Any, Any, Any]) -> Redirect:
    """Ends every session of theirs, and forgets the devices that they are known on."""
    person = person_here(request)

    async def unit() -> None:
        await sessions.end_all(person.id)
        await devices.forget_all(person.id)

    await parts_of(request).store.write(unit)
    return _signed_out(request)


def _signed_out(request: Request[Any, Any, Any]) -> Redirect:
    request.scope["state"].pop(NEW_SESSION, None)
    # "storage" would take away what families answered on this tablet and what could not be sent yet.
    return Redirect(
        "/sign-in",
        status_code=303,
        cookies=[session_cookie(parts_of(request), "")],
        headers={"Clear-Site-Data": '"cache"'},
    )
