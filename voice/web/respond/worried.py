"""“I am worried that somebody is not safe”: from every page for families, to the safeguarding lead and nobody else.

Nothing is kept of who wrote it or of the page they came from, unless they say how they can be reached.
"""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlsplit

from litestar import Request, Response, get, post

from voice.capture.drop_box.pieces import plain
from voice.safeguarding.worries import LONGEST, LONGEST_CONTACT, raise_worry
from voice.web.forms import fields
from voice.web.guards import PUBLIC
from voice.web.limits import count_try
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.respond.tell_us import LARGEST_FORM


@get("/worried", opt=PUBLIC)
async def show_worried(request: Request[Any, Any, Any]) -> Response[bytes]:
    came_from = urlsplit(request.headers.get("referer", ""))
    ours = urlsplit(parts_of(request).settings.base_url)
    return _worried_page(request, {"back": came_from.path if came_from.netloc == ours.netloc else ""})


@post("/worried", opt=PUBLIC, request_max_body_size=LARGEST_FORM, status_code=200)
async def send_worried(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Other words, or another way to be reached, are another worry: nothing is lost when somebody sends again."""
    parts = parts_of(request)
    form = {name: plain(value) for name, value in (await fields(request)).items()}
    text, contact = form.get("text", "").strip(), " ".join(form.get("contact", "").split())
    problem = None
    if not any(map(str.isalnum, text)):
        problem = ("nothing_written", "text")
    elif len(text) > LONGEST:
        problem = ("too_long", "text")
    elif len(contact) > LONGEST_CONTACT:
        problem = ("contact_too_long", "contact")
    if problem:
        return _worried_page(request, form, problem=problem)
    request.state.typed = text  # shown again when it cannot be kept
    await count_try(request, "tell_us")
    id = uuid.uuid5(_id_of(form), f"{text}\n{contact}")
    await parts.store.write(
        lambda: raise_worry(
            text, id=id, source="page", place="", secret=parts.secret, today=parts.today, contact=contact
        )
    )
    return _worried_page(request, form, sent=True)


def _worried_page(
    request: Request[Any, Any, Any],
    form: dict[str, str],
    *,
    problem: tuple[str, str] | None = None,
    sent: bool = False,
) -> Response[bytes]:
    """The page with what was written on it; ``problem`` is a code and its field."""
    back = form.get("back", "")
    return page(
        request,
        "respond/worried.html",
        language=language_of(request),
        status=422 if problem else 200,
        id=_id_of(form),
        form=form,
        back=back if back.startswith("/") and not back.startswith(("//", "/\\", "/worried")) else "",
        problem=problem,
        sent=sent,
        longest=LONGEST,
    )


def _id_of(form: dict[str, str]) -> uuid.UUID:
    try:
        return uuid.UUID(form.get("id", ""))
    except ValueError:
        return uuid.uuid4()
