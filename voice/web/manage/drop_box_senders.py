"""Which partners may send e-mail into the drop box."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from voice.capture.drop_box import senders
from voice.capture.drop_box.pieces import plain
from voice.capture.drop_box.senders import SenderProblem
from voice.people.roles import Audience
from voice.web.forms import fields
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import drop_box_words


@get("/manage/drop-box", opt={"audience": Audience.MANAGING})
async def show_senders(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _senders_page(request, {})


async def _senders_page(
    request: Request[Any, Any, Any], form: Mapping[str, str], problem: str | None = None
) -> Response[bytes]:
    parts = parts_of(request)
    return page(
        request,
        "manage/drop_box.html",
        language=language_of(request),
        status=422 if problem else 200,
        senders=await parts.store.read(senders.senders),
        intake_address=parts.settings.intake_address,
        intake_port=parts.settings.intake_port,
        form=form,
        problem=problem,
        told=drop_box_words,
    )


@post("/manage/drop-box", opt={"audience": Audience.MANAGING})
async def change_senders(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    form = {name: plain(value) for name, value in (await fields(request)).items()}
    if "remove" in form:
        try:
            id = uuid.UUID(form["remove"])
        except ValueError as problem:
            raise NotFoundException from problem
        await parts.store.write(lambda: senders.remove_sender(id))
        return Redirect("/manage/drop-box", status_code=303)
    kind = form.get("partner_kind", "")
    if kind not in drop_box_words.CHOICES["partner_kinds"]:
        return await _senders_page(request, form, "partner_kind")
    try:
        await parts.store.write(lambda: senders.add_sender(form.get("address", ""), form.get("partner", ""), kind))
    except SenderProblem as problem:
        return await _senders_page(request, form, problem.code)
    return Redirect("/manage/drop-box", status_code=303)
