"""Who was asked: what partners bring in, the key that they share, and families that are left alone for a while."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect

from analysis.disclosure import FLOOR
from surveys.asking_less.rules import in_force
from surveys.importing.reading import read_sheet
from surveys.importing.sheet import SheetProblem
from surveys.ledger import sensitive, taking_in
from surveys.ledger.keys import NotReadable, family_key, key_bytes, ledger_key
from surveys.ledger.tables import Ask
from surveys.ledger.taking_in import History, HistoryProblem, TakenIn, read_history
from voice.parts import Parts
from voice.people.permissions import Kind, belongs
from voice.people.roles import Audience
from voice.people.signing_in import SignedIn
from voice.web.forms import fields
from voice.web.guards import PUBLIC
from voice.web.headers import SENDS_NOTHING, saved_as
from voice.web.invite import contact_words
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work.importing import LARGEST_UPLOAD


@get("/work/contacts", opt={"audience": Audience.INVITING})
async def show_contacts(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _contacts_page(request)


async def _counts(today: dt.date) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = await Ask.raw(
        'SELECT "partner", COUNT(*) AS "asks", COUNT(DISTINCT "family") AS "families", MAX("asked_on") AS "last" '
        'FROM "ask" WHERE "asked_on" >= {} GROUP BY "partner" ORDER BY "partner"',
        today - dt.timedelta(days=366),
    )
    return rows


async def _contacts_page(
    request: Request[Any, Any, Any],
    *,
    status: int = 200,
    problem: str = "",
    about: Sequence[str] = (),
    history: History | None = None,
    taken: TakenIn | None = None,
    form: Mapping[str, str] | None = None,
) -> Response[bytes]:
    parts = parts_of(request)
    counts = await parts.store.read(lambda: _counts(parts.today))
    alone = await parts.store.read(lambda: sensitive.how_many(parts.today))
    return page(
        request,
        "invite/contacts.html",
        language=language_of(request),
        status=status,
        problem=problem,
        about=about,
        history=history,
        taken=taken,
        form=form or {},
        partners=[
            (row["partner"], row["asks"], row["families"] if row["families"] >= FLOOR else None) for row in counts
        ],
        uploads=await parts.store.read(taking_in.uploads),
        rules=(await parts.store.read(in_force)).rules,
        reasons=sensitive.REASONS,
        alone=alone if alone >= FLOOR else None,
        done=request.query_params.get("done", ""),
        contact_words=contact_words,
    )


@post("/work/contacts", opt={"audience": Audience.INVITING}, request_max_body_size=LARGEST_UPLOAD)
async def bring_in(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A partner's contact history: taken in at once, because the same file twice changes nothing."""
    parts = parts_of(request)
    person = person_here(request)
    form = await request.form()
    sent = form.get("file")
    partner = " ".join(str(form.get("partner", "")).split())[: taking_in.LONGEST]
    if not partner:
        return await _contacts_page(request, status=422, problem="partner")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return await _contacts_page(request, status=422, problem="no_file", form={"partner": partner})
    content, name = await sent.read(), PurePath(sent.filename.replace("\\", "/")).name
    try:
        history = await asyncio.to_thread(lambda: read_history(read_sheet(content, name), partner=partner))
        taken = await parts.store.write(lambda: _take_in(history, partner, person, parts.today))
    except SheetProblem as problem:
        return await _contacts_page(
            request,
            status=413 if problem.code == "too_large" else 422,
            problem=problem.code,
            form={"partner": partner},
        )
    except HistoryProblem as problem:
        return await _contacts_page(
            request, status=422, problem=problem.code, about=problem.about, form={"partner": partner}
        )
    return await _contacts_page(request, history=history, taken=taken)


async def _take_in(history: History, partner: str, person: SignedIn, today: dt.date) -> TakenIn:
    upload = uuid.uuid4()
    taken = await taking_in.take_in(history, partner=partner, by=person.id, today=today, id=upload)
    await belongs(Kind.CONTACTS, upload, person.organisation)
    return taken


@post("/work/contacts/{id:uuid}/take-back", opt={"audience": Audience.INVITING})
async def take_back(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Redirect:
    await parts_of(request).store.write(lambda: taking_in.take_back(id))
    return Redirect("/work/contacts", status_code=303)


@post("/work/contacts/left-alone", opt={"audience": Audience.INVITING})
async def leave_alone(request: Request[Any, Any, Any]) -> Response[Any]:
    """A family in a hard time is not asked. What was typed becomes a key at once and is kept nowhere."""
    parts = parts_of(request)
    person = person_here(request)
    by = person.id
    form = await fields(request)
    try:
        family = await _family(parts, form)
    except NotReadable as problem:
        return await _contacts_page(request, status=422, problem=f"part_{problem.part}", form=form)
    if form.get("go") == "end":
        await parts.store.write(lambda: sensitive.end(family))
        return Redirect("/work/contacts?done=ended", status_code=303)
    last_day = _last_day(form.get("last_day", ""), parts.today)
    if form.get("reason") not in sensitive.REASONS or last_day is None:
        return await _contacts_page(
            request, status=422, problem="last_day" if last_day is None else "reason", form=form
        )
    await parts.store.write(
        lambda: sensitive.leave_alone(family, reason=form["reason"], last_day=last_day, by=by, today=parts.today)
    )
    return Redirect("/work/contacts?done=alone", status_code=303)


async def _family(parts: Parts, form: Mapping[str, str]) -> str:
    """Raises ``NotReadable``."""
    rules = (await parts.store.read(in_force)).rules
    return family_key(key_bytes(ledger_key(parts.secret)), {part: form.get(part, "") for part in rules.family_by})


def _last_day(written: str, today: dt.date) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(written.strip())
    except ValueError:
        return None
    return day if today <= day <= today + sensitive.LONGEST else None


@get("/work/contacts/key", opt={"audience": Audience.MANAGING})
async def download_key(request: Request[Any, Any, Any]) -> Response[str]:
    """The key that partners share, for an administrator to hand over in person."""
    return Response(
        ledger_key(parts_of(request).secret) + "\n",
        media_type="text/plain; charset=utf-8",
        headers=saved_as("ledger-key.txt"),
    )


@get("/ledger-keys", opt=PUBLIC)
async def show_hashing(request: Request[Any, Any, Any]) -> Response[bytes]:
    """For partners, who have no account here: their file never leaves their browser."""
    rules = (await parts_of(request).store.read(in_force)).rules
    shown = page(
        request,
        "invite/hashing.html",
        language=language_of(request),
        rules=rules,
        known_by=(*rules.family_by, *rules.person_by),
        contact_words=contact_words,
    )
    shown.headers["Content-Security-Policy"] = SENDS_NOTHING
    return shown
