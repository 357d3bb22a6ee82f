"""Changing the draft of a code frame: adding a theme, one theme's words and place, splitting it, merging some."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.people.roles import Audience
from voice.themes import drafting
from voice.themes.changes import Change, ChangeProblem
from voice.themes.drafting import ChangedMeanwhile, Draft, NoDraft
from voice.themes.frames import FrameTheme
from voice.web.forms import fields
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import theme_frame_forms as forms
from voice.web.work import theme_frame_words as told
from voice.web.work.theme_frame import FRAME
from voice.web.work.theme_frame_draft import DRAFT, draft_now, draft_page, told_meanwhile


@get(f"{DRAFT}/add", opt={"audience": Audience.EVIDENCE})
async def show_add_theme(request: Request[Any, Any, Any]) -> Response[Any]:
    return await _form_page(request, "frame_add.html", {})


@post(f"{DRAFT}/add", opt={"audience": Audience.EVIDENCE})
async def add_theme(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await fields(request)
    return await _changed(request, "frame_add.html", form, lambda _, taken: [forms.addition_in(form, taken)])


@get(f"{DRAFT}/merge", opt={"audience": Audience.EVIDENCE})
async def show_merge_themes(request: Request[Any, Any, Any]) -> Response[Any]:
    return await _form_page(request, "frame_merge.html", {})


@post(f"{DRAFT}/merge", opt={"audience": Audience.EVIDENCE})
async def merge_themes(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await fields(request)
    return await _changed(request, "frame_merge.html", form, lambda draft, _: [forms.merge_in(form, draft.themes)])


@get(f"{DRAFT}/themes/{{token:str}}", opt={"audience": Audience.EVIDENCE})
async def show_frame_theme(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    draft, theme = await _at(request, token)
    return await _form_page(request, "frame_theme.html", forms.fields_of(theme, draft.themes), theme=theme)


@post(f"{DRAFT}/themes/{{token:str}}", opt={"audience": Audience.EVIDENCE})
async def change_frame_theme(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    form = await fields(request)
    theme = await _still_at(request, token)
    if theme is None:
        return await _gone(request, form)

    def asked(draft: Draft, _: Collection[str]) -> list[Change]:
        if form.get("go") == "remove":
            return [Change("remove", (theme.theme_id,))]
        return forms.changes_of(form, draft.find(theme.theme_id) or theme, draft.themes)

    return await _changed(request, "frame_theme.html", form, asked, theme=theme)


@get(f"{DRAFT}/themes/{{token:str}}/split", opt={"audience": Audience.EVIDENCE})
async def show_split_theme(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    _, theme = await _at(request, token)
    return await _form_page(request, "frame_split.html", {}, theme=theme)


@post(f"{DRAFT}/themes/{{token:str}}/split", opt={"audience": Audience.EVIDENCE})
async def split_theme(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    form = await fields(request)
    theme = await _still_at(request, token)
    if theme is None:
        return await _gone(request, form)
    return await _changed(
        request, "frame_split.html", form, lambda _, taken: [forms.split_in(form, theme, taken)], theme=theme
    )


async def _at(request: Request[Any, Any, Any], token: str) -> tuple[Draft, FrameTheme]:
    """The theme of the draft that the address names. Raises ``NotFoundException``."""
    draft = await draft_now(request)
    theme = told.theme_at(draft.themes, token) if draft else None
    if draft is None or theme is None:
        raise NotFoundException
    return draft, theme


async def _still_at(request: Request[Any, Any, Any], token: str) -> FrameTheme | None:
    """The same, unless somebody took it out of the draft since the page was shown."""
    draft = await draft_now(request)
    return told.theme_at(draft.themes, token) if draft else None


async def _gone(request: Request[Any, Any, Any], form: dict[str, str]) -> Response[Any]:
    """What somebody wrote about a theme that has gone stays in sight."""
    typed = "\n".join(text for name, text in form.items() if text and name.startswith(WRITTEN))
    return await draft_page(request, status=409, problem=told.problem(ChangeProblem("gone")), typed=typed)


WRITTEN = ("name", "description", "keywords", "part")


async def _changed(
    request: Request[Any, Any, Any],
    template: str,
    form: dict[str, str],
    asked: Callable[[Draft, Collection[str]], list[Change]],
    theme: FrameTheme | None = None,
) -> Response[Any]:
    """Makes the changes that a form asks for; ``asked`` knows the draft, and the codes that are taken."""

    async def unit() -> None:
        draft = await drafting.draft()
        if draft is None:
            raise NoDraft
        taken = await drafting.ids_ever_used() | {each.theme_id for each in draft.themes}
        changes = asked(draft, taken)
        if changes:
            await drafting.make(changes, seen=form.get("seen", ""))

    try:
        await parts_of(request).store.write(unit)
    except NoDraft:
        return Redirect(FRAME, status_code=303)
    except ChangedMeanwhile as meanwhile:
        return await _form_page(request, template, form, theme=theme, status=409, meanwhile=meanwhile)
    except ChangeProblem as problem:
        return await _form_page(request, template, form, theme=theme, status=422, problem=problem)
    return Redirect(DRAFT, status_code=303)


FIELDS = {"long_description": "description", "many_keywords": "keywords", "meaning": "meaning-same", "few": "chosen"}
"""The field that a problem is about, where it is not the name."""


async def _form_page(
    request: Request[Any, Any, Any],
    template: str,
    form: dict[str, str],
    *,
    theme: FrameTheme | None = None,
    status: int = 200,
    problem: ChangeProblem | None = None,
    meanwhile: ChangedMeanwhile | None = None,
) -> Response[Any]:
    draft = await draft_now(request)
    if draft is None:
        return Redirect(FRAME, status_code=303)
    return page(
        request,
        f"work/themes/{template}",
        language=language_of(request),
        status=status,
        draft=draft,
        theme=theme,
        form=form,
        known_parts=list(dict.fromkeys(each.part for each in draft.themes if each.part)),
        rows=range(1, forms.SPLIT_INTO + 1),
        first_place=forms.FIRST,
        problem=told.problem(problem) if problem else "",
        field=FIELDS.get(problem.code, "name") if problem else "",
        meanwhile=told_meanwhile(draft, meanwhile),
        told=told,
    )
