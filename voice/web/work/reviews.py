"""Annual reviews, for officers: letters for families, who took part, and how many. What is in a space is not here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from analysis.disclosure import FLOOR, floor_counts
from surveys.exporting.cells import csv_file
from surveys.terms import term_order
from voice.capture.reviews import participation as reviews
from voice.capture.reviews.participation import ALL, COLUMNS, WAYS, NoSuchReview, Participation, child_hash
from voice.capture.views import heard, keys, letters
from voice.capture.views.sections import ANSWERS, TESTS
from voice.parts import Parts
from voice.people.roles import Audience
from voice.web.forms import fields
from voice.web.headers import saved_as
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.views import words as view_words
from voice.web.work import review_words
from voice.web.work.surveys import qr_code


@get("/work/reviews", opt={"audience": Audience.REVIEWS})
async def show_reviews(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _reviews_page(request)


async def _reviews_page(
    request: Request[Any, Any, Any], *, problem: str | None = None, form: dict[str, str] | None = None
) -> Response[bytes]:
    parts = parts_of(request)
    years, year = await _years(request, parts)
    noted = request.query_params.get("noted", "")
    return page(
        request,
        "work/reviews.html",
        language=language_of(request),
        status=200 if problem is None else 422,
        years=years,
        year=year,
        found=await parts.store.read(lambda: reviews.participation(year, floor=FLOOR)),
        ways=WAYS,
        columns=COLUMNS,
        review_words=review_words,
        view_words=view_words,
        heard=await parts.store.read(_heard),
        tests=TESTS,
        answers=ANSWERS,
        letters=await parts.store.read(_letters),
        most_letters=letters.MOST_AT_ONCE,
        floor=FLOOR,
        noted=_day(noted),
        problem=problem,
        form=form or {},
    )


async def _years(request: Request[Any, Any, Any], parts: Parts) -> tuple[list[int], int]:
    """The school years there are, and the one that is asked for: this one, unless the address names another."""
    this = reviews.school_year(parts.today)
    years = sorted({this, *await parts.store.read(reviews.school_years)}, reverse=True)
    asked = request.query_params.get("year", "")
    return years, int(asked) if asked.isascii() and asked.isdigit() and int(asked) in years else this


async def _heard() -> dict[tuple[str, str], dict[str, int | None]]:
    """By term and question, the answers as far as they can be shown, the newest term first."""
    counts = await heard.counts()
    ordered = sorted(counts, key=lambda each: (term_order(each[0]), -TESTS.index(each[1])), reverse=True)
    return {
        (term, test): {
            cell.key: cell.count
            for cell in floor_counts({each: counts[term, test].get(each, 0) for each in ANSWERS}).cells
        }
        for term, test in ordered
    }


async def _letters() -> list[tuple[str, int, int | None]]:
    """By term, how many letters were made and how many were used: not where they are so few that one is known."""
    counts = await letters.counts()
    return [
        (term, made, floor_counts({"used": used, "waiting": made - used}).shown("used"))
        for term, (made, used) in sorted(counts.items(), key=lambda each: term_order(each[0]), reverse=True)
    ]


@post("/work/reviews/letters", opt={"audience": Audience.REVIEWS})
async def make_letters(request: Request[Any, Any, Any]) -> Response[Any]:
    """Letters to print. Their codes stand on this answer alone: we keep their hashes."""
    parts = parts_of(request)
    form = await fields(request)
    wanted = form.get("many", "").strip()
    if not (wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= letters.MOST_AT_ONCE):
        return await _reviews_page(request, problem="many", form=form)
    codes = [keys.new_code() for _ in range(int(wanted))]
    await parts.store.write(lambda: letters.keep(parts.secret, codes, today=parts.today))
    base = parts.settings.base_url
    return page(
        request,
        "work/review_letters.html",
        language=language_of(request),
        letters=[(keys.spoken(code), qr_code(f"{base}/my-views/new?letter={code}")) for code in codes],
        address=f"{base}/my-views",
    )


@post("/work/reviews/participation", opt={"audience": Audience.REVIEWS})
async def note_participation(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    form = await fields(request)
    child, way, on = child_hash(parts.secret, form.get("reference", "")), form.get("way", ""), form.get("on", "")
    day = _day(on)
    problem = "reference" if child is None else "on" if on and day is None else "way" if way not in WAYS else None
    if problem is not None or child is None:
        return await _reviews_page(request, problem=problem, form=form)
    try:
        noted = await parts.store.write(lambda: reviews.note(child, way, on=day, today=parts.today))
    except NoSuchReview:
        return await _reviews_page(request, problem="no_such_review", form=form)
    return Redirect(f"/work/reviews?noted={noted.isoformat()}&year={reviews.school_year(noted)}", status_code=303)


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written.strip())
    except ValueError:
        return None


@get("/work/reviews/participation", opt={"audience": Audience.REVIEWS})
async def download_participation(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The tables of a school year as CSV, with the same numbers hidden."""
    parts = parts_of(request)
    _, year = await _years(request, parts)
    found = await parts.store.read(lambda: reviews.participation(year, floor=FLOOR))
    return Response(
        csv_file(_rows(found, year)),
        media_type="text/csv; charset=utf-8",
        headers=saved_as(f"participation-{year}.csv"),
    )


def _rows(found: Participation, year: int) -> Iterator[tuple[object, ...]]:
    yield ("school_year", "by", "group", "how", "reviews")
    for kind, columns in COLUMNS.items():
        for group, name in (*((each, each.name) for each in found.tables[kind]), (found.everybody[kind], ALL)):
            for way in (*columns, ALL):
                number = group.all if way == ALL else group.ways[way]
                told = "hidden" if number is None else number
                yield (review_words.school_year(year), kind, name, way, told)
