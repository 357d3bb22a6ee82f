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

from surveys import contact_wishes, drafts
from surveys.publishing import roll_over
from voice.capture.arriving import remove_unused
from voice.capture.drop_box.forgetting import forget_what_expired
from voice.capture.drop_box.mail_intake import Intake, listening
from voice.capture.open_rounds import OpenRounds
from voice.capture.sessions.live import Live
from voice.capture.views.tidying import keep_spaces_tidy
from voice.capture.waiting_files import WaitingFiles
from voice.evidence.forgetting import forget_what_is_over
from voice.evidence.reading import Reader
from voice.evidence.searching import Bank
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
from voice.web import already_said, home, offline, staff
from voice.web.ahead import make_ready
from voice.web.api import answers as api_answers
from voice.web.api import surveys as api_surveys
from voice.web.api.description import api_description
from voice.web.api.guard import may_use_the_api
from voice.web.api.problems import answer_with_problem
from voice.web.facilitate import (
    classes,
    forums,
    report_lines,
    session_agenda,
    session_attendance,
    session_notes,
    session_reports,
    session_run,
    sessions,
    telephone,
)
from voice.web.guards import PUBLIC, may_use_this_page
from voice.web.lead import families_said
from voice.web.limits import limit
from voice.web.manage import drop_box_senders, people, programs
from voice.web.manage import partnership as partnership_page
from voice.web.pages import BUILT
from voice.web.parts import Parts
from voice.web.problems import note_language, show_problem
from voice.web.respond import coming_back, in_class, questions, sending, start, stopping, tell_us
from voice.web.respond import files as answer_files
from voice.web.room import board, joining, making, news, person, saying, worry
from voice.web.room import files as room_files
from voice.web.translate import files as translation_files
from voice.web.translate import pages as translating
from voice.web.views import adding, afterwards, choosing, opening, sheets, sorting, space
from voice.web.views import people as view_people
from voice.web.work import (
    already_asked,
    answers,
    bank,
    bank_changing,
    bank_files,
    builder,
    builder_preview,
    builder_preview_pages,
    builder_questions,
    builder_readiness,
    builder_rounds,
    builder_settings,
    drop_box,
    drop_box_looking,
    drop_box_waiting,
    exchange,
    importing,
    paper,
    posters,
    quote_translations,
    quotes,
    review_register,
    reviews,
    surveys,
    transcripts,
    voices,
    worries,
)
from voice.web.work import (
    files as sent_files,
)

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


FOR_EVERYBODY = (
    home.show_home,
    home.show_safe,
    home.show_credits,
    home.change_display,
    already_said.show_already_said,
    start.show_start,
    start.begin,
    in_class.show_class,
    in_class.join_class,
    questions.go_on,
    questions.show_question,
    questions.answer_question,
    answer_files.show_file,
    answer_files.put_file,
    answer_files.answer_with_file,
    sending.show_check,
    sending.send,
    sending.show_receipt,
    stopping.show_stop,
    stopping.stop,
    stopping.show_stopped,
    coming_back.show_later,
    coming_back.show_continue,
    coming_back.come_back,
    opening.show_my_views,
    opening.open_with_code,
    opening.show_new,
    opening.begin,
    opening.show_code,
    afterwards.show_took_part,
    afterwards.tell_took_part,
    space.show_space,
    space.change_view,
    space.show_view_file,
    adding.show_ways,
    adding.show_add,
    adding.add,
    adding.put_view_file,
    adding.show_arrived_file,
    sorting.show_sort,
    sorting.sort,
    choosing.show_meeting,
    choosing.choose_for_meeting,
    choosing.show_learn,
    choosing.choose_to_learn,
    sheets.send_sheet,
    view_people.show_people,
    view_people.change_people,
    afterwards.show_heard,
    afterwards.say_whether_heard,
    afterwards.show_end,
    afterwards.end,
    joining.show_join,
    joining.join,
    person.show_room,
    person.change_name,
    person.make_room,
    saying.add_card,
    saying.take_card_back,
    saying.vote,
    news.room_news,
    making.begin_to_make,
    making.show_make,
    making.put_made,
    making.send_made,
    room_files.show_own_file,
    room_files.show_made,
    room_files.show_shown_file,
    worry.show_worry,
    worry.send_worry,
    board.show_board,
    news.board_news,
    tell_us.show_tell_us,
    tell_us.tell_us,
    tell_us.show_told,
    offline.send_worker,
    offline.show_offline,
    offline.send_questions,
    offline.take_in,
    bank_files.show_asked_file,
    staff.show_sign_in,
    staff.sign_in,
    staff.show_mailed_link,
    staff.use_mailed_link,
    staff.use_printed_link,
    staff.show_outbox,
)

FOR_PROGRAMS = (
    api_surveys.list_surveys,
    api_surveys.read_survey,
    api_surveys.list_rounds,
    api_answers.send_answers,
    api_answers.read_answers,
    api_answers.read_file,
)

