"""The one place where the parts are joined into an application."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import CacheControlHeader, State
from litestar.enums import HttpMethod
from litestar.middleware import DefineMiddleware
from litestar.middleware.compression import CompressionMiddleware
from litestar.static_files import create_static_files_router
from litestar.types import Message, Scope

from surveys import contact_wishes, drafts, references, stopping
from surveys.ledger import recording, sensitive
from surveys.publishing import roll_over
from voice.actions.reminding import remind_owners
from voice.backups import erased
from voice.capture.arriving import remove_unused
from voice.capture.drop_box.forgetting import forget_what_expired
from voice.capture.drop_box.mail_intake import Intake, listening
from voice.capture.open_rounds import OpenRounds
from voice.capture.sessions.live import Live
from voice.capture.views.tidying import keep_spaces_tidy
from voice.capture.waiting_files import WaitingFiles
from voice.evidence.forgetting import forget_what_is_over
from voice.evidence.question_meanings import QuestionMeanings
from voice.evidence.reading import Reader
from voice.evidence.searching import Bank
from voice.inviting.working import keep_invitations_tidy, work
from voice.people.mail import Post
from voice.people.partnership import partnership
from voice.programs.delivering import deliver
from voice.programs.tables import Webhook
from voice.programs.telling import tell
from voice.settings import Settings
from voice.storage import Store, open_store
from voice.storage.files import FileFolder
from voice.storage.migrating import migrate
from voice.storage.secret import read_secret
from voice.translators import speak_as_translated
from voice.web.ahead import keep_measured, make_ready
from voice.web.api.description import api_description
from voice.web.api.guard import may_use_the_api
from voice.web.api.problems import answer_with_problem
from voice.web.guards import PUBLIC, may_use_this_page
from voice.web.limits import limit
from voice.web.pages import BUILT
from voice.web.parts import Parts
from voice.web.problems import note_language, show_problem
from voice.web.routes import FOR_EVERYBODY, FOR_PROGRAMS
from voice.web.staff_routes import FOR_STAFF

LARGEST_FORM = 200_000
"""Bytes. The longest answer is 2,000 letters; a page never posts more than a small part of this."""

AN_HOUR = 3600
SECONDS_BETWEEN_TELLING = 10

log = logging.getLogger("voice")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; "
        "media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


async def make_parts(settings: Settings, store: Store, clock: Callable[[], dt.datetime]) -> Parts:
    return Parts(
        settings=settings,
        store=store,
        secret=read_secret(settings.data),
        rounds=OpenRounds(store),
        reader=Reader(store, settings.data / "meanings"),
        questions=QuestionMeanings(settings.data / "meanings"),
        bank=Bank(store),
        post=Post(settings),
        partnership=await store.read(partnership),
        live=Live(),
        clock=clock,
    )


async def keep_tidy(parts: Parts) -> None:
    """What time brings: drafts and answers whose time is over go, and a new term opens its rounds."""
    today = parts.today

    async def run_out() -> None:
        await stopping.count_those_that_run_out(today=today)
        await drafts.clear_expired(today=today)

    await parts.store.write(run_out)
    while await parts.store.write(references.refer_to_some):
        pass  # those that were stored before references were kept
    await parts.store.write(lambda: contact_wishes.clear_old(today=today))
    if await parts.store.write(lambda: roll_over(today=today)):
        parts.rounds.forget()
    await asyncio.to_thread(WaitingFiles(parts.settings.data).clear)
    await speak_as_translated(parts.store)
    folder = FileFolder(parts.settings.data)
    await forget_what_is_over(parts.store, folder, today=today)
    await forget_what_expired(parts.store, today=today)
    await remove_unused(parts.store, folder)
    await keep_spaces_tidy(parts.store, parts.settings, today=today)
    await keep_invitations_tidy(parts)
    await parts.store.write(lambda: sensitive.forget_over(today=today))
    await parts.store.write(lambda: recording.clear_old(today=today))
    await parts.store.write(lambda: erased.clear_old(today=today))


async def _keep_tidy_hourly(parts: Parts) -> None:
    while True:
        await asyncio.sleep(AN_HOUR)
        try:
            await keep_tidy(parts)
            await remind_owners(parts)
        except Exception:
            log.exception("tidying failed; it is tried again in an hour")


async def _tell_programs(parts: Parts) -> None:
    """Tells webhooks what is new, and delivers what waits."""
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_TELLING)
        try:
            await tell_programs(parts)
        except Exception:
            log.exception("telling other programs failed; it is tried again")


async def tell_programs(parts: Parts) -> int:
    """What is new goes into the outbox, and what waits there is sent. Returns how many messages arrived."""
    if await parts.store.read(lambda: Webhook.exists()):
        await parts.store.write(lambda: tell(now=parts.clock()))
    return await deliver(parts.store, now=parts.clock(), local_too=parts.settings.development)


async def _send_invitations(parts: Parts) -> None:
    """Hands over messages to families whose time has come."""
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_TELLING)
        try:
            await work(parts)
        except Exception:
            log.exception("sending invitations failed; it is tried again")


@asynccontextmanager
async def _letters_come_in(parts: Parts) -> AsyncIterator[None]:
    """E-mail comes into the drop box where a port is set for it. Where that is taken, all else goes on without."""
    settings = parts.settings
    intake = Intake(parts.store, secret=parts.secret, clock=parts.clock, address=settings.intake_address)
    async with AsyncExitStack() as opened:
        try:
            if settings.intake_port:
                await opened.enter_async_context(
                    listening(intake, host=settings.intake_host, port=settings.intake_port)
                )
        except (OSError, OverflowError) as problem:
            log.error("no e-mail comes in: port %s cannot be used (%s)", settings.intake_port, problem)
        yield


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
        telling = asyncio.create_task(_tell_programs(parts))
        inviting = asyncio.create_task(_send_invitations(parts))
        counting = asyncio.create_task(parts.bank.shelves())  # so that the first who searches need not wait
        try:
            async with _letters_come_in(parts):
                yield parts
        finally:
            parts.live.close()
            tidying.cancel()
            telling.cancel()
            inviting.cancel()
            counting.cancel()
            await asyncio.wait({inviting})
            await parts.reader.stop()
            await parts.questions.stop()
    finally:
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
    return Litestar(
        route_handlers=[
            *FOR_EVERYBODY,
            Router(path="/", guards=[may_use_this_page], route_handlers=list(FOR_STAFF), include_in_schema=False),
            Router(
                path="/api/v1",
                guards=[may_use_the_api],
                route_handlers=list(FOR_PROGRAMS),
                exception_handlers={Exception: answer_with_problem},
                middleware=[limit("api", headers=True)],
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
        exception_handlers={Exception: show_problem},
        after_exception=[note_language],
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
        openapi_config=api_description(settings),
        include_in_schema=False,
        logging_config=None,
    )


def let_go(app: Litestar) -> None:
    """Answers every screen that waits for news of a room, before the server stops."""
    if (parts := app.state.get("parts")) is not None:
        parts.live.close()


def _let_be_looked_at() -> None:
    """Pages answer HEAD as they answer GET: programs that check links ask so whether the letter's link works."""
    for handler in (*FOR_EVERYBODY, *FOR_PROGRAMS, *FOR_STAFF):
        if HttpMethod.GET in handler.http_methods:
            handler.http_methods.add("HEAD")


async def _add_headers(message: Message, scope: Scope) -> None:  # noqa: ARG001 - Litestar's signature
    """Adds ``HEADERS`` to every answer, also to those that say what went wrong."""
    if message["type"] == "http.response.start":
        headers = message["headers"]
        known = {name for name, _ in headers}
        message["headers"] = [*headers, *(header for header in _HEADERS if header[0] not in known)]
