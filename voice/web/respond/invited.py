"""A person's own link: from the message to the first page of the survey, in their language."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.invitations import opening
from surveys.invitations.opening import Invited
from voice.capture.open_rounds import RoundProblem, check_open
from voice.inviting.working import round_now
from voice.languages import LANGUAGES
from voice.web.guards import PUBLIC
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.respond import invitation_cookies


@get("/i/{token:str}", opt=PUBLIC)
async def open_invitation(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    parts = parts_of(request)
    invited = await parts.store.read(lambda: opening.invited_by(token))
    if invited is None:
        return page(request, "respond/invited.html", language=language_of(request), status=404, link=None, spent=False)
    language = _language(request, invited)
    round = await round_now(parts.rounds, invited.round, now=parts.clock())
    if round is None:
        check_open(await parts.rounds.by_id(invited.round, now=parts.clock()), parts.today)
        raise RoundProblem("closed")
    if invited.spent:
        return page(request, "respond/invited.html", language=language, link=round.link, spent=True)
    if request.method == "GET":  # programs that check links only look whether they work
        await parts.store.write(lambda: opening.note(token, "opened"))
    return Redirect(
        f"/s/{round.link}?{urlencode({'lang': language})}",
        status_code=303,
        cookies=[invitation_cookies.handed_out(round.link or "", token, parts.settings.secure)],
    )


def _language(request: Request[Any, Any, Any], invited: Invited) -> str:
    """The language that the address asks for, else the person's, as we know it."""
    if "lang" in request.query_params or invited.language not in LANGUAGES:
        return language_of(request)
    return invited.language
