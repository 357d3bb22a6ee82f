"""What went wrong, for programs: problem details after RFC 9457, in English, with a code that does not change."""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from surveys.answering import NothingAnswered
from surveys.collecting import CannotTakeIn
from surveys.submissions import OtherContent
from voice.capture.open_rounds import RoundProblem
from voice.storage import NotStorable, StoreUnavailable

log = logging.getLogger("voice.web.api")


class Wrong(msgspec.Struct, frozen=True):
    """One thing to put right. ``at`` is an answer's concept, a field of it (``heard.text``) or of what was sent."""

    at: str
    code: str
    detail: str


class Problem(msgspec.Struct, frozen=True):
    """``type`` ends with the code of the problem."""

    type: str
    title: str
    status: int
    wrong: tuple[Wrong, ...] = ()


class AnswersNotTaken(Exception):
    """Some answers cannot be read; none was stored."""

    def __init__(self, wrong: tuple[Wrong, ...]) -> None:
        super().__init__("answers_not_taken")
        self.wrong = wrong


def problem_of(problem: Exception) -> Problem:
    match problem:
        case AnswersNotTaken():
            return _problem("answers_not_taken", "Some answers cannot be read. Nothing was stored.", 422, problem.wrong)
        case NothingAnswered():
            return _problem("nothing_answered", "There is no answer in this. Nothing was stored.", 422)
        case OtherContent():
            return _problem("other_content", "This id was sent before with other answers. The first are kept.", 409)
        case CannotTakeIn(code="too_early"):
            return _problem("round_not_open", "This round has not opened yet.", 409)
        case CannotTakeIn():
            return _problem("round_closed", "This round closed too long ago.", 409)
        case RoundProblem():
            return _problem("no_such_round", "There is no such round.", 404)
        case StoreUnavailable():
            return _problem("try_again", "Nothing can be stored just now. Try again in a minute.", 503)
        case NotStorable():
            return _problem("not_valid", "What was sent holds a letter or a number that nothing can store.", 400)
        case ValidationException(extra=list(found)):
            wrong = tuple(Wrong(str(each.get("key", "")), "not_valid", str(each.get("message", ""))) for each in found)
            return _problem("not_valid", "What was sent does not have the form that is described.", 400, wrong)
        case HTTPException(status_code=status, detail=detail) if status < 500:
            codes = {401: "no_token", 403: "not_allowed", 404: "not_found", 413: "too_big", 429: "too_many"}
            return _problem(codes.get(status, "not_valid"), detail, status)
        case _:
            return _problem("our_fault", "Something went wrong on our side.", 500)


def _problem(code: str, title: str, status: int, wrong: tuple[Wrong, ...] = ()) -> Problem:
    return Problem(type=f"/api#{code}", title=title, status=status, wrong=wrong)


def answer_with_problem(request: Request[Any, Any, Any], problem: Exception) -> Response[bytes]:
    found = problem_of(problem)
    if found.status >= 500:
        log.error("%s in %s", type(problem).__name__, request.scope.get("path_template"), exc_info=problem)
    headers = {"WWW-Authenticate": "Bearer"} if found.status == 401 else None
    return Response(
        msgspec.json.encode(found),
        status_code=found.status,
        media_type="application/problem+json",
        headers=headers,
    )
