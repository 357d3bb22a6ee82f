"""What went wrong, as a kind page: every problem has its status, its words and a next step here."""

from __future__ import annotations

import contextlib
import logging
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import Scope

from surveys import answering, identity
from surveys.answering import NoSuchQuestion
from surveys.drafts import DraftProblem
from surveys.submissions import OtherContent
from voice.capture.open_rounds import RoundProblem
from voice.capture.waiting_files import NoSuchFile
from voice.languages import LANGUAGES, speak
from voice.languages import gettext as _
from voice.parts import Parts
from voice.storage import NotStorable, StoreUnavailable
from voice.web.pages import page
from voice.web.reader import UnknownLanguage, language_kept

log = logging.getLogger("voice.web")


class Said(msgspec.Struct, frozen=True):
    """A problem in words. ``next_step`` names a link of ``templates/problem.html``."""

    status: int
    title: str
    text: str
    next_step: str = "home"


def words_for(problem: Exception) -> Said:
    """The words for a problem, in the language that is being spoken."""
    match problem:
        case RoundProblem(code="closed"):
            return Said(410, _("This survey has ended"), _("Thank you for wanting to answer. You can still call us."))
        case RoundProblem(code="not_open_yet"):
            return Said(404, _("This survey has not started yet"), _("Please come back a little later."))
        case RoundProblem():
            return Said(404, _("We cannot find this survey"), _("Please check the link in your letter."))
        case DraftProblem(code="expired"):
            return Said(
                410,
                _("Your saved answers are no longer here"),
                _("We keep them for 30 days. Then we delete them to keep you safe. You can start again."),
                "start_again",
            )
        case DraftProblem(code="already_sent"):
            return Said(
                409,
                _("You have sent your answers already"),
                _("We kept what you sent. You do not need to do anything else."),
                "receipt",
            )
        case DraftProblem() | NoSuchQuestion():
            return Said(
                404,
                _("We cannot find these answers"),
                _("Please check your link or your code. You can also start again."),
                "start_again",
            )
        case NoSuchFile():
            return Said(
                404,
                _("This file is no longer here"),
                _("You took in its answers, or it waited for more than a day. Please choose it again."),
                "import",
            )
        case OtherContent():
            return Said(409, _("You have sent your answers already"), _("We kept what you sent first."))
        case UnknownLanguage():
            return Said(
                404,
                _("We do not have this page in that language"),
                _("Choose one of our languages at the top of this page."),
            )
        case StoreUnavailable():
            return Said(
                503,
                _("We cannot save anything just now"),
                _("Please wait a minute. Then go back and try again. What you sent before is safe."),
                "again",
            )
        case HTTPException(status_code=404):
            return Said(404, _("We cannot find this page"), _("Please check the link."))
        case HTTPException(status_code=405):
            return Said(405, _("This page does not work like that"), _("Please go back and use the buttons."))
        case HTTPException(status_code=401):
            return Said(401, _("Please sign in first"), _("This page is for people who work here."), "sign_in")
        case HTTPException(status_code=403):
            return Said(
                403,
                _("You cannot open this page"),
                _("Your role does not include it, or the page was open for too long. Go back and try again."),
                "sign_in",
            )
        case HTTPException(status_code=413):
            return Said(413, _("This is too big for us"), _("Please send something smaller. A file can have 20 MB."))
        case HTTPException(status_code=429):
            return Said(429, _("That was a lot of tries"), _("Please wait a minute. Then try again."), "again")
        case NotStorable():
            return words_for(HTTPException(status_code=400))
        case HTTPException(status_code=status) if status < 500:
            return Said(status, _("We could not read that"), _("Please go back and try again."), "again")
        case _:
            return Said(
                500,
                _("Something went wrong on our side"),
                _("This is not your fault. Please go back and try again. Answers you gave before are safe."),
                "again",
            )


async def note_language(problem: Exception, scope: Scope) -> None:
    """Notes in which language somebody answers, for :func:`show_problem`, which cannot ask the store for it.

    Their device need not know: it may keep no cookies, or have come by the link alone.
    """
    key = scope.get("path_params", {}).get("key")
    if not isinstance(key, str) or identity.key_bytes(key) is None or isinstance(problem, StoreUnavailable):
        return
    parts: Parts = scope["litestar_app"].state.parts
    id = identity.submission_id(parts.secret, key)
    with contextlib.suppress(StoreUnavailable):
        scope["state"][ANSWERS_IN] = await parts.store.read(lambda: answering.language_of(id))


ANSWERS_IN = "answers_in"


def show_problem(request: Request[Any, Any, Any], problem: Exception) -> Response[bytes]:
    """The page for a problem, in the reader's language. Litestar wants exception handlers to be synchronous."""
    asked = request.query_params.get("lang", "")
    language = asked if asked in LANGUAGES else request.scope["state"].get(ANSWERS_IN) or language_kept(request)
    speak(language)
    said = words_for(problem)
    if said.status >= 500:
        # The address of an answering page is a key to somebody's answers, so only the route is named.
        log.error("%s in %s", type(problem).__name__, request.scope.get("path_template"), exc_info=problem)
    return page(
        request,
        "problem.html",
        language=language,
        status=said.status,
        said=said,
        link=request.path_params.get("link"),
        key=request.path_params.get("key"),
        typed=request.scope["state"].get("typed", ""),
    )
