"""What every page of the builder does: load the draft, save a change, and show what somebody saved meanwhile."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from surveys.building import drafting
from surveys.building.drafting import Change, NoSuchDraft, NotNow, SavedMeanwhile, SurveyDraftState
from surveys.building.stale import LookedAt
from surveys.document import SurveyDocument
from surveys.identity import IdentityMode
from voice.parts import Parts
from voice.people import signing_in
from voice.people.roles import Audience, may_use
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import builder_words

READ = {"audience": Audience.SURVEYS}
BUILD = {"audience": Audience.BUILDING}


class Edit(msgspec.Struct, frozen=True):
    """What a form does to a draft."""

    document: SurveyDocument
    change: Change
    identity_mode: IdentityMode | None = None
    looked_at: LookedAt | None = None


class Yours(msgspec.Struct, frozen=True):
    """A field as the form has it, and as somebody else saved it meanwhile."""

    field: str
    yours: str
    theirs: str


async def draft_at(request: Request[Any, Any, Any], id: uuid.UUID) -> SurveyDraftState:
    try:
        return await parts_of(request).store.read(lambda: drafting.load(id))
    except NoSuchDraft as problem:
        raise NotFoundException from problem


async def names(parts: Parts) -> dict[uuid.UUID, str]:
    """The e-mail address of each member of staff."""
    return {each.id: each.email for each in await parts.store.read(signing_in.members)}


def address_of(id: uuid.UUID) -> str:
    return f"/work/builder/{id}"


def draft_page(
    request: Request[Any, Any, Any], template: str, draft: SurveyDraftState, *, status: int = 200, **context: Any
) -> Response[bytes]:
    return page(
        request,
        f"work/builder/{template}",
        language=language_of(request),
        status=status,
        draft=draft,
        document=draft.document,
        address=address_of(draft.id),
        told=builder_words,
        may_build=may_use(person_here(request).role, Audience.BUILDING) and draft.stage == "draft",
        **context,
    )


def revision_in(form: Mapping[str, str]) -> int:
    """The revision that the page was made from; one that never was when the form does not say."""
    text = form.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1


def plain(text: str) -> str:
    """A field as it was sent, with the line ends that it had on the page."""
    return text.replace("\r\n", "\n").strip()


def changed_fields(form: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """The fields that the person changed: the page sends along what stood there as ``was-`` and the name.

    So what somebody else saved meanwhile stays as it is wherever this person changed nothing.
    """
    return {
        name: plain(form.get(name, ""))
        for name in names
        if plain(form.get(name, "")) != plain(form.get(f"was-{name}", ""))
    }


async def save(
    request: Request[Any, Any, Any],
    id: uuid.UUID,
    form: Mapping[str, str],
    edit: Callable[[SurveyDraftState], Edit],
    *,
    then: str,
    yours: Callable[[SurveyDraftState], list[Yours]] = lambda _: [],
    about: str = "",
) -> Response[Any]:
    """Saves what ``edit`` makes of the draft, and goes to ``then``. ``EditProblem`` is left to the caller.

    ``about`` is the question that the form is about.
    """
    parts = parts_of(request)
    person = person_here(request)

    async def unit() -> None:
        draft = await drafting.load_at(id, revision_in(form))
        made = edit(draft)
        await drafting.save(
            draft,
            made.document,
            made.change,
            by=person.id,
            now=parts.clock(),
            identity_mode=made.identity_mode,
            looked_at=made.looked_at,
        )

    try:
        await parts.store.write(unit)
    except NoSuchDraft as problem:
        raise NotFoundException from problem
    except SavedMeanwhile as meanwhile:
        return await meanwhile_page(request, meanwhile, form, yours(meanwhile.draft), about=about)
    except NotNow as problem:
        return await not_now_page(request, id, builder_words.not_now(problem.code))
    return Redirect(then, status_code=303)


async def meanwhile_page(
    request: Request[Any, Any, Any],
    meanwhile: SavedMeanwhile,
    form: Mapping[str, str],
    yours: list[Yours],
    *,
    about: str = "",
) -> Response[bytes]:
    """What changed and by whom, beside this person's own words, which are in the form and so are not lost."""
    again = {name: text for name, text in form.items() if name not in ("revision", "_csrf_token")}
    return draft_page(
        request,
        "meanwhile.html",
        meanwhile.draft,
        status=409,
        since=meanwhile.since,
        names=await names(parts_of(request)),
        yours=[each for each in yours if each.yours != each.theirs],
        again=again,
        is_gone=bool(about) and meanwhile.draft.document.question(about) is None,
    )


async def not_now_page(request: Request[Any, Any, Any], id: uuid.UUID, why: str) -> Response[bytes]:
    return draft_page(request, "not_now.html", await draft_at(request, id), status=409, why=why)
