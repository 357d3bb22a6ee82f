"""Who sends a request: the session behind its cookie, asked before anything of staff is done."""

from __future__ import annotations

import contextlib
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.enums import HttpMethod
from litestar.exceptions import NotAuthorizedException
from litestar.types import Message, Scope

from voice.parts import Parts
from voice.people import second_factor, sessions, signing_in
from voice.people.permissions import given_to, granted_kinds
from voice.people.sessions import Session, Stage
from voice.people.signing_in import SignedIn
from voice.storage import StoreUnavailable
from voice.web.cookies import SESSION, cookie, kept
from voice.web.forms import fields
from voice.web.parts import parts_of
from voice.web.sign_in.proof import Ways, ways_of
from voice.web.things import untyped

LONG_ENOUGH_TO_KEEP = 30
"""Letters."""

NEW_SESSION = "new_session"
"""Where the scope's state holds the token under which a session goes on from this answer."""

SET_UP = "/account/second-factor"
BEFORE_SECOND_FACTOR = frozenset(
    {f"GET {SET_UP}", f"POST {SET_UP}", "POST /sign-in/again", "POST /sign-out", "POST /sign-out/everywhere"}
)
"""What somebody may do who must set up a second factor first; showing again who they are belongs to it."""

PROVE_FIRST = frozenset(
    {
        "POST /account",
        "GET /account/second-factor",
        "POST /account/second-factor",
        "POST /account/second-factor/codes",
        "POST /account/second-factor/remove",
        "POST /account/sessions",
        "POST /account/passkeys",
        "GET /account/passkeys/new",
        "POST /account/passkeys/new",
        "POST /manage/people",
        "POST /manage/people/{id:uuid}/role",
        "POST /manage/people/{id:uuid}/end",
        "POST /manage/groups/{id:uuid}",
        "POST /manage/access/{kind:str}/{key:str}",
        "POST /manage/programs",
        "POST /manage/webhooks",
        "POST /govern/requests/{id:uuid}",
        "GET /govern/requests/{id:uuid}/copy",
        "GET /govern/requests/{id:uuid}/copy.json",
        "GET /govern/audit/file",
        "POST /govern/confidential",
        "POST /work/contact-wishes/{id:uuid}",
        "POST /work/worries/{id:uuid}/contact",
        "GET /work/contacts/key",
    }
)
"""What does harm in wrong hands: somebody at a screen that was left alone is asked to show who they are."""


_PROVE_FIRST = frozenset(map(untyped, PROVE_FIRST))


class GoFirst(Exception):
    """Something else comes first, on the page with this address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class ProveFirst(Exception):
    """Who they are has to be shown again first. What they sent (``form``) is kept in the page that asks."""

    def __init__(self, person: SignedIn, ways: Ways, form: dict[str, str]) -> None:
        super().__init__()
        self.person = person
        self.ways = ways
        self.form = form


async def who_asks(connection: ASGIConnection[Any, Any, Any, Any]) -> SignedIn:
    """Who is signed in. Raises ``NotAuthorizedException``, :class:`GoFirst` or :class:`ProveFirst`."""
    parts = parts_of(connection)
    token = kept(connection, SESSION)
    session = await session_here(connection)
    if session is None:
        connection.scope["state"]["typed"] = await _typed(connection)
        raise NotAuthorizedException
    if session.stage is Stage.HALF:
        raise GoFirst("/sign-in/code")
    name = _name_of(connection)
    if name not in BEFORE_SECOND_FACTOR and await _must_set_up(parts, session):
        raise GoFirst(SET_UP)
    if name in _PROVE_FIRST and not session.is_proven(parts.clock()):
        raise await _ask(connection, session)
    if session.renew:
        new = await parts.store.write(lambda: sessions.go_on(token, now=parts.clock()))
        if new is None:
            raise NotAuthorizedException
        connection.scope["state"][NEW_SESSION] = new
    elif parts.clock() - session.seen_at >= sessions.SEEN_EVERY:
        # A page that can be read must not fail because we cannot note that it was.
        with contextlib.suppress(StoreUnavailable):
            await parts.store.write(lambda: sessions.keep_alive(token, now=parts.clock()))
    return session.person


async def session_here(connection: ASGIConnection[Any, Any, Any, Any]) -> Session | None:
    """The session of whoever asks, also a half one."""
    parts = parts_of(connection)
    token = kept(connection, SESSION)
    if not token:
        return None
    return await parts.store.read(lambda: sessions.session_of(token, now=parts.clock(), idle=parts.settings.idle))


def token_here(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The token of the session, also where it has just got another."""
    return str(connection.scope["state"].get(NEW_SESSION) or kept(connection, SESSION))


async def _must_set_up(parts: Parts, session: Session) -> bool:
    """Whether this session has no second factor where the installation asks for one."""
    return session.stage is not Stage.STRONG and await needs_second_factor(parts, session.person)


async def needs_second_factor(parts: Parts, person: SignedIn) -> bool:
    """Whether the installation asks them for one: for their role, or for one that they were given on a thing."""
    if parts.settings.second_factor != "required":
        return False
    if second_factor.sees_personal_things(person.role):
        return True
    given = await parts.store.read(lambda: given_to(person.id, granted_kinds()))
    return any(second_factor.sees_personal_things(role) for _thing, role in given)


def _name_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    method = connection.scope["method"]  # type: ignore[typeddict-item]
    return untyped(f"{HttpMethod.GET if method == 'HEAD' else method} {connection.scope['path_template']}")


async def _ask(connection: ASGIConnection[Any, Any, Any, Any], session: Session) -> ProveFirst:
    parts = parts_of(connection)
    ways = await parts.store.read(lambda: ways_of(session.person.id))
    return ProveFirst(session.person, ways, await _sent(connection))


async def _sent(connection: ASGIConnection[Any, Any, Any, Any]) -> dict[str, str]:
    """The fields of the form that was sent, without the token against forms of other sites."""
    if connection.scope["method"] != "POST":  # type: ignore[typeddict-item]
        return {}
    request: Request[Any, Any, Any] = Request(connection.scope, connection.receive)
    return {name: value for name, value in (await fields(request)).items() if name != "_csrf_token"}


async def _typed(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """What somebody wrote at length while their session ended, for the page that says so: they can copy it."""
    form = await _sent(connection)
    texts = [text for name, text in form.items() if "password" not in name and name != "session"]
    longest = max(texts, key=len, default="")
    return longest if len(longest) >= LONG_ENOUGH_TO_KEEP else ""


async def hand_over_new_session(message: Message, scope: Scope) -> None:
    """Gives the browser the new token of a session that goes on under another, with whatever is answered."""
    if message["type"] == "http.response.start" and (new := scope["state"].get(NEW_SESSION)):
        parts: Parts = scope["litestar_app"].state.parts
        message["headers"] = [*message["headers"], session_cookie(parts, new).to_encoded_header()]


def session_cookie(parts: Parts, token: str) -> Cookie:
    """The session in the browser; an empty token takes it away."""
    lasts = int(signing_in.SESSION_LASTS.total_seconds()) if token else 0
    return cookie(SESSION, token, seconds=lasts, secure=parts.settings.secure)
