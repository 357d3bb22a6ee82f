"""Two people code a sample without seeing each other's themes or the machine's; then how well they agree."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.people import signing_in
from voice.people.roles import Audience, Role, may_use
from voice.people.signing_in import SignedIn
from voice.themes import agreed, samples, versions
from voice.themes.agreeing import Agreed
from voice.themes.agreeing import agreed as how_well
from voice.themes.changes import parts_of as in_parts
from voice.themes.frames import Frame, frame_in_use
from voice.themes.samples import Coder, Sample, SampleProblem, ToCode
from voice.web import theme_words
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work.theme_frame import names_of_staff
from voice.web.work.voices import reader_of

CODERS = "/work/themes/coders"


@get(CODERS, opt={"audience": Audience.EVIDENCE})
async def show_coders(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _coders_page(request, {})


async def _coders_page(
    request: Request[Any, Any, Any],
    form: dict[str, str],
    *,
    status: int = 200,
    problem: SampleProblem | None = None,
) -> Response[bytes]:
    parts = parts_of(request)

    async def unit() -> tuple[list[Sample], list[SignedIn], dict[uuid.UUID, str], list[str]]:
        staff = [each for each in await signing_in.members() if may_use(each.role, Audience.EVIDENCE)]
        return await samples.samples(), staff, await names_of_staff(), await samples.terms()

    drawn, staff, names, terms = await parts.store.read(unit)
    return page(
        request,
        "work/themes/coders.html",
        language=language_of(request),
        status=status,
        samples=drawn,
        staff=staff,
        analysts=[each for each in staff if each.role is Role.ANALYST],
        names=names,
        terms=terms,
        form=form,
        problem=problem,
        limits=(samples.SMALLEST, samples.LARGEST, samples.USUAL),
    )


@post(CODERS, opt={"audience": Audience.EVIDENCE})
async def draw_sample(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    form = await fields(request)
    size = form.get("size", "")
    term = form.get("term", "")

    async def unit() -> uuid.UUID:
        staff = {str(each.id): each for each in await signing_in.members()}
        first, second = staff.get(form.get("first", "")), staff.get(form.get("second", ""))
        if first is None or first.role is not Role.ANALYST:
            raise SampleProblem("no_analyst")
        if second is None or not may_use(second.role, Audience.EVIDENCE):
            raise SampleProblem("same_person")
        return await samples.draw(
            " ".join(form.get("name", "").replace("\x00", "").split()),
            term if term in await samples.terms() else "",
            int(size) if size.isdecimal() and len(size) < 9 else 0,
            first=first.id,
            second=second.id,
            seed=secrets.token_hex(4),
            reads=reader_of(request),
            today=parts.today,
        )

    try:
        id = await parts.store.write(unit)
    except SampleProblem as problem:
        return await _coders_page(request, form, status=422, problem=problem)
    return Redirect(f"{CODERS}/{id}", status_code=303)


async def sample_at(request: Request[Any, Any, Any], token: str) -> tuple[Sample, Frame]:
    """The sample that the address names, with the frame under which it is coded. Raises ``NotFoundException``."""
    try:
        id = uuid.UUID(token)
    except ValueError as problem:
        raise NotFoundException from problem

    async def unit() -> tuple[Sample, Frame]:
        found = await samples.sample(id)
        if found is None:
            raise NotFoundException
        return found, await versions.version(found.frame)

    return await parts_of(request).store.read(unit)


@get(f"{CODERS}/{{token:str}}", opt={"audience": Audience.EVIDENCE})
async def show_sample(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[bytes]:
    """How far the two are; when both are done, how well they agree."""
    parts = parts_of(request)
    sample, frame = await sample_at(request, token)
    found: tuple[Agreed, ...] = ()
    differ = 0
    if sample.both_are_done:
        coded = await parts.store.read(lambda: samples.codings(sample))
        differ = sum(each.differs and each.agreed is None for each in coded)
        found = await how_well(coded, [each.theme_id for each in frame.themes], sample.seed)
    return page(
        request,
        "work/themes/sample.html",
        language=language_of(request),
        sample=sample,
        own=sample.coder(person_here(request).id),
        names=await parts.store.read(names_of_staff),
        whole=found[0] if found else None,
        themes=[(frame.named(each.theme_id), each) for each in found[1:]],
        differ=differ,
        is_older=(await parts.store.read(frame_in_use)).version != sample.frame,
        theme_words=theme_words,
    )


@get(f"{CODERS}/{{token:str}}/code", opt={"audience": Audience.EVIDENCE})
async def show_coding(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    sample, frame, coder = await _own(request, token)
    wanted = request.query_params.get("at", "")
    at = int(wanted) if wanted.isdecimal() and len(wanted) < 6 else None
    return await _coding_page(request, sample, frame, await _to_code(request, sample, coder, at))


@post(f"{CODERS}/{{token:str}}/code", opt={"audience": Audience.EVIDENCE})
async def keep_coding(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    parts, person = parts_of(request), person_here(request)
    sample, frame, coder = await _own(request, token)
    form = await fields(request)
    wanted = form.get("position", "")
    voice = await _to_code(request, sample, coder, int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 0)
    if voice is None:
        raise NotFoundException
    themes = ticked(form, frame)
    if bool(themes) == bool(form.get("none")):
        return await _coding_page(request, sample, frame, voice, status=422, problem="both" if themes else "nothing")
    await parts.store.write(lambda: samples.keep_coding(sample, coder, voice.voice, themes))
    sample, _, _ = await _own(request, token, done=True)
    if sample.both_are_done:
        while await parts.store.write(lambda: agreed.settle_some(sample, by=person.id, today=parts.today)):
            pass
        return Redirect(f"{CODERS}/{token}", status_code=303)
    if sample.done[coder] == sample.size:
        return Redirect(f"{CODERS}/{token}", status_code=303)
    return Redirect(f"{CODERS}/{token}/code", status_code=303)


async def _own(request: Request[Any, Any, Any], token: str, *, done: bool = False) -> tuple[Sample, Frame, Coder]:
    """The sample, for one of its two coders and until both are done. Raises ``NotFoundException``."""
    sample, frame = await sample_at(request, token)
    coder = sample.coder(person_here(request).id)
    if coder is None or (sample.both_are_done and not done):
        raise NotFoundException
    return sample, frame, coder


async def _to_code(request: Request[Any, Any, Any], sample: Sample, coder: Coder, at: int | None) -> ToCode | None:
    reads = reader_of(request)
    return await parts_of(request).store.read(lambda: samples.to_code(sample, coder, reads, position=at))


async def _coding_page(
    request: Request[Any, Any, Any],
    sample: Sample,
    frame: Frame,
    voice: ToCode | None,
    *,
    status: int = 200,
    problem: str = "",
) -> Response[Any]:
    if voice is None:
        return Redirect(f"{CODERS}/{sample.id}", status_code=303)
    return page(
        request,
        "work/themes/code.html",
        language=language_of(request),
        status=status,
        sample=sample,
        voice=voice,
        frame_parts=in_parts(frame.themes),
        problem=problem,
        done=sample.done[sample.coder(person_here(request).id) or "first"],
    )


def ticked(form: dict[str, str], frame: Frame) -> list[str]:
    """The themes whose boxes are ticked, in the order of the frame."""
    return [each.theme_id for each in frame.themes if form.get(f"theme-{each.theme_id}")]
