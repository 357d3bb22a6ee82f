"""A survey on a tablet without a connection: what the tablet keeps of it, and what it sends when it is back."""

from __future__ import annotations

import base64
import binascii
import re
import uuid
from collections.abc import Hashable
from typing import Any

import babel.dates
import msgspec
from litestar import Request, Response, get, post
from litestar.enums import MediaType
from litestar.params import FromPath

from surveys import answering, collecting, identity
from surveys.answers import AnswerProblem
from surveys.collecting import CannotTakeIn, Collected, FilledPage, PageProblem
from surveys.document import Question
from surveys.publishing import OpenRound
from surveys.question_types import type_of
from surveys.submissions import OtherContent, SaidBy
from voice.capture import sealing
from voice.capture.open_rounds import RoundProblem, check_open
from voice.languages import LANGUAGES, speak, turn
from voice.languages import gettext as _
from voice.web import wordings
from voice.web.guards import PUBLIC
from voice.web.limits import limit
from voice.web.pages import BUILT, page, render
from voice.web.reader import display_of, language_cookie, language_of
from voice.web.respond.start import offered_language, round_behind

NEEDS_A_CONNECTION = frozenset({"recording", "drawing", "photo"})
"""Kinds of question that send a file: a tablet without a connection leaves them out, and says so."""

LARGEST = 2_000_000
"""Bytes of one person's sealed answers."""

PROBLEMS = (
    *("nothing_chosen", "none_chosen", "nothing_written", "places_unclear", "not_all_sorted"),
    *("no_date", "date_half", "date_year", "no_such_day", "no_postcode", "not_a_postcode"),
    *("reach_without_way", "reach_number", "reach_email"),
    *("two_answers", "both_chosen", "both_dated", "both_placed"),
)
"""What a tablet can find by itself, so that it is put right while the person is still there."""

LENGTH = 7_654_321
"""Stands for a length that only the tablet will know."""


class SealedAnswers(msgspec.Struct, frozen=True):
    """What a tablet sends: ``sealed`` is base64, and holds :class:`OnTheTablet`."""

    id: uuid.UUID
    sealed: str


class OnTheTablet(msgspec.Struct, frozen=True):
    round: uuid.UUID
    language: str
    said_by: SaidBy
    pages: tuple[FilledPage, ...]


