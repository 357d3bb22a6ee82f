"""Question pages rendered without a server around them, in every language."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment
from litestar import Litestar, Request
from litestar.testing import RequestFactory

from benchmarks.figures import Figure, Reference, at_least
from surveys import identity
from surveys.drafts import DraftState
from surveys.routing import path
from voice.app import create_app
from voice.clock import now
from voice.commands.with_store import with_store
from voice.first_start import begin_with
from voice.languages import LANGUAGES
from voice.parts import Parts
from voice.settings import Settings
from voice.storage import Store
from voice.web.respond.places import Place
from voice.web.respond.question_page import question_page

TRIVIAL = Environment(autoescape=True).from_string(
    "<!doctype html><html lang={{ language }}><title>{{ title }}</title><h1>{{ title }}</h1>"
    "<ul>{% for option in options %}<li>{{ option }}</li>{% endfor %}</ul></html>"
)


def figures(folder: Path, *, seconds: float) -> list[Figure]:
    return asyncio.run(_measured(_with_survey(folder), seconds))


def _with_survey(folder: Path) -> Settings:
    settings = Settings(data=folder / "data")

    async def first_start(store: Store) -> None:
        await store.write(lambda: begin_with(today=now().date()))

    with_store(settings, first_start)
    return settings


async def _measured(settings: Settings, seconds: float) -> list[Figure]:
    app = create_app(settings)
    async with app.lifespan():
        pages = await _pages(app)
        by_language = {code: _a_second(shown, seconds / len(pages)) for code, shown in pages.items()}
    trivial = _a_second([_trivial], seconds / len(pages))
    reference = Reference("trivial Jinja pages", trivial)
    return [
        Figure(f"question pages rendered anew, {LANGUAGES[code].name}", rate, "a second", at_least(1500), reference)
        for code, rate in by_language.items()
    ]


async def _pages(app: Litestar) -> dict[str, list[Callable[[], object]]]:
    """By language, a function for each question of the survey, which renders its page."""
    parts: Parts = app.state.parts
    (round,) = await parts.rounds.with_link(now=now())
    key = identity.new_key()
    place = Place(parts, round, round.link or "", key, identity.submission_id(parts.secret, key))
    request: Request[Any, Any, Any] = RequestFactory(app=app).get(place.address)
    pages: dict[str, list[Callable[[], object]]] = {}
    for code in LANGUAGES:
        draft = DraftState(uuid.uuid4(), round.id, code, False, {}, now().date() + dt.timedelta(days=30))
        pages[code] = [
            lambda draft=draft, question=question: question_page(  # type: ignore[misc]
                # With words in it a page is somebody's own and is rendered anew each time.
                request,
                place,
                draft,
                question,
                form={"text": "A few words."},
            )
            for question in path(round.document, {})
        ]
    return pages


def _trivial() -> object:
    return TRIVIAL.render(
        language="en", title="Did we keep you up to date?", options=["Yes", "Mostly", "A little", "No"]
    )


def _a_second(shown: Sequence[Callable[[], object]], seconds: float) -> float:
    for show in shown:
        show()
    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        for show in shown:
            show()
        done += len(shown)
    return done / (time.perf_counter() - began)
