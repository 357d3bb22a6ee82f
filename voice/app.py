"""The one place where the parts are joined into an application."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import CacheControlHeader, State
from litestar.enums import HttpMethod
from litestar.middleware import DefineMiddleware
from litestar.middleware.compression import CompressionMiddleware
from litestar.static_files import create_static_files_router
from litestar.types import ASGIApp, Message, Scope

from voice.capture.open_rounds import OpenRounds
from voice.capture.sessions.live import Live
from voice.clock import now
from voice.evidence.question_meanings import QuestionMeanings
from voice.evidence.reading import Reader
from voice.evidence.searching import Bank
from voice.parts import Parts
from voice.people.mail import Post
from voice.people.openid import SignInService
from voice.people.partnership import partnership
from voice.rate_limits.counting import Tries
from voice.running import jobs
from voice.running.line import Line, line_of
from voice.running.news import News
from voice.settings import Settings
from voice.storage import Store, open_store
from voice.storage.migrating import migrate
from voice.storage.secret import read_secret
from voice.translators import speak_as_translated
from voice.web.ahead import keep_measured, make_ready
from voice.web.api.description import api_description
from voice.web.api.guard import may_use_the_api
from voice.web.api.problems import answer_with_problem
from voice.web.cookies import CSRF, full_name
from voice.web.front_door import FrontDoor
from voice.web.guards import PUBLIC, may_use_this_page
from voice.web.headers import headers_of_answers
from voice.web.limits import limit
from voice.web.pages import BUILT
from voice.web.problems import note_language, show_problem
from voice.web.recorded.noting import keep_record
from voice.web.routes import FOR_EVERYBODY, FOR_PROGRAMS
from voice.web.sign_in.codes import ask_again, go_first
from voice.web.sign_in.current_session import GoFirst, ProveFirst, hand_over_new_session
from voice.web.staff_routes import FOR_STAFF

LARGEST_FORM = 200_000
"""Bytes. The longest answer is 2,000 letters; a page never posts more than a small part of this."""


async def make_parts(settings: Settings, store: Store, line: Line, clock: Callable[[], dt.datetime]) -> Parts:
    secret = read_secret(settings.data)
    return Parts(
        settings=settings,
        store=store,
        secret=secret,
        rounds=OpenRounds(store),
        reader=Reader(store, settings.data / "meanings", line.say),
        questions=QuestionMeanings(settings.data / "meanings"),
        bank=Bank(store),
        post=Post(settings),
        sign_in_service=SignInService(settings.openid, base_url=settings.base_url) if settings.openid else None,
        partnership=await store.read(partnership),
        live=Live(),
        tries=Tries(store, secret, clock),
        line=line,
        clock=clock,
    )


@asynccontextmanager
async def working_parts(settings: Settings, clock: Callable[[], dt.datetime]) -> AsyncIterator[Parts]:
    """The parts, at work: the store open with its schema up to date, other processes heard, and the jobs being done."""
    store = await open_store(settings)
    line, news = line_of(settings), News()
    try:
        await migrate(store)
        await line.open(news.hear)
        parts = await make_parts(settings, store, line, clock)
        news.listen(parts)
        await speak_as_translated(store)
        counting = asyncio.create_task(parts.bank.shelves())  # so that the first who searches need not wait
        try:
            async with jobs.at_work(parts):
                yield parts
        finally:
            parts.live.close()
            counting.cancel()
            await parts.questions.stop()
    finally:
        await news.stop()
        await line.close()
        await store.close()


def create_app(
    settings: Settings,
    *,
    clock: Callable[[], dt.datetime] = now,
    at_work: Callable[[Settings, Callable[[], dt.datetime]], AbstractAsyncContextManager[Parts]] = working_parts,
) -> Litestar:
    """The application. It opens its store when it starts, and brings the schema up to date first."""

    @asynccontextmanager
    async def running(app: Litestar) -> AsyncIterator[None]:
        async with at_work(settings, clock) as parts:
            app.state.parts = parts
            ahead = [asyncio.create_task(work(parts)) for work in (make_ready, keep_measured)] if parts else []
            try:
                yield
            finally:
                for work in ahead:
                    work.cancel()

    _let_be_looked_at()
    app = FrontDoor(
        route_handlers=[
            *FOR_EVERYBODY,
            Router(
                path="/",
                guards=[may_use_this_page],
                middleware=[keep_record],
                route_handlers=list(FOR_STAFF),
                include_in_schema=False,
            ),
            Router(
                path="/api/v1",
                guards=[may_use_the_api],
                route_handlers=list(FOR_PROGRAMS),
                exception_handlers={Exception: answer_with_problem},
                middleware=[limit("api", headers=True), keep_record],
                include_in_schema=True,
            ),
            create_static_files_router(
                path="/static",
                directories=[BUILT],
                middleware=[
                    DefineMiddleware(CompressionMiddleware, config=CompressionConfig(backend="gzip", minimum_size=700))
                ],
                opt=PUBLIC,
                cache_control=CacheControlHeader(max_age=31_536_000, immutable=True, public=True),
            ),
        ],
        exception_handlers={Exception: show_problem, GoFirst: go_first, ProveFirst: ask_again},
        after_exception=[note_language],
        csrf_config=CSRFConfig(
            secret=read_secret(settings.data).hex(),
            cookie_name=full_name(CSRF, secure=settings.secure),
            cookie_secure=settings.secure,
            cookie_httponly=True,
            exclude_from_csrf_key="exclude_from_csrf",
        ),
        before_send=[hand_over_new_session, _with_headers(headers_of_answers(secure=settings.secure))],
        request_max_body_size=LARGEST_FORM,
        lifespan=[running],
        state=State(),
        openapi_config=api_description(settings),
        include_in_schema=False,
        logging_config=None,
    )
    app.settings = settings
    return app


def measured(settings: Settings, app: Litestar) -> ASGIApp:
    """The application, with figures kept of what it is asked for where the settings give somebody access to them."""
    if not settings.metrics_token:
        return app
    from voice.web.measuring import Measured  # brings prometheus_client, for which every start would wait

    return Measured(app)


def let_go(app: Litestar) -> None:
    """Answers every screen that waits for news of a room, before the server stops."""
    if (parts := app.state.get("parts")) is not None:
        parts.live.close()


def _let_be_looked_at() -> None:
    """Pages answer HEAD as they answer GET: programs that check links ask so whether the letter's link works."""
    for handler in (*FOR_EVERYBODY, *FOR_PROGRAMS, *FOR_STAFF):
        if HttpMethod.GET in handler.http_methods:
            handler.http_methods.add("HEAD")


def _with_headers(ours: Mapping[str, str]) -> Callable[[Message, Scope], Awaitable[None]]:
    """Adds ``ours`` to every answer, also to those that say what went wrong."""
    written = [(name.lower().encode(), value.encode()) for name, value in ours.items()]

    async def add(message: Message, scope: Scope) -> None:  # noqa: ARG001 - Litestar's signature
        if message["type"] == "http.response.start":
            headers = message["headers"]
            known = {name for name, _ in headers}
            message["headers"] = [*headers, *(header for header in written if header[0] not in known)]

    return add
