"""What people say about each theme, as a person released it: for those who decide."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from analysis.disclosure import FLOOR, in_ten
from surveys.exporting.cells import csv_file
from voice.evidence import translated
from voice.languages import speak
from voice.people.roles import Audience
from voice.themes import headings, summaries
from voice.themes.excerpts import Shown, released, shown
from voice.themes.headings import Framework
from voice.themes.summaries import PARTS, Summary
from voice.web import summary_words, theme_words, voice_words, wordings
from voice.web.act import act_words
from voice.web.act.about import actions_here
from voice.web.headers import saved_as
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of

FINDINGS = {"audience": Audience.FINDINGS}
"""Excel takes a CSV for UTF-8 when it begins with one."""


@get("/lead/themes", opt=FINDINGS)
async def show_themes(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Every released summary under the headings it is filed under."""
    store = parts_of(request).store
    found = await store.read(summaries.newest)
    frameworks = await store.read(headings.frameworks)
    return page(
        request,
        "lead/themes.html",
        language=language_of(request),
        found=found,
        frameworks=[_evidence(each, found) for each in frameworks if any(it.themes for it in each.headings)],
        summary_words=summary_words,
    )


class Evidence(msgspec.Struct, frozen=True):
    """The headings of a framework, each with the summaries of the themes under it."""

    code: str
    headings: tuple[tuple[str, tuple[Summary, ...]], ...]


def _evidence(framework: Framework, found: tuple[Summary, ...]) -> Evidence:
    return Evidence(
        framework.code,
        tuple(
            (heading.words, tuple(each for each in found if each.theme_id in heading.themes))
            for heading in framework.headings
        ),
    )


@get("/lead/themes/file", opt=FINDINGS)
async def download_themes(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A line for each summary under each of its headings; those that stand under none come last."""
    store = parts_of(request).store
    found = await store.read(summaries.newest)
    frameworks = await store.read(headings.frameworks)
    speak(language_of(request))
    rows: list[tuple[object, ...]] = [
        (
            *("framework", "heading", "term", "theme_id", "theme", "people", "of", "campaigns", "feeling", "change"),
            *("promised", "released_on", "address"),
        )
    ]
    base = parts_of(request).settings.base_url
    for each in found:
        numbers = each.built.numbers
        for framework, heading in headings.headings_of(each.theme_id, frameworks) or (("", ""),):
            rows.append(
                (
                    summary_words.framework(framework),
                    summary_words.heading(heading),
                    each.term,
                    each.theme_id,
                    wordings.theme(each.theme_id, each.built.theme),
                    numbers.people,
                    numbers.of,
                    ";".join(map(str, numbers.campaigns)),
                    numbers.feels,
                    numbers.before.way if numbers.before else "",
                    each.promised,
                    each.released_on.isoformat(),
                    f"{base}/lead/themes/{each.term}/{each.theme_id}",
                )
            )
    return Response(
        content=csv_file(rows),
        media_type="text/csv; charset=utf-8",
        headers=saved_as("themes.csv"),
    )


@get("/lead/themes/{term:str}/{theme:str}", opt=FINDINGS)
async def show_theme(request: Request[Any, Any, Any], term: FromPath[str], theme: FromPath[str]) -> Response[bytes]:
    history = await parts_of(request).store.read(lambda: summaries.history_of(term, theme))
    if not history:
        raise NotFoundException
    return await as_shown(request, history[0])


async def as_shown(
    request: Request[Any, Any, Any], summary: Summary, *, status: int = 200, preview: str = "", problem: str = ""
) -> Response[bytes]:
    """A summary as a lead sees it; ``preview`` adds what only staff see, and is empty for a lead."""
    parts = parts_of(request)

    async def unit() -> tuple[Any, ...]:
        quotes = await released([each.excerpt.voice for each in summary.chosen], today=parts.today)
        return quotes, await translated.of_whole_quotes(), await headings.frameworks()

    quotes, whole, frameworks = await parts.store.read(unit)
    by_part: dict[str, list[Shown]] = {part: [] for part in PARTS}
    if summary.built.numbers.people is not None:
        for each in summary.chosen:
            if words := shown(each.excerpt, quotes):
                by_part[each.part].append(words)
    return page(
        request,
        "lead/theme.html",
        language=language_of(request),
        status=status,
        summary=summary,
        built=summary.built,
        numbers=summary.built.numbers,
        by_part=by_part,
        gone=len(summary.chosen) - sum(map(len, by_part.values())),
        translated=whole,
        filed=headings.headings_of(summary.theme_id, frameworks),
        summary_words=summary_words,
        theme_words=theme_words,
        voice_words=voice_words,
        in_ten=in_ten,
        floor=FLOOR,
        actions=await actions_here(request, "theme", [summary.theme_id]),
        act_words=act_words,
        today=parts.today,
        preview=preview,
        problem=problem,
    )