FOR_STAFF = (
    staff.sign_out,
    staff.show_account,
    staff.choose_password,
    builder.show_builder,
    builder.start,
    builder.show_draft,
    builder.change_order,
    builder.show_paths,
    builder_settings.show_settings,
    builder_settings.change_settings,
    builder_questions.show_add,
    builder_questions.add,
    builder_questions.show_one,
    builder_questions.change_question,
    builder_readiness.show_readiness,
    builder_readiness.go_further,
    builder.ask_to_discard,
    builder.discard,
    builder_preview_pages.show_preview,
    builder_preview_pages.show_preview_start,
    builder_preview_pages.start_preview,
    builder_preview.show_previewed,
    builder_preview.answer_previewed,
    builder_preview.answer_previewed_with_file,
    builder_preview.put_previewed_file,
    builder_preview_pages.show_previewed_file,
    builder_preview_pages.show_preview_check,
    builder_preview_pages.send_preview,
    builder_preview_pages.show_preview_receipt,
    builder_preview_pages.show_preview_end,
    builder_preview_pages.send_draft_form,
    builder_rounds.show_rounds,
    builder_rounds.change_rounds,
    surveys.show_surveys,
    surveys.show_letter,
    classes.show_classes,
    classes.start_class,
    classes.show_class_session,
    classes.class_counts,
    classes.end_class,
    sessions.show_sessions,
    sessions.show_new,
    sessions.start_plan,
    sessions.show_plan,
    sessions.change_plan,
    session_agenda.show_agenda,
    session_agenda.change_agenda,
    session_agenda.show_activity,
    session_agenda.change_activity,
    session_run.show_run,
    session_run.take_step,
    session_run.run_news,
    session_run.enter_card,
    session_run.change_card,
    room_files.show_leaders_file,
    session_attendance.show_attendance,
    session_attendance.keep_attendance,
    session_attendance.keep_thanks,
    telephone.show_telephone,
    telephone.begin_call,
    session_notes.show_notes,
    session_notes.read_notes,
    session_notes.show_notes_read,
    session_notes.take_in_notes,
    session_reports.show_report,
    session_reports.agree,
    session_reports.take_report,
    session_reports.show_report_file,
    report_lines.show_lines,
    report_lines.correct_lines,
    forums.show_forums,
    forums.show_forum,
    forums.say_what_happened,
    forums.take_forum,
    posters.show_poster,
    bank.show_bank,
    bank.show_concept,
    bank_changing.show_new,
    bank_changing.add,
    bank_changing.show_wording,
    bank_changing.change_wording,
    bank_changing.show_about,
    bank_changing.change_about,
    bank_files.show_files,
    bank_files.change_files,
    importing.show_import,
    importing.upload,
    importing.show_columns,
    importing.choose_columns,
    importing.show_preview,
    importing.download_unread,
    importing.take_in,
    drop_box.show_drop_box,
    drop_box.add_to_drop_box,
    drop_box_waiting.show_waiting,
    drop_box_looking.show_waiting_one,
    drop_box_looking.decide_on_waiting,
    drop_box_looking.show_draft,
    drop_box_looking.decide_on_draft,
    answers.show_answers,
    answers.download,
    exchange.show_exchange,
    exchange.send_in,
    exchange.show_carried,
    exchange.make_draft,
    exchange.download_form,
    sent_files.show_sent_file,
    quotes.show_quotes,
    quotes.decide,
    quote_translations.keep_translation,
    voices.show_voices,
    voices.show_voice,
    voices.show_file,
    transcripts.keep_transcript,
    already_asked.show_already_asked,
    already_asked.ask_anyway,
    families_said.show_families_said,
    translating.show_languages,
    translating.show_messages,
    translating.show_message,
    translating.keep_words,
    translation_files.send_file,
    translation_files.show_import,
    translation_files.upload,
    translation_files.show_preview,
    translation_files.take_in,
    paper.show_paper,
    paper.send_form,
    paper.start_stack,
    paper.show_stack,
    paper.type_form,
    paper.show_second,
    paper.type_second,
    paper.show_differences,
    paper.settle,
    reviews.show_reviews,
    reviews.make_letters,
    reviews.note_participation,
    reviews.download_participation,
    review_register.show_register,
    review_register.send_register,
    worries.show_worries,
    worries.look_at_worry,
    people.show_people,
    people.add_person,
    people.show_person,
    people.change_role,
    people.end_access,
    partnership_page.show_partnership,
    partnership_page.change_partnership,
    programs.show_programs,
    programs.make_token,
    programs.end_token,
    programs.add_webhook,
    programs.end_webhook,
    drop_box_senders.show_senders,
    drop_box_senders.change_senders,
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
        bank=Bank(store),
        post=Post(settings),
        partnership=await store.read(partnership),
        live=Live(),
        clock=clock,
    )


async def keep_tidy(parts: Parts) -> None:
    """What time brings: drafts and answers whose time is over go, and a new term opens its rounds."""
    today = parts.today
    await parts.store.write(lambda: drafts.clear_expired(today=today))
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


async def _keep_tidy_hourly(parts: Parts) -> None:
    while True:
        await asyncio.sleep(AN_HOUR)
        try:
            await keep_tidy(parts)
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
        counting = asyncio.create_task(parts.bank.shelves())  # so that the first who searches need not wait
        try:
            async with _letters_come_in(parts):
                yield parts
        finally:
            parts.live.close()
            tidying.cancel()
            telling.cancel()
            counting.cancel()
            await parts.reader.stop()
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
            ahead = asyncio.create_task(make_ready(parts)) if parts else None
            try:
                yield
            finally:
                if ahead:
                    ahead.cancel()

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
