"""Who saw, changed, released and took away what: to search, to save as a file, and to check that it is whole."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post
from litestar.response import Redirect, Stream

from surveys.exporting.cells import SafeRows
from voice.audit import keeping, sealing, searching
from voice.audit.entry import Act, Row
from voice.audit.keeping import FEWEST, MOST, KeepingProblem
from voice.audit.searching import Wanted
from voice.audit.verifying import Verdict, verify
from voice.people.roles import Audience
from voice.storage import Store
from voice.web.forms import fields
from voice.web.govern import audit_words
from voice.web.headers import saved_as
from voice.web.pages import page, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of

GOVERNING = {"audience": Audience.GOVERNING}
A_PAGE = 100
A_BATCH = 1000
MOST_DIGITS = 9
NAMELESS = ("command", "nobody")
FIELDS = ("who", "act", "kind", "key", "from", "to")
BYTE_ORDER_MARK = "\ufeff"
COLUMNS = ("number", "at", "actor", "who", "name", "organisation", "act", "kind", "key", "detail", "hash", "mark")


@get("/govern/audit", opt=GOVERNING)
async def show_audit(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _audit_page(request)


async def _audit_page(request: Request[Any, Any, Any], *, verdict: Verdict | None = None) -> Response[bytes]:
    store = parts_of(request).store
    wanted = _wanted(request)
    start = _whole(request.query_params.get("before", ""))
    found = await store.read(lambda: searching.newest(wanted, before=start, most=A_PAGE + 1))
    chosen = {name: value for name in FIELDS if (value := request.query_params.get(name, ""))}
    names = await store.read(searching.names)
    by_text = {str(id): name for id, name in names.items()}
    return page(
        request,
        "govern/audit.html",
        language=language_of(request),
        found=found[:A_PAGE],
        older=urlencode({**chosen, "before": found[A_PAGE - 1].number}) if len(found) > A_PAGE else "",
        is_first=start is None,
        query=urlencode(chosen),
        chosen=chosen,
        wanted=wanted,
        names=names,
        named=lambda row: by_text.get(row.key, "") if row.kind == "member" else "",
        acts=[act.value for act in Act],
        kinds=audit_words.KINDS,
        nameless=NAMELESS,
        seal=await store.read(sealing.newest),
        verdict=verdict,
        when=_when,
        audit_words=audit_words,
    )


def _wanted(request: Request[Any, Any, Any]) -> Wanted:
    """What was chosen; what cannot be meant says nothing."""
    query = request.query_params
    who = query.get("who", "")
    return Wanted(
        who=_id(who),
        actor=who if who in NAMELESS else "",
        act=query.get("act", "") if query.get("act") in set(Act) else "",
        kind=query.get("kind", "") if query.get("kind") in audit_words.KINDS else "",
        key=query.get("key", "").strip(),
        first=_day(query.get("from", "")),
        last=_day(query.get("to", "")),
    )


def _whole(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS else None


def _id(written: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(written)
    except ValueError:
        return None


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None


def _when(row: Row) -> dt.datetime:
    return dt.datetime.fromisoformat(row.at)


@post("/govern/audit", opt=GOVERNING)
async def check_audit(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Looks at every entry, also against the seals beside the data."""
    parts = parts_of(request)
    return await _audit_page(request, verdict=await verify(parts.store, sealing.noted_seals(parts.settings.data)))


@get("/govern/audit/file", opt=GOVERNING)
async def download_audit(request: Request[Any, Any, Any]) -> Stream:
    """What was chosen, in the order in which it was written, with the hashes that show that it is whole."""
    store = parts_of(request).store
    names = await store.read(searching.names)
    return Stream(
        _written(store, _wanted(request), names),
        media_type="text/csv; charset=utf-8",
        headers=saved_as("who-did-what.csv"),
    )


async def _written(store: Store, wanted: Wanted, names: Mapping[uuid.UUID, str]) -> AsyncIterator[bytes]:
    yield (BYTE_ORDER_MARK + _lines([COLUMNS])).encode()
    number = 0
    while rows := await store.read(partial(searching.in_order, wanted, after=number, most=A_BATCH)):
        number = rows[-1].number
        yield _lines([_cells(row, names) for row in rows]).encode()


def _cells(row: Row, names: Mapping[uuid.UUID, str]) -> tuple[object, ...]:
    name = names.get(row.who, "") if row.who else ""
    said = (row.number, row.at, row.actor, row.who, name, row.organisation)
    return (*said, row.act, row.kind, row.key, row.detail, row.hash, row.mark)


def _lines(rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    SafeRows(out).writerows(rows)
    return out.getvalue()


@get("/govern/audit/keeping", opt=GOVERNING)
async def show_keeping(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _keeping_page(request)


async def _keeping_page(
    request: Request[Any, Any, Any], form: Mapping[str, str] | None = None, *, problem: str = ""
) -> Response[bytes]:
    store = parts_of(request).store
    now = await store.read(keeping.kept)
    return page(
        request,
        "govern/audit_keeping.html",
        language=language_of(request),
        status=422 if problem else 200,
        now=now,
        fewest=FEWEST,
        most=MOST,
        form=form or {"years": str(now.years), "why": now.why},
        problem=problem,
        names=await store.read(searching.names),
        set_on=dt.datetime.fromisoformat(now.set_at) if now.set_at else None,
    )


@post("/govern/audit/keeping", opt=GOVERNING)
async def agree_keeping(request: Request[Any, Any, Any]) -> Response[Any]:
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    form = await fields(request)
    years = _whole(form.get("years", "").strip()) or 0
    try:
        await parts.store.write(lambda: keeping.agree(years, form.get("why", ""), by=person.id, now=parts.clock()))
    except KeepingProblem as problem:
        return await _keeping_page(request, form, problem=problem.code)
    return Redirect("/govern/audit/keeping", status_code=303)
