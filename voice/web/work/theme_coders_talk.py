"""The voices about which two coders differ: they talk, and what they agree on becomes the decision."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.people.roles import Audience
from voice.themes import agreed, samples
from voice.themes.changes import parts_of as in_parts
from voice.themes.frames import Frame
from voice.themes.samples import Coding, Sample, ToCode
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work.theme_coders import CODERS, sample_at, ticked
from voice.web.work.theme_frame import names_of_staff
from voice.web.work.voices import reader_of


@get(f"{CODERS}/{{token:str}}/talk", opt={"audience": Audience.EVIDENCE})
async def show_talk(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    sample, frame = await sample_at(request, token)
    wanted = request.query_params.get("at", "")
    return await _talk_page(request, sample, frame, at=int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 0)


@post(f"{CODERS}/{{token:str}}/talk", opt={"audience": Audience.EVIDENCE})
async def agree_on_voice(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    """For the two coders alone: it is they who agreed."""
    parts, person = parts_of(request), person_here(request)
    sample, frame = await sample_at(request, token)
    form = await fields(request)
    if sample.coder(person.id) is None:
        raise NotFoundException
    coding = next((each for each in await _differing(request, sample) if str(each.voice) == form.get("voice")), None)
    if coding is None:
        raise NotFoundException
    themes = ticked(form, frame)
    if bool(themes) == bool(form.get("none")):
        problem = "both" if themes else "nothing"
        return await _talk_page(request, sample, frame, at=coding.position, status=422, problem=problem)
    await parts.store.write(lambda: agreed.settle(sample, coding, themes, by=person.id, today=parts.today))
    return Redirect(f"{CODERS}/{token}/talk?at={coding.position + 1}", status_code=303)


async def _differing(request: Request[Any, Any, Any], sample: Sample) -> list[Coding]:
    """Raises ``NotFoundException`` until both are done: neither sees the other's themes before."""
    if not sample.both_are_done:
        raise NotFoundException
    coded = await parts_of(request).store.read(lambda: samples.codings(sample))
    return [each for each in coded if each.differs]


async def _talk_page(
    request: Request[Any, Any, Any],
    sample: Sample,
    frame: Frame,
    *,
    at: int,
    status: int = 200,
    problem: str = "",
) -> Response[Any]:
    """The difference at a place, or the first open one after it; the list beside it leads to all."""
    parts, reads = parts_of(request), reader_of(request)
    coded = await _differing(request, sample)
    open_ones = [each for each in coded if each.agreed is None]
    shown = (
        next((each for each in coded if each.position == at and (problem or each.agreed is None)), None)
        or next((each for each in open_ones if each.position >= at), None)
        or next(iter(open_ones), None)
    )

    async def unit() -> tuple[ToCode | None, dict[uuid.UUID, str]]:
        voice = await samples.to_code(sample, "first", reads, position=shown.position) if shown else None
        return voice, await names_of_staff()

    voice, names = await parts.store.read(unit)
    return page(
        request,
        "work/themes/talk.html",
        language=language_of(request),
        status=status,
        sample=sample,
        frame=frame,
        frame_parts=in_parts(frame.themes),
        coding=shown,
        voice=voice,
        differing=coded,
        open=len(open_ones),
        names=names,
        may_agree=sample.coder(person_here(request).id) is not None,
        problem=problem,
    )
