"""Looking at a contribution before it counts: how it is split, what is hidden, and what was said before."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from analysis.redaction import Detail, find_details
from voice.capture.drop_box import contributions
from voice.capture.drop_box.contributions import ContributionState, Decided, NoSuchContribution, PartState
from voice.capture.drop_box.duplicates import Alike, known_alike, look_for_duplicates
from voice.capture.drop_box.pieces import DropBoxProblem, plain
from voice.capture.drop_box.splitting import SPLITTINGS
from voice.evidence.quotes import WordsNotFound, with_words_hidden
from voice.people.roles import Audience, may_use
from voice.web.forms import fields
from voice.web.pages import page, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import drop_box_words
from voice.web.work.drop_box_forms import about_of, form_of


class Segment(msgspec.Struct, frozen=True):
    """Some words of a part; ``kind`` says what the machine takes them for, empty for nothing that stands out."""

    text: str
    kind: str


class Shown(msgspec.Struct, frozen=True):
    """A part on the page. ``details`` are the words that can be hidden, each once; ``alike`` is what says the same,
    and ``alike_words`` its words when this reader may read them. What is alike and waits in another contribution is
    decided on there, when this part is a voice: it may yet be refused."""

    place: int
    part: PartState
    segments: tuple[Segment, ...]
    details: tuple[Detail, ...]
    alike: Alike | None
    alike_words: str | None
    waits_elsewhere: bool


@get("/work/drop-box/{id:str}", opt={"audience": Audience.DROPPING})
async def show_draft(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[bytes]:
    return await _looking_page(request, await _own_draft(request, id))


@post("/work/drop-box/{id:str}", opt={"audience": Audience.DROPPING})
async def decide_on_draft(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[Any]:
    return await _decide(request, await _own_draft(request, id), "/work/drop-box")


@get("/work/drop-box/waiting/{id:str}", opt={"audience": Audience.EVIDENCE})
async def show_waiting_one(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[bytes]:
    return await _looking_page(request, await _waiting_one(request, id))


@post("/work/drop-box/waiting/{id:str}", opt={"audience": Audience.EVIDENCE})
async def decide_on_waiting(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[Any]:
    return await _decide(request, await _waiting_one(request, id), "/work/drop-box/waiting")


async def _own_draft(request: Request[Any, Any, Any], id: str) -> ContributionState:
    """The draft, for whoever began it; nobody else learns that it is there."""
    found, person = await _found(request, id), signed_in(request)
    if found.stage != "draft" or person is None or found.added_by != person.id:
        raise NotFoundException
    return found


async def _waiting_one(request: Request[Any, Any, Any], id: str) -> ContributionState:
    found = await _found(request, id)
    if found.stage != "waiting":
        raise NotFoundException
    return found


async def _found(request: Request[Any, Any, Any], id: str) -> ContributionState:
    try:
        wanted = uuid.UUID(id)
        return await parts_of(request).store.read(lambda: contributions.load(wanted))
    except (ValueError, NoSuchContribution) as problem:
        raise NotFoundException from problem


async def _looking_page(
    request: Request[Any, Any, Any],
    found: ContributionState,
    *,
    form: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    not_found: str = "",
) -> Response[bytes]:
    """``problems`` are codes by the id of a field; ``not_found`` are words that should be hidden and are not there."""
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    await look_for_duplicates(parts.store, found.id)
    waiting = await parts.store.read(lambda: contributions.parts_of(found.id))
    wanted = [part.alike for part in waiting if part.alike is not None]
    alike = await parts.store.read(lambda: known_alike(wanted))
    may_read = may_use(person.role, Audience.EVIDENCE)
    return page(
        request,
        "work/drop_box/looking.html",
        language=language_of(request),
        status=422 if problems else 200,
        found=found,
        form=form if form is not None else _first_form(found),
        written=form is not None,
        problems=problems or {},
        not_found=not_found,
        shown=_shown(found, waiting, alike, may_read=may_read),
        told=drop_box_words,
        kept_days=contributions.DAYS_A_DRAFT_IS_KEPT,
    )


def _first_form(found: ContributionState) -> dict[str, str]:
    """What is known already. Who said what came by e-mail is for whoever reads it to say."""
    known = form_of(found.about)
    return {**known, "respondent_kind": ""} if found.way == "mail" else known


def _shown(
    found: ContributionState, parts: Sequence[PartState], alike: Mapping[uuid.UUID, Alike], *, may_read: bool
) -> list[Shown]:
    shown = []
    for place, part in enumerate(parts, start=1):
        details = find_details(part.text)
        like = alike.get(part.alike) if part.alike is not None else None
        readable = like is not None and (
            like.contribution == found.id or part.likeness == 1.0 or (may_read and like.permitted != "count")
        )
        once = {detail.text: detail for detail in reversed(details)}
        shown.append(
            Shown(
                place,
                part,
                tuple(_segments(part.text, details)),
                tuple(sorted(once.values(), key=lambda detail: detail.start)),
                like,
                like.text if like is not None and readable else None,
                like is not None and like.contribution not in (None, found.id),
            )
        )
    return shown


def _segments(text: str, details: Sequence[Detail]) -> list[Segment]:
    segments, at = [], 0
    for detail in details:
        segments += [Segment(text[at : detail.start], ""), Segment(detail.text, detail.kind)]
        at = detail.end
    return [segment for segment in (*segments, Segment(text[at:], "")) if segment.text]


async def _decide(request: Request[Any, Any, Any], found: ContributionState, back: str) -> Response[Any]:
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    form = {name: plain(value) for name, value in (await fields(request)).items()}
    here = Redirect(request.url.path, status_code=303)
    try:
        match form.get("go"):
            case "split":
                return await _split(request, found, form) or here
            case "refuse" if found.stage == "draft":
                await parts.store.write(lambda: contributions.forget([found.id]))
                return Redirect(back, status_code=303)
            case "refuse":
                await parts.store.write(lambda: contributions.refuse(found.id, by=person.id, today=parts.today))
                return Redirect(back, status_code=303)
            case _:
                return await _take_in(request, found, form, back)
    except NoSuchContribution:
        # Somebody else has decided on it, or split it, since the page was shown.
        return Redirect(back, status_code=303)


async def _split(
    request: Request[Any, Any, Any], found: ContributionState, form: Mapping[str, str]
) -> Response[bytes] | None:
    chosen = form.get("splitting")
    splitting = next((each for each in SPLITTINGS if each == chosen), found.splitting)
    columns = {
        place: int(written) if (written := form.get(f"column-{place}", "")).isdecimal() else None
        for place, piece in enumerate(found.pieces)
        if piece.columns
    }
    if any(column is not None and column >= len(found.pieces[place].columns) for place, column in columns.items()):
        raise NotFoundException
    try:
        await parts_of(request).store.write(lambda: contributions.split(found.id, splitting, columns))
    except DropBoxProblem as problem:
        return await _looking_page(request, found, problems={"splitting": problem.code})
    return None


async def _take_in(
    request: Request[Any, Any, Any], found: ContributionState, form: Mapping[str, str], back: str
) -> Response[Any]:
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    waiting = await parts.store.read(lambda: contributions.parts_of(found.id))
    if not waiting or form.get("seen") != str(waiting[0].id):
        return await _looking_page(request, found, problems={"splitting": "changed"})
    about = found.about
    problems: dict[str, str] = {}
    if found.source == "drop_box":
        about, problems = about_of(form, parts.today)
    not_found = ""
    decided: dict[uuid.UUID, Decided] = {}
    for place, part in enumerate(waiting, start=1):
        try:
            decided[part.id] = _decided(part, place, form)
        except WordsNotFound as problem:
            problems[f"hide-{place}"], not_found = "", problem.words
        except Undecided:
            problems.setdefault(f"alike-{place}-same", "choose_alike")
    if not problems and not any(each.fate != "left_out" for each in decided.values()):
        problems["part-1"] = "nothing_kept"
    if problems:
        return await _looking_page(request, found, form=form, problems=problems, not_found=not_found)

    async def unit() -> int:
        await contributions.describe(found.id, about)
        return len(await contributions.take_in(found.id, decided, by=person.id, today=parts.today))

    taken = await parts.store.write(unit)
    parts.reader.something_new()
    return Redirect(f"{back}?taken={taken}", status_code=303)


class Undecided(Exception):
    """Nobody said whether a part is the voice that we know already."""


def _decided(part: PartState, place: int, form: Mapping[str, str]) -> Decided:
    """What the form says on one part. Raises ``WordsNotFound`` and :class:`Undecided`."""
    if form.get(f"leave-{place}") == "yes":
        return Decided("left_out")
    if part.alike is not None and form.get(f"known-{place}") == str(part.alike):
        said = form.get("all_alike") or form.get(f"alike-{place}", "")
        if said == "same":
            return Decided("same")
        if said != "another":
            raise Undecided
    text = part.text
    for name, words in sorted(form.items(), key=lambda item: -len(item[1])):
        if name.startswith(f"detail-{place}-") and words in text:
            text = with_words_hidden(text, words) if "," not in words else text.replace(words, "[…]")
    return Decided("kept", with_words_hidden(text, form.get(f"hide-{place}", "")))
