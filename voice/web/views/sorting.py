"""Sorting pictures of a life: what is working, what is not, and where somebody is not sure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath

from surveys.answers import AnswerProblem
from voice.capture.views.sections import PLACES, SORTED, TO_SORT
from voice.capture.views.spaces import Opened
from voice.web.forms import fields
from voice.web.guards import RESPONDENT
from voice.web.views.keeping import TURN, begun, id_of_turn, keep, next_turn
from voice.web.views.space import opened_by, shown


@get("/my-views/{key:str}/sort", opt=RESPONDENT)
async def show_sort(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[bytes]:
    opened = await opened_by(request, key)
    return _sort_page(request, opened, {"turn": str(await next_turn(request, opened))})


def _sort_page(
    request: Request[Any, Any, Any], opened: Opened, form: Mapping[str, str], *, problem: AnswerProblem | None = None
) -> Response[bytes]:
    return shown(
        request,
        "views/sort.html",
        status=200 if problem is None else 422,
        address=f"/my-views/{opened.link}",
        role=opened.held.role,
        to_sort=TO_SORT,
        places=PLACES,
        section=SORTED,
        form=form,
        said_by=form.get("said_by", "own_words"),
        problem=problem,
    )


@post("/my-views/{key:str}/sort", opt=RESPONDENT)
async def sort(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[Any]:
    opened, form = await opened_by(request, key), await fields(request)
    placed = tuple((code, form[f"sort-{code}"]) for code in TO_SORT if form.get(f"sort-{code}") in PLACES)
    if not placed or not TURN.fullmatch(form.get("turn", "")):
        return _sort_page(request, opened, form, problem=AnswerProblem("nothing_sorted"))
    said = msgspec.structs.replace(begun(request, opened, SORTED, form), sorted=placed)
    return await keep(request, opened, said, id_of_turn(opened, f"{SORTED}:{form['turn']}"))