@get("/offline/worker.js", opt=PUBLIC)
async def send_worker() -> Response[bytes]:
    """The service worker: what answers pages under ``/offline/`` when there is no connection."""
    script = (BUILT / "scripts" / "offline-worker.js").read_bytes()
    return Response(script, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


@get("/offline/{link:str}", opt=PUBLIC)
async def show_offline(request: Request[Any, Any, Any], link: FromPath[str]) -> Response[bytes]:
    """Where people begin; after the last day of the survey, only where a tablet sends what still waits on it."""
    parts, round = await round_behind(request, link)
    try:
        check_open(round, parts.today)
    except RoundProblem as problem:
        if problem.code != "closed":
            raise
    language = offered_language(request, round)
    return page(
        request,
        "offline/start.html",
        language=language,
        cookies=[language_cookie(language, secure=parts.settings.secure)],
        round=round,
        over=not round.is_open(parts.today),
        link=link,
        left_out=[question for question in round.document.questions if question.kind in NEEDS_A_CONNECTION],
        languages=list(round.languages) or [language],
    )


@get("/offline/{link:str}/questions", opt=PUBLIC, middleware=[limit("tablets")])
async def send_questions(request: Request[Any, Any, Any], link: FromPath[str]) -> Response[bytes]:
    """All that the tablet needs to ask the survey in one language: the same pages that others see.

    To say them all takes as long as thirty pages, so what was said is kept for those who see it alike.
    """
    parts, round = await round_behind(request, link)
    language = offered_language(request, round)
    speak(language)
    key = base64.b64encode(sealing.public_key(parts.secret)).decode()
    look = tuple(display_of(request).items())
    alike = (round.id, round.version, round.identity_mode, language, turn(language), look, parts.partnership, key)
    content = _kept.get(alike)
    if content is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        content = _kept[alike] = msgspec.json.encode(_questions(request, round, language, key))
    return Response(content, media_type=MediaType.JSON)


MOST_KEPT = 50
"""Of some 200 kilobytes each."""

_kept: dict[Hashable, bytes] = {}


def _questions(request: Request[Any, Any, Any], round: OpenRound, language: str, key: str) -> dict[str, Any]:
    questions = [question for question in round.document.questions if question.kind not in NEEDS_A_CONNECTION]
    return {
        "round": str(round.id),
        "language": language,
        "locale": LANGUAGES[language].locale.replace("_", "-"),
        "key": key,
        "numbers": [wordings.number(number) for number in range(len(questions) + 1)],
        "months": _months(language),
        "problems": {code: wordings.answer_problem(AnswerProblem(code)) for code in PROBLEMS},
        "unknown_length": wordings.number(LENGTH),
        "screens": {
            name: render(request, f"offline/{name}.html", language=language, round=round)
            for name in ("check", "thanks", "stopped", "unfinished")
        },
        "questions": [
            {
                "concept": question.concept,
                "kind": question.kind,
                "title": wordings_of(question, language),
                "where": (
                    _("Page %(position)s of %(count)s")
                    if question.kind == "information"
                    else _("Question %(position)s of %(count)s")
                )
                % {"position": "{position}", "count": "{count}"},
                "conditions": [[each.concept, each.codes] for each in question.conditions],
                "most": question.most,
                "limit": question.limit,
                "options": [option.code for option in question.options],
                "problems": {
                    code: wordings.answer_problem(AnswerProblem(code, limit=limit, length=LENGTH))
                    for code, limit in (
                        ("too_long", question.limit),
                        ("too_many", question.most),
                        ("reach_too_long", 300),
                    )
                },
                "html": _question_form(request, round, question, questions, language),
            }
            for question in questions
        ],
    }


def wordings_of(question: Question, language: str) -> str:
    return question.title.get(language) or question.title.get("en") or question.concept


def _months(language: str) -> dict[str, int]:
    """Whole and short names of months in the language and in English, folded, as the date question reads them."""
    names: dict[str, int] = {}
    for spoken in ("en", language):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                known = babel.dates.get_month_names(width, context, locale=spoken)
                names |= {name.casefold().rstrip("."): int(month) for month, name in known.items()}
    return names


def _question_form(
    request: Request[Any, Any, Any], round: OpenRound, question: Question, questions: list[Question], language: str
) -> str:
    """The question as its own page shows it to somebody who has answered it; the tablet says where on the way they are,
    and takes out the note for whoever has not."""
    before = questions[: questions.index(question)]
    whole = render(
        request,
        f"questions/{question.kind}.html",
        language=language,
        address="",
        round=round,
        errand="",
        question=question,
        type=type_of(question),
        position=1,
        count=1,
        asked=(question,),
        answered=frozenset(),
        form={},
        code=None,
        text="",
        hidden=True,
        can_stop=any(each.kind == "consent" for each in before),
        problem=None,
        seen="",
        elsewhere=(),
        shared_device=True,
        file=None,
        on_the_phone=False,
        next_person=None,
    )
    found = re.search(r"<main[^>]*>(.*)</main>", whole, re.DOTALL)
    assert found is not None, "every page has a main part"
    return found[1].strip()


@post("/offline/{link:str}", opt=PUBLIC, request_max_body_size=LARGEST, status_code=200)
async def take_in(request: Request[Any, Any, Any], link: FromPath[str]) -> Response[dict[str, str]]:
    """Takes in one person's answers. Sent twice they are stored once, and both are told that they are here."""
    parts, current = await round_behind(request, link)
    speak(language_of(request))
    try:
        sent = msgspec.json.decode(await request.body(), type=SealedAnswers)
        text = sealing.opened(base64.b64decode(sent.sealed), name=str(sent.id), secret=parts.secret)
        told = msgspec.json.decode(text, type=OnTheTablet)
    except (msgspec.MsgspecError, binascii.Error, sealing.CannotOpen):
        return _refused("not_readable")
    try:
        round = await parts.rounds.by_id(told.round, now=parts.clock())
    except RoundProblem:
        return _refused("other_survey")
    if round.survey != current.survey:
        return _refused("other_survey")
    if not {told.language, *(each.language for each in told.pages)} <= LANGUAGES.keys():
        return _refused("not_readable")
    # The id on the tablet leads to no stored answers without our secret.
    collected = Collected(
        id=identity.submission_id(parts.secret, f"offline:{sent.id}"),
        language=told.language,
        pages=told.pages,
        said_by=told.said_by,
    )
    try:
        await parts.store.write(
            lambda: collecting.take_in(collected, round, mode="offline", now=parts.clock(), secret=parts.secret)
        )
    except PageProblem as problem:
        question = round.document.question(problem.concept)
        return _refused("page", wordings_of(question, language_of(request)) if question else problem.concept)
    except CannotTakeIn as problem:
        return _refused(problem.code)
    except OtherContent:
        return _refused("other_content")
    except answering.NothingAnswered:
        return _refused("nothing_answered")
    parts.reader.something_new()
    return Response({"stored": str(sent.id)}, media_type=MediaType.JSON)


def _refused(code: str, question: str = "") -> Response[dict[str, str]]:
    words = {
        "not_readable": _("We could not open these answers. The tablet may belong to another place."),
        "other_survey": _("We do not know the survey that these answers belong to."),
        "too_late": _("This survey ended more than 30 days ago."),
        "too_early": _("This survey has not started yet. The answers go off when it has."),
        "other_content": _("We have other answers under the same number. We kept the first ones."),
        "nothing_answered": _("There are no answers in here."),
        "page": _("We could not read the answer to “%(question)s”.") % {"question": question},
    }
    return Response({"problem": code, "words": words[code]}, status_code=422, media_type=MediaType.JSON)
