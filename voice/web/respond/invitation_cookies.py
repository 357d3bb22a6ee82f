"""The invitation that somebody came with, kept in their browser alone until their answers are sent.

Nothing stored beside a draft or its answers leads to an invitation. From the personal link to the first question the
cookie belongs to the survey, and then to the one draft: on a phone that several people use, each uses up their own.
"""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from voice.web import cookies

HOURS_TO_BEGIN = 2
DAYS_OF_A_DRAFT = 30


def handed_out(link: str, token: str, secure: bool) -> Cookie:
    """For whoever opened a personal link and has not begun to answer."""
    return _cookie(f"/s/{link}", token, HOURS_TO_BEGIN * 3600, secure)


def token_in(request: Request[Any, Any, Any]) -> str:
    """The token that came along; a browser sends the one of the draft before the one of the survey."""
    return cookies.kept(request, cookies.INVITATION)


def taken_along(request: Request[Any, Any, Any], link: str, key: str, secure: bool) -> list[Cookie]:
    """From here on the invitation belongs to this draft, and not to whoever begins next on this phone."""
    token = token_in(request)
    if not token:
        return []
    return [
        _cookie(f"/s/{link}", "", 0, secure),
        _cookie(f"/s/{link}/{key}", token, DAYS_OF_A_DRAFT * 24 * 3600, secure),
    ]


def thrown_away(address: str, secure: bool) -> list[Cookie]:
    return [_cookie(address, "", 0, secure)]


def _cookie(path: str, value: str, seconds: int, secure: bool) -> Cookie:
    return cookies.cookie(cookies.INVITATION, value, seconds=seconds, secure=secure, path=path)
