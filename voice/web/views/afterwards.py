"""After a meeting: "Was I heard?", telling that views were sent, and deleting a space."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.answers import AnswerProblem
from voice.backups import erased
from voice.capture.reviews import participation
from voice.capture.views import heard, learning, saying, sealed_files, spaces
from voice.capture.views.sections import ANSWERS, HEARD, TESTS
from voice.capture.views.spaces import Opened
from voice.web.forms import fields
from voice.web.guards import PUBLIC, RESPONDENT
from voice.web.limits import limit
from voice.web.parts import parts_of
from voice.web.views.choosing import let_learn
from voice.web.views.keeping import begun
from voice.web.views.space import family_of, shown, this_month

LONGEST_LINE = 1000
WAITS = dt.timedelta(days=120)
"""How long before a review a family may say that it has sent its views; the same time after it."""


@get("/my-views/{key:str}/heard", opt=RESPONDENT)
async def show_heard(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[bytes]:
    opened, month = await family_of(request, key), this_month(request)
    before = await parts_of(request).store.read(lambda: heard.answered(opened, month))
    form: dict[str, str] = {}
    if before is not None:
        form = {**dict(before.said.sorted), "text": before.said.text, "learn": before.said.learn}
    return _heard_page(request, opened, form, saved="saved" in request.query_params)


def _heard_page(
    request: Request[Any, Any, Any],
    opened: Opened,
    form: Mapping[str, str],
    *,
    problem: AnswerProblem | None = None,
    saved: bool = False,
) -> Response[bytes]:
    return shown(
        request,
        "views/heard.html",
        status=200 if problem is None else 422,
        address=f"/my-views/{opened.link}",
        tests=TESTS,
        answers=ANSWERS,
        role=opened.held.role,
        form=form,
        problem=problem,
        saved=saved,
    )


@post("/my-views/{key:str}/heard", opt=RESPONDENT)
async def say_whether_heard(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[Any]:
    """Counts the answers for everybody; the words go nowhere, unless the person lets others read them."""
    parts, opened = parts_of(request), await family_of(request, key)
    form = await fields(request)
    given = tuple((test, form[test]) for test in TESTS if form.get(test) in ANSWERS)
    text = form.get("text", "").replace("\x00", "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST_LINE or not given:
        problem = AnswerProblem("too_long" if given else "nothing_said", limit=LONGEST_LINE, length=len(text))
        return _heard_page(request, opened, form, problem=problem)
    said = msgspec.structs.replace(begun(request, opened, HEARD, form), sorted=given, text=text)
    wish = "read" if form.get("learn") and text else ""

    async def unit() -> None:
        before = await heard.answered(opened, said.month)
        if before is not None and before.said.voice is not None:
            await learning.take_back([before.said.voice])
        id = await heard.answer(opened, said)
        if wish:
            await let_learn(opened, await saying.one_view(opened, id), "read")

    await parts.store.write(unit)
    return Redirect(f"/my-views/{key}/heard?saved=yes", status_code=303)


@get("/my-views/{key:str}/end", opt=RESPONDENT)
async def show_end(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[bytes]:
    await family_of(request, key)
    return shown(request, "views/end.html", address=f"/my-views/{key}")


@post("/my-views/{key:str}/end", opt=RESPONDENT)
async def end(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[bytes]:
    """Deletes the space with all that is in it, and takes back what others were let to learn."""
    parts, opened = parts_of(request), await family_of(request, key)

    async def unit() -> list[uuid.UUID]:
        views = await saying.views_for(opened)
        voices = [view.said.voice for view in views if view.said.voice is not None]
        await learning.take_back(voices)
        await erased.note("view_space", [opened.space], today=parts.today)
        await erased.note("voice", voices, today=parts.today)
        return await spaces.end_space(opened.space)

    files = await parts.store.write(unit)
    await sealed_files.remove(sealed_files.folder_of(parts.settings), files)
    return shown(request, "views/ended.html")


@get("/my-views/took-part", opt=PUBLIC)
async def show_took_part(request: Request[Any, Any, Any]) -> Response[bytes]:
    return shown(request, "views/took_part.html", told=False, problem=None)


@post("/my-views/took-part", opt=PUBLIC, middleware=[limit("views")])
async def tell_took_part(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Notes that a child's views were sent to a review. The address names no space, and the answer is the same
    whether or not there is such a child: nobody learns from it who has a review."""
    parts = parts_of(request)
    reference = (await fields(request)).get("reference", "")
    child = participation.child_hash(parts.secret, reference)
    if child is None:
        return shown(request, "views/took_part.html", status=422, told=False, problem="nothing_written")
    first, last = parts.today - WAITS, parts.today + WAITS
    await parts.store.write(lambda: participation.told_by_family(child, first=first, last=last))
    return shown(request, "views/took_part.html", told=True, problem=None)
