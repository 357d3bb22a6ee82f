"""Signing in and out, and the mail that a development machine keeps instead of sending it."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.languages import gettext as _
from voice.languages import speak
from voice.people import passwords, signing_in
from voice.people.mail import MailNotSent
from voice.people.roles import Audience, Role
from voice.web.forms import fields
from voice.web.guards import PUBLIC, SESSION_COOKIE
from voice.web.limits import limit
from voice.web.pages import page, signed_in
from voice.web.parts import Parts, parts_of
from voice.web.reader import language_of

HOME_OF = {
    Role.FACILITATOR: "/work/sessions",
    Role.OFFICER: "/work/surveys",
    Role.ANALYST: "/work/quotes",
    Role.LEAD: "/lead",
    Role.ADMINISTRATOR: "/manage/people",
    Role.TRANSLATOR: "/work/translating",
    Role.SAFEGUARDING: "/work/worries",
    Role.GOVERNANCE: "/govern/requests",
}
"""Where each role starts."""


@get("/sign-in", opt={"audience": Audience.ANYONE})
async def show_sign_in(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _sign_in_page(request)


def _sign_in_page(
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


@post("/sign-in", opt={"audience": Audience.ANYONE}, middleware=[limit("sign_in")])
async def sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    form = await fields(request)
    email = form.get("email", "").strip()
    if "@" not in email or len(email) > 200:
        return _sign_in_page(request, status=422, email=email, problem="email")
    if form.get("go") == "link":
        return await _send_link(request, parts, email)
    member = await parts.store.read(lambda: signing_in.member_by_email(email))
    # Checking takes a twentieth of a second on purpose: in a thread, so that nobody else waits for it.
    right = await asyncio.to_thread(
        passwords.is_right, form.get("password", ""), member.password_hash if member else None
    )
    if not right or not member:
        return _sign_in_page(request, status=422, email=email, problem="password")
    token = await parts.store.write(lambda: signing_in.begin_session(member.id, now=parts.clock()))
    return _welcome(parts, token, Role(member.role))


async def _send_link(request: Request[Any, Any, Any], parts: Parts, email: str) -> Response[bytes]:
    """Mails a link to a member, in the language of the page.

    It says the same to everybody, so that nobody learns who works here.
    """
    member = await parts.store.read(lambda: signing_in.member_by_email(email))
    if member is not None:
        language = language_of(request)

        async def unit() -> str:
            await signing_in.keep_language(member.id, language)
            return await signing_in.make_link(member.id, now=parts.clock())

        token = await parts.store.write(unit)
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
            return _sign_in_page(request, status=503, email=email, problem="mail")
    return _sign_in_page(request, email=email, sent=True)


@get("/sign-in/mail/{token:str}", opt={"audience": Audience.ANYONE})
async def show_mailed_link(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[bytes]:
    """A page with a button: mail scanners open every link, and must not spend this one."""
    return page(request, "people/mailed_link.html", language=language_of(request), token=token)


@post("/sign-in/mail/{token:str}", opt=PUBLIC)
async def use_mailed_link(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    return await _use_link(request, token)


@get("/sign-in/once/{token:str}", opt={"audience": Audience.ANYONE})
async def use_printed_link(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    """The link that the command line prints: whoever opens it has just made it."""
    return await _use_link(request, token)


async def _use_link(request: Request[Any, Any, Any], token: str) -> Response[Any]:
    parts = parts_of(request)
    session = await parts.store.write(lambda: signing_in.use_link(token, now=parts.clock()))
    person = await parts.store.read(lambda: signing_in.who(session, now=parts.clock())) if session else None
    if session is None or person is None:
        return _sign_in_page(request, status=410, problem="spent")
    return _welcome(parts, session, person.role)


def _welcome(parts: Parts, token: str, role: Role) -> Redirect:
    session = Cookie(
        key=SESSION_COOKIE,
        value=token,
        max_age=int(signing_in.SESSION_LASTS.total_seconds()),
        httponly=True,
        secure=parts.settings.secure,
        samesite="lax",
        path="/",
    )
    return Redirect(HOME_OF[role], status_code=303, cookies=[session])


@post("/sign-out", opt={"audience": Audience.STAFF})
async def sign_out(request: Request[Any, Any, Any]) -> Redirect:
    parts = parts_of(request)
    token = request.cookies[SESSION_COOKIE]
    await parts.store.write(lambda: signing_in.end_session(token))
    return Redirect("/sign-in", status_code=303, cookies=[Cookie(key=SESSION_COOKIE, value="", max_age=0, path="/")])


@get("/account", opt={"audience": Audience.STAFF})
async def show_account(request: Request[Any, Any, Any]) -> Response[bytes]:
    return page(request, "people/account.html", language=language_of(request), problem=None, saved=False)


@post("/account", opt={"audience": Audience.STAFF})
async def choose_password(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    password = (await fields(request)).get("password", "")
    person = signed_in(request)
    assert person is not None
    if len(password) < passwords.SHORTEST or len(password) > 500:
        return page(
            request,
            "people/account.html",
            language=language_of(request),
            status=422,
            problem="short",
            saved=False,
        )
    hashed = await asyncio.to_thread(passwords.hash_password, password)
    await parts.store.write(lambda: signing_in.set_password(person.id, hashed))
    return page(request, "people/account.html", language=language_of(request), problem=None, saved=True)


@get("/outbox", opt={"audience": Audience.ANYONE})
async def show_outbox(request: Request[Any, Any, Any]) -> Response[bytes]:
    """On a development machine without a mail server, the mail that would have been sent."""
    parts = parts_of(request)
    if not parts.settings.development or parts.settings.smtp_url:
        raise NotFoundException
    return page(
        request,
        "people/outbox.html",
        language=language_of(request),
        messages=[
            {"to": message["To"], "subject": message["Subject"], "text": message.get_content()}
            for message in parts.post.kept()
        ],
    )
