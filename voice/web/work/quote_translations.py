"""Putting down what somebody's words say in another language, beside the words themselves."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from voice.evidence import quotes, translated
from voice.evidence.translated import LONGEST, MadeBy, Translated
from voice.languages import LANGUAGES
from voice.people.roles import Audience
from voice.web.forms import fields
from voice.web.parts import parts_of


@post("/work/quotes/translation", opt={"audience": Audience.EVIDENCE})
async def keep_translation(request: Request[Any, Any, Any]) -> Redirect:
    """Keeps the translation and goes back to the list; without words or a name there is nothing to keep."""
    parts = parts_of(request)
    form = await fields(request)
    try:
        voice = uuid.UUID(request.query_params.get("voice", ""))
    except ValueError as problem:
        raise NotFoundException from problem
    into = form.get("into", "en")
    known = await parts.store.read(lambda: quotes.text_of(voice, today=parts.today))
    if into not in LANGUAGES or known is None:
        raise NotFoundException
    text = form.get("translation", "").replace("\r\n", "\n").strip()[:LONGEST]
    name = " ".join(form.get("name", "").split())[:120]
    if text and name:
        made_by: MadeBy = "machine" if form.get("made_by") == "machine" else "person"
        kept = Translated(into, text, made_by, name, parts.today)
        await parts.store.write(lambda: translated.record(voice, kept))
    return Redirect(f"/work/quotes?{request.url.query}#voice-{voice}", status_code=303)
