"""The one place where the parts are joined into an application."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import CacheControlHeader, State
from litestar.middleware import DefineMiddleware
from litestar.middleware.compression import CompressionMiddleware
from litestar.static_files import create_static_files_router
from litestar.types import Message, Scope

from surveys import drafts
from surveys.publishing import roll_over
from voice.capture.open_rounds import OpenRounds
from voice.capture.waiting_files import WaitingFiles
from voice.evidence.reading import Reader
from voice.people.mail import Post
from voice.people.partnership import partnership
from voice.settings import Settings
from voice.storage import Store, open_store
from voice.storage.migrating import migrate
from voice.storage.secret import read_secret
from voice.web import home, staff
from voice.web.guards import PUBLIC, may_use_this_page
from voice.web.lead import families_said
from voice.web.manage import people
from voice.web.pages import BUILT
from voice.web.parts import Parts
from voice.web.problems import show_problem
from voice.web.respond import coming_back, questions, sending, start
from voice.web.work import importing, quotes, surveys

LARGEST_FORM = 200_000
"""Bytes. The longest answer is 2,000 letters; a page never posts more than a small part of this."""

AN_HOUR = 3600

log = logging.getLogger("voice")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


FOR_EVERYBODY = (
    home.show_home,
    home.show_safe,
    home.show_credits,
    home.change_display,
    start.show_start,
    start.begin,
    questions.go_on,
    questions.show_question,
    questions.answer_question,
    sending.show_check,
    sending.send,
    sending.show_receipt,
    coming_back.show_later,
    coming_back.show_continue,
    coming_back.come_back,
    staff.show_sign_in,
    staff.sign_in,
    staff.show_mailed_link,
    staff.use_mailed_link,
    staff.use_printed_link,
    staff.show_outbox,
)

FOR_STAFF = (
    staff.sign_out,
    staff.show_account,
    staff.choose_password,
    surveys.show_surveys,
    surveys.show_letter,
    importing.show_import,
    importing.upload,
    importing.show_columns,
    importing.choose_columns,
    importing.show_preview,
    importing.take_in,
    quotes.show_quotes,
    quotes.decide,
    families_said.show_families_said,
    people.show_people,
    people.add_person,
)
"""These alone are behind the guard: it would cost every page for families a twentieth of its time."""


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


async def make_parts(settings: Settings, store: Store, clock: Callable[[], dt.datetime]) -> Parts:
    return Parts(
        settings=settings,
        store=store,
        secret=read_secret(settings.data),
        rounds=OpenRounds(store),
        reader=Reader(store),
        post=Post(settings),
        partnership=await store.read(partnership),
        clock=clock,
    )


async def keep_tidy(parts: Parts) -> None:
    """What time brings: drafts that are over are emptied, and a new term opens its rounds."""
    today = parts.today
    await parts.store.write(lambda: drafts.clear_expired(today=today))
    if await parts.store.write(lambda: roll_over(today=today)):
        parts.rounds.forget()
    await asyncio.to_thread(WaitingFiles(parts.settings.data).clear)


async def _keep_tidy_hourly(parts: Parts) -> None:
    while True:
        await asyncio.sleep(AN_HOUR)
        try:
            await keep_tidy(parts)
        except Exception:
            log.exception("tidying failed; it is tried again in an hour")


@asynccontextmanager
async def working_parts(settings: Settings, clock: Callable[[], dt.datetime]) -> AsyncIterator[Parts]:
    """The parts, at work: the store open with its schema up to date, new voices being read, the daily tidying done."""
    store = await open_store(settings)
    try:
        await migrate(store)
        parts = await make_parts(settings, store, clock)
        await keep_tidy(parts)
        parts.reader.start()
        tidying = asyncio.create_task(_keep_tidy_hourly(parts))
        try:
            yield parts
        finally:
            tidying.cancel()
            await parts.reader.stop()
    finally:
        await store.close()


def create_app(settings: Settings, *, clock: Callable[[], dt.datetime] = now) -> Litestar:
    """The application. It opens its store when it starts, and brings the schema up to date first."""

    @asynccontextmanager
    async def running(app: Litestar) -> AsyncIterator[None]:
        async with working_parts(settings, clock) as parts:
            app.state.parts = parts
            yield

    return Litestar(
        route_handlers=[
            *FOR_EVERYBODY,
            Router(path="/", guards=[may_use_this_page], route_handlers=list(FOR_STAFF)),
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
        exception_handlers={Exception: show_problem},
        csrf_config=CSRFConfig(
            secret=read_secret(settings.data).hex(),
            cookie_name="csrf",
            cookie_secure=settings.secure,
            cookie_httponly=True,
            exclude_from_csrf_key="exclude_from_csrf",
        ),
        before_send=[_add_headers],
        request_max_body_size=LARGEST_FORM,
        lifespan=[running],
        state=State(),
        openapi_config=None,
        logging_config=None,
    )


async def _add_headers(message: Message, scope: Scope) -> None:  # noqa: ARG001 - Litestar's signature
    """Adds ``HEADERS`` to every answer, also to those that say what went wrong."""
    if message["type"] == "http.response.start":
        headers = message["headers"]
        known = {name for name, _ in headers}
        message["headers"] = [*headers, *(header for header in _HEADERS if header[0] not in known)]
