"""Filing themes under the headings of a framework."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.response import Redirect

from voice.people.roles import Audience
from voice.themes import headings
from voice.themes.frames import frame_in_use
from voice.themes.headings import Framework, HeadingProblem
from voice.themes.naming import theme_names
from voice.web import summary_words
from voice.web.forms import fields
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of

EVIDENCE = {"audience": Audience.EVIDENCE}


class Place(msgspec.Struct, frozen=True):
    """A heading on the page, with the name of its box."""

    name: str
    framework: str
    heading: str
    themes: tuple[str, ...]
    is_own: bool


@get("/work/themes/headings", opt=EVIDENCE)
async def show_headings(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _headings_page(request)


async def _headings_page(
    request: Request[Any, Any, Any],
    *,
    status: int = 200,
    problem: HeadingProblem | None = None,
    typed: dict[str, str] | None = None,
) -> Response[bytes]:
    store = parts_of(request).store
    frame = await store.read(frame_in_use)
    found = await store.read(headings.frameworks)
    chosen = request.query_params.get("theme", "")
    return page(
        request,
        "work/themes/headings.html",
        language=language_of(request),
        status=status,
        problem=problem,
        typed=typed or {},
        frame=frame,
        names=await store.read(theme_names),
        chosen=chosen if any(each.theme_id == chosen for each in frame.themes) else "",
        frameworks=[(each.code, _places(position, each)) for position, each in enumerate(found)],
        summary_words=summary_words,
    )


def _places(position: int, framework: Framework) -> list[Place]:
    return [
        Place(f"at-{position}-{place}", framework.code, heading.words, heading.themes, heading.is_own)
        for place, heading in enumerate(framework.headings)
    ]


@post("/work/themes/headings", opt=EVIDENCE)
async def change_headings(request: Request[Any, Any, Any]) -> Response[Any]:
    """Files one theme under the ticked headings, or adds or takes away a heading of their own."""
    store = parts_of(request).store
    form = await fields(request)
    framework, heading = (" ".join(form.get(name, "").split()) for name in ("framework", "heading"))
    try:
        match form.get("go"):
            case "add":
                await store.write(lambda: headings.add_heading(framework, heading))
            case "remove":
                await store.write(lambda: headings.remove_heading(form.get("framework", ""), form.get("heading", "")))
            case _:
                await store.write(lambda: _file(form))
    except HeadingProblem as problem:
        return await _headings_page(request, status=422, problem=problem, typed=form)
    return Redirect(f"{request.url.path}{f'?{request.url.query}' if request.url.query else ''}", status_code=303)


async def _file(form: dict[str, str]) -> None:
    """What is ticked for the theme of the form. A heading that was not on the page stays as it is."""
    theme = form.get("theme", "")
    if not any(each.theme_id == theme for each in (await frame_in_use()).themes):
        return
    for position, framework in enumerate(await headings.frameworks()):
        for place in _places(position, framework):
            seen = form.get(f"seen-{place.name}") == f"{place.framework}/{place.heading}"
            themes = set(place.themes) - {theme} | ({theme} if place.name in form else set())
            if seen and themes != set(place.themes):
                await headings.file_under(place.framework, place.heading, themes)
