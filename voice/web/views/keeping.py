"""What was said on a page of a private space, kept as the view of whoever opened it."""

from __future__ import annotations

import hmac
import re
import uuid
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response
from litestar.response import Redirect

from voice.capture.views import saying
from voice.capture.views.saying import Said
from voice.capture.views.spaces import Opened, SpaceProblem
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.respond.start import said_by_of
from voice.web.views.space import shown, this_month

TURN = re.compile(r"\d{1,6}")
"""Which of a person's views a page is for: see :func:`id_of_turn`."""


async def next_turn(request: Request[Any, Any, Any], opened: Opened) -> int:
    views = await parts_of(request).store.read(lambda: saying.views_for(opened))
    return max((view.place for view in views), default=0) + 1


def id_of_turn(opened: Opened, turn: str) -> uuid.UUID:
    """The id of a view. It follows from the person's link, so that what is sent twice is kept once."""
    return uuid.UUID(bytes=hmac.digest(opened.link.encode(), turn.encode(), "sha256")[:16], version=4)


def begun(request: Request[Any, Any, Any], opened: Opened, section: str, form: Mapping[str, str]) -> Said:
    """A view of this person in this month, with nothing said yet."""
    is_child = opened.held.role == "young_person"
    return Said(
        section=section,
        key=opened.key,
        role=opened.held.role,
        called=opened.held.called,
        said_by=said_by_of(form.get("said_by", "")) if is_child else "own_words",
        month=this_month(request),
        language=language_of(request),
    )


async def keep(request: Request[Any, Any, Any], opened: Opened, said: Said, id: uuid.UUID) -> Response[Any]:
    """Keeps what was said, and goes back to it on the page of the space."""
    parts = parts_of(request)
    try:
        await parts.store.write(lambda: saying.add(opened, said, id))
    except SpaceProblem:
        return full(request, opened)
    return Redirect(f"/my-views/{opened.link}#{said.section}", status_code=303)


def full(request: Request[Any, Any, Any], opened: Opened) -> Response[bytes]:
    """Says that nothing more can be kept in this space."""
    return shown(request, "views/full.html", status=422, address=f"/my-views/{opened.link}")
