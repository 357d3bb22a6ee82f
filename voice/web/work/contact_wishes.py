"""People who would like to hear from us: apart from what they said, opened one by one, and each opening noted."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys import contact_wishes
from surveys.contact_wishes import MONTHS_KEPT, SealedWish
from voice.people.roles import Audience
from voice.people.tables import Member
from voice.safeguarding import contacting
from voice.safeguarding.contacting import WHY_A_WISH
from voice.web.forms import fields
from voice.web.pages import page, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of

INVITING = {"audience": Audience.INVITING}
MOST_OPENINGS = 50


@get("/work/contact-wishes", opt=INVITING)
async def show_contact_wishes(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _wishes_page(request)


async def _wishes_page(
    request: Request[Any, Any, Any],
    *,
    id: uuid.UUID | None = None,
    opened: SealedWish | None = None,
    problem: uuid.UUID | None = None,
) -> Response[bytes]:
    """``opened`` is what stands in the wish ``id``; ``problem`` is the wish that was to be opened without a reason."""
    parts = parts_of(request)
    rows = await parts.store.read(lambda: Member.select(Member.id, Member.email))
    return page(
        request,
        "work/contact_wishes.html",
        language=language_of(request),
        status=422 if problem else 200,
        wishes=await parts.store.read(contact_wishes.listed),
        openings=await parts.store.read(lambda: contacting.openings(MOST_OPENINGS)),
        names={row["id"]: row["email"] for row in rows},
        reasons=WHY_A_WISH,
        months=MONTHS_KEPT,
        id=id,
        opened=opened,
        problem=problem,
    )


@post("/work/contact-wishes/{id:uuid}", opt=INVITING, status_code=200)
async def open_contact_wish(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[bytes]:
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    form = await fields(request)
    why = next((each for each in WHY_A_WISH if each == form.get("why")), None)
    if why is None:
        return await _wishes_page(request, problem=id)
    opened = await parts.store.write(
        lambda: contacting.open_wish(id, why=why, by=person.id, secret=parts.secret, today=parts.today)
    )
    if opened is None:
        raise NotFoundException
    return await _wishes_page(request, id=id, opened=opened)


@post("/work/contact-wishes/{id:uuid}/done", opt=INVITING)
async def finish_contact_wish(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Redirect:
    await parts_of(request).store.write(lambda: contacting.done_with(id))
    return Redirect("/work/contact-wishes", status_code=303)
