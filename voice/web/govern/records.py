"""Drafts of the papers that data-protection law asks for, to read here and to take away."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from voice.data_protection import assessment, facts, papers
from voice.people.roles import Audience
from voice.web.headers import saved_as
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of

GOVERNING = {"audience": Audience.GOVERNING}
PAPERS = ("assessment", "processing")


async def _facts(request: Request[Any, Any, Any]) -> facts.Facts:
    parts = parts_of(request)
    return await facts.gather(parts.store, parts.settings, today=parts.today)


@get("/govern/records", opt=GOVERNING)
async def show_records(request: Request[Any, Any, Any]) -> Response[bytes]:
    found = await _facts(request)
    which = "processing" if request.query_params.get("paper") == "processing" else "assessment"
    document = papers.record_of_processing(found) if which == "processing" else assessment.assessment(found)
    return page(
        request,
        "govern/records.html",
        language=language_of(request),
        which=which,
        papers=PAPERS,
        document=document,
    )


@get("/govern/records/file", opt=GOVERNING)
async def download_record(request: Request[Any, Any, Any]) -> Response[bytes]:
    name = request.query_params.get("name", "processing.csv")
    if name not in papers.FILES:
        raise NotFoundException
    found = await _facts(request)
    return Response(
        await asyncio.to_thread(papers.file_of, name, found),
        media_type=papers.FILES[name],
        headers=saved_as(name),
    )
