"""Other programs: their tokens and their webhooks, made and ended by an administrator."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from voice.people.roles import Audience
from voice.programs import delivering, tokens
from voice.programs.delivering import AddressRefused
from voice.programs.tables import Webhook, WebhookMessage
from voice.programs.tokens import Scope
from voice.web.forms import fields
from voice.web.pages import page, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of

MONTHS = {"1": 31, "6": 183, "12": 366}
"""How long a token may last, in days, by months."""

MANAGING = {"audience": Audience.MANAGING}


@get("/manage/programs", opt=MANAGING)
async def show_programs(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _programs_page(request)


async def _programs_page(
    request: Request[Any, Any, Any],
    *,
    status: int = 200,
    name: str = "",
    url: str = "",
    problem: str | None = None,
    token: str | None = None,
    secret: str | None = None,
) -> Response[bytes]:
    parts = parts_of(request)

    async def stored() -> tuple[list[tokens.Program], list[dict[str, Any]]]:
        hooks = await Webhook.select().order_by(Webhook.url)
        counts = await WebhookMessage.raw(
            'SELECT "webhook", "outcome", COUNT(*) AS "n" FROM "webhook_message" GROUP BY "webhook", "outcome"'
        )
        for hook in hooks:
            hook["counts"] = {row["outcome"]: row["n"] for row in counts if str(row["webhook"]) == str(hook["id"])}
        return await tokens.programs(), hooks

    programs, hooks = await parts.store.read(stored)
    return page(
        request,
        "manage/programs.html",
        language=language_of(request),
        status=status,
        programs=programs,
        webhooks=hooks,
        scopes=[scope.value for scope in Scope],
        months=list(MONTHS),
        name=name,
        url=url,
        problem=problem,
        token=token,
        secret=secret,
    )


@post("/manage/programs", opt=MANAGING)
async def make_token(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Makes a token and shows it this once."""
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    form = await fields(request)
    name = " ".join(form.get("name", "").replace("\x00", "").split())
    scopes = [scope for scope in Scope if form.get(f"scope-{scope}")]
    days = MONTHS.get(form.get("months", ""))
    if not name or len(name) > 120 or not scopes or days is None:
        problem = "name" if not name or len(name) > 120 else "scopes" if not scopes else "months"
        return await _programs_page(request, status=422, name=name, problem=problem)
    expires_on = parts.today + dt.timedelta(days=days)
    token = await parts.store.write(lambda: tokens.make(name, scopes, expires_on=expires_on, by=person.id))
    return await _programs_page(request, token=token)


@post("/manage/programs/{id:uuid}/end", opt=MANAGING)
async def end_token(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Redirect:
    await parts_of(request).store.write(lambda: tokens.revoke(id))
    return Redirect("/manage/programs", status_code=303)


@post("/manage/webhooks", opt=MANAGING)
async def add_webhook(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Adds an address and shows this once the secret that signs what it is told."""
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    url = "".join(each for each in (await fields(request)).get("url", "") if each.isprintable()).strip()
    if len(url) > 500:
        return await _programs_page(request, status=422, url=url, problem="not_https")
    try:
        await delivering.checked_address(url, local_too=parts.settings.development)
    except AddressRefused as refused:
        return await _programs_page(request, status=422, url=url, problem=refused.code)
    secret = await parts.store.write(lambda: delivering.add(url, by=person.id, today=parts.today))
    return await _programs_page(request, secret=secret)


@post("/manage/webhooks/{id:uuid}/end", opt=MANAGING)
async def end_webhook(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Redirect:
    async def unit() -> None:
        await WebhookMessage.delete().where(WebhookMessage.webhook == id)
        await Webhook.delete().where(Webhook.id == id)

    await parts_of(request).store.write(unit)
    return Redirect("/manage/programs", status_code=303)
