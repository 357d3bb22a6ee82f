"""Tables of numbers that everybody may read: a lead publishes one, and each is looked at beside those before."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from analysis.disclosure import FLOOR
from surveys.document import Words
from surveys.exporting.cells import csv_file
from surveys.terms import is_term
from voice.comparing.to_publish import DID_NOT, SAID_SO, TOTAL, table_to_publish
from voice.disclosing.publishing import Refused, Snapshot, every_snapshot, publish_table, snapshot
from voice.findings.counting import counted
from voice.parts import Parts
from voice.people.roles import Audience, may_use
from voice.web.forms import fields
from voice.web.guards import PUBLIC
from voice.web.headers import saved_as
from voice.web.lead import comparing_words, table_words
from voice.web.pages import page, person_here, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of

"""Excel takes a CSV for UTF-8 when it begins with one."""


@get("/lead/tables", opt={"audience": Audience.FINDINGS})
async def show_tables(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _tables_page(request)


async def _tables_page(request: Request[Any, Any, Any], refused: Refused | None = None) -> Response[bytes]:
    parts = parts_of(request)
    person = signed_in(request)
    return page(
        request,
        "lead/tables.html",
        language=language_of(request),
        status=409 if refused else 200,
        tables=await parts.store.read(every_snapshot),
        refused=refused,
        titles=await _titles(parts),
        told=comparing_words,
        table_words=table_words,
        may_publish=person is not None and may_use(person.role, Audience.AGREEING),
    )


async def _titles(parts: Parts) -> dict[str, Words]:
    return {each.round.survey: each.round.document.title for each in await counted(parts.store)}


@post("/lead/tables", opt={"audience": Audience.AGREEING})
async def publish(request: Request[Any, Any, Any]) -> Response[Any]:
    """Publishes the answers to one question by one thing."""
    parts = parts_of(request)
    person = person_here(request)
    form = await fields(request)
    term = form.get("term", "")
    try:
        table = await table_to_publish(parts.store, form.get("concept", ""), form.get("by", ""), term)
    except KeyError as problem:
        raise NotFoundException from problem
    if table is None or (term and not is_term(term)):
        raise NotFoundException
    try:
        made = await publish_table(parts.store, table, by=person.id, today=parts.today)
    except Refused as refused:
        return await _tables_page(request, refused)
    return Redirect(f"/tables/{made.id}", status_code=303)


async def _published(request: Request[Any, Any, Any], id: uuid.UUID) -> Snapshot:
    found = await parts_of(request).store.read(lambda: snapshot(id))
    if found is None:
        raise NotFoundException
    return found


@get("/tables/{id:uuid}", opt=PUBLIC)
async def show_table(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[bytes]:
    """The table as it was published, whatever became of the answers."""
    found = await _published(request, id)
    by, _answer = found.table.dimensions
    cells = dict(found.table.cells)
    values = sorted({value for value, _ in cells if value != TOTAL}, key=lambda value: (not value, value))
    return page(
        request,
        "told/table.html",
        language=language_of(request),
        found=found,
        by=by,
        values=(*values, TOTAL),
        cells=cells,
        answers=(SAID_SO, DID_NOT, TOTAL),
        total=TOTAL,
        titles=await _titles(parts_of(request)),
        told=comparing_words,
        table_words=table_words,
        floor=FLOOR,
    )


@get("/tables/{id:uuid}/file", opt=PUBLIC)
async def download_table(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[bytes]:
    found = await _published(request, id)
    counted = ((*key, count) for key, count in found.table.cells)
    return Response(
        content=csv_file([(*found.table.dimensions, "people"), *counted]),
        media_type="text/csv; charset=utf-8",
        headers=saved_as("table.csv"),
    )
