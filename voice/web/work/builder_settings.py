"""The settings of a survey that is being built: its title and first page, who it asks, its languages."""

from __future__ import annotations

import uuid
from typing import Any, get_args

from litestar import Request, Response, get, post
from litestar.params import FromPath

from surveys.building import editing
from surveys.building.drafting import Change, SurveyDraftState
from surveys.building.editing import AUDIENCES, EDITIONS, SETTINGS_IN_WORDS, EditProblem, Plain
from surveys.building.minutes import minutes
from surveys.building.stale import LookedAt
from surveys.identity import IdentityMode
from voice.languages import LANGUAGES, SOURCE
from voice.web.forms import fields
from voice.web.parts import parts_of
from voice.web.work.builder_drafts import (
    BUILD,
    READ,
    Edit,
    Yours,
    address_of,
    changed_fields,
    draft_at,
    draft_page,
    save,
)

MODES: tuple[IdentityMode, ...] = get_args(IdentityMode)


def settings_of(draft: SurveyDraftState, language: str) -> dict[str, str]:
    """Every setting as its field of the form has it, the words in one language."""
    document = draft.document
    found: dict[str, str] = {name: getattr(document, name).get(language, "") for name in SETTINGS_IN_WORDS}
    found |= {
        "minutes": str(document.minutes),
        "audience": document.audience,
        "edition": document.edition,
        "kept_months": str(document.kept_months),
        "identity_mode": draft.identity_mode or "",
    }
    return found | {f"language-{code}": "yes" if code in document.languages else "" for code in LANGUAGES}


@get("/work/builder/{draft:uuid}/settings", opt=READ)
async def show_settings(request: Request[Any, Any, Any], draft: FromPath[uuid.UUID]) -> Response[bytes]:
    found = await draft_at(request, draft)
    return _settings_page(request, found, language_asked(request.query_params.get("in", "")))


def language_asked(code: str) -> str:
    """The language whose words are written; English unless the address names another of ours."""
    return code if code in LANGUAGES else SOURCE


def _settings_page(
    request: Request[Any, Any, Any],
    draft: SurveyDraftState,
    language: str,
    *,
    written: dict[str, str] | None = None,
    problem: EditProblem | None = None,
) -> Response[bytes]:
    before = settings_of(draft, language)
    return draft_page(
        request,
        "settings.html",
        draft,
        status=422 if problem else 200,
        before=before,
        written=before | (written or {}),
        in_words=SETTINGS_IN_WORDS,
        english=settings_of(draft, SOURCE),
        in_language=LANGUAGES[language],
        source=LANGUAGES[SOURCE],
        estimated=minutes(draft.document),
        audiences=AUDIENCES,
        editions=EDITIONS,
        modes=MODES,
        now=parts_of(request).clock(),
        problem=problem,
        stale={each.field for each in draft.stale if not each.concept and each.language == language},
    )


@post("/work/builder/{draft:uuid}/settings", opt=BUILD)
async def change_settings(request: Request[Any, Any, Any], draft: FromPath[uuid.UUID]) -> Response[Any]:
    form = await fields(request)
    language = language_asked(form.get("in", ""))

    def yours(found: SurveyDraftState) -> list[Yours]:
        now = settings_of(found, language)
        return [Yours(name, text, now[name]) for name, text in changed_fields(form, now).items()]

    try:
        return await save(
            request,
            draft,
            form,
            lambda found: _edited(found, language, changed_fields(form, settings_of(found, language))),
            then=f"{address_of(draft)}/settings?in={language}&saved=yes",
            yours=yours,
        )
    except EditProblem as problem:
        found = await draft_at(request, draft)
        written = {name: form.get(name, "") for name in settings_of(found, language)}
        return _settings_page(request, found, language, written=written, problem=problem)


def _edited(draft: SurveyDraftState, language: str, changed: dict[str, str]) -> Edit:
    """The draft with the fields that the person changed; all others are as they are now."""
    before = settings_of(draft, language)
    now = before | changed
    plain = Plain(
        minutes=_number(now["minutes"]),
        audience=next((each for each in AUDIENCES if each == now["audience"]), draft.document.audience),
        edition=next((each for each in EDITIONS if each == now["edition"]), draft.document.edition),
        languages=tuple(code for code in LANGUAGES if now[f"language-{code}"]),
        kept_months=_number(now["kept_months"]),
    )
    words = {name: now[name] for name in SETTINGS_IN_WORDS if name in changed}
    document = editing.with_settings(draft.document, plain, language=language, words=words)
    mode = next((each for each in MODES if each == now["identity_mode"]), None)
    kept = {name: before[name] for name in changed}
    return Edit(document, Change("settings", before=kept, after=changed), mode, LookedAt("", language))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 0
