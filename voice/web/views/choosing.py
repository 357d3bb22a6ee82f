"""What the family chooses: what goes to the meeting and, apart from that, what others may learn without knowing who."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from voice.capture.views import learning, saying
from voice.capture.views.saying import Learn, ViewSeen
from voice.capture.views.sections import HEARD
from voice.capture.views.spaces import Opened
from voice.web.forms import fields
from voice.web.guards import RESPONDENT
from voice.web.parts import parts_of
from voice.web.views import words as view_words
from voice.web.views.space import family_of, shown


@get("/my-views/{key:str}/meeting", opt=RESPONDENT)
async def show_meeting(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[bytes]:
    opened = await family_of(request, key)
    views = await parts_of(request).store.read(lambda: saying.views_for(opened))
    return shown(
        request,
        "views/meeting.html",
        address=f"/my-views/{key}",
        views=[view for view in views if view.said.section != HEARD],
        chosen=sum(view.said.to_meeting for view in views),
        saved="saved" in request.query_params,
    )


@post("/my-views/{key:str}/meeting", opt=RESPONDENT)
async def choose_for_meeting(request: Request[Any, Any, Any], key: FromPath[str]) -> Redirect:
    parts, opened = parts_of(request), await family_of(request, key)
    ticked = set((await request.form()).getall("view", []))
    seen = set((await request.form()).getall("seen", []))

    async def unit() -> None:
        for view in await saying.views_for(opened):
            goes = str(view.id) in ticked
            # What was added while the page was open was not on it, and stays as it is.
            if str(view.id) in seen and goes != view.said.to_meeting:
                await saying.change(opened, view, msgspec.structs.replace(view.said, to_meeting=goes))

    await parts.store.write(unit)
    return Redirect(f"/my-views/{key}/meeting?saved=yes", status_code=303)


@get("/my-views/{key:str}/learn", opt=RESPONDENT)
async def show_learn(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[bytes]:
    opened = await family_of(request, key)
    views = await parts_of(request).store.read(lambda: saying.views_for(opened))
    return shown(
        request,
        "views/learn.html",
        address=f"/my-views/{key}",
        views=[view for view in views if learning.may_count(view.said)],
        has_words={view.id for view in views if view_words.lines(view.said)},
        saved="saved" in request.query_params,
    )


@post("/my-views/{key:str}/learn", opt=RESPONDENT)
async def choose_to_learn(request: Request[Any, Any, Any], key: FromPath[str]) -> Redirect:
    parts, opened = parts_of(request), await family_of(request, key)
    form = await fields(request)

    async def unit() -> None:
        for view in await saying.views_for(opened):
            if (wish := form.get(f"learn-{view.id}")) is not None:
                await let_learn(opened, view, _learn(wish, view))

    await parts.store.write(unit)
    return Redirect(f"/my-views/{key}/learn?saved=yes", status_code=303)


async def let_learn(opened: Opened, view: ViewSeen, learn: Learn) -> None:
    section = view.said.section
    text = "\n".join(view_words.lines_in(view.said, view.said.language))
    await learning.let_learn(opened, view, learn, asked=view_words.in_english(section), text=text)


def _learn(wish: str, view: ViewSeen) -> Learn:
    """What cannot be read (a recording without words) can be counted."""
    if wish == "read" and view_words.lines(view.said):
        return "read"
    return "count" if wish in ("count", "read") else ""
