"""The safeguarding queue: what somebody said they are worried about. Only the safeguarding lead opens it."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.people.roles import Audience
from voice.safeguarding import worries
from voice.web.pages import page, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of


@get("/work/worries", opt={"audience": Audience.SAFEGUARDING})
async def show_worries(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    raised = await parts.store.read(lambda: worries.queue(parts.secret))
    return page(
        request,
        "work/worries.html",
        language=language_of(request),
        waiting=[each for each in raised if each.looked_at_on is None],
        looked_at=[each for each in raised if each.looked_at_on is not None],
    )


@post("/work/worries/{id:str}", opt={"audience": Audience.SAFEGUARDING})
async def look_at_worry(request: Request[Any, Any, Any], id: FromPath[str]) -> Redirect:
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    try:
        worry = uuid.UUID(id)
    except ValueError as problem:
        raise NotFoundException from problem
    await parts.store.write(lambda: worries.look_at(worry, by=person.id, today=parts.today))
    return Redirect("/work/worries", status_code=303)
