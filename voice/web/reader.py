"""How the person at the other end reads: their language and the way they like pages to look.

Both are kept on their device, in two cookies that say nothing else.
"""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from voice.languages import LANGUAGES, preferred
from voice.web import cookies

A_YEAR = 365 * 24 * 3600

DISPLAY: dict[str, tuple[str, ...]] = {
    "size": ("1", "2", "3", "4"),
    "space": ("normal", "wide"),
    "colours": ("paper", "cream", "blue", "dark"),
    "pictures": ("more", "fewer"),
    "ruler": ("off", "on"),
    "motion": ("on", "off"),
}
"""What can be set and how; the first of each is how pages look when nothing was chosen."""


class UnknownLanguage(Exception):
    """A language was asked for that the product does not speak."""


def language_of(request: Request[Any, Any, Any]) -> str:
    """The language asked for in the address, else the one chosen before, else the browser's.

    Raises :class:`UnknownLanguage` when the address asks for one that we do not have.
    """
    asked = request.query_params.get("lang")
    if asked is not None:
        if asked not in LANGUAGES:
            raise UnknownLanguage(asked)
        return str(asked)
    return language_kept(request)


def language_kept(request: Request[Any, Any, Any]) -> str:
    chosen = cookies.kept(request, cookies.LANGUAGE)
    return chosen if chosen in LANGUAGES else preferred(request.headers.get("accept-language", ""))


def look_otherwise(request: Request[Any, Any, Any], choice: str) -> None:
    """Shows the page that is being made with one ``name.value`` changed already."""
    request.state.display = display_with(display_of(request), choice)


def display_of(request: Request[Any, Any, Any]) -> dict[str, str]:
    """The display settings; whatever the cookie holds that we do not know is left out."""
    if "display" in request.state:
        settings: dict[str, str] = request.state.display
        return settings
    chosen = dict(part.split("-", 1) for part in cookies.kept(request, cookies.DISPLAY).split(".") if "-" in part)
    return {name: chosen[name] if chosen.get(name) in values else values[0] for name, values in DISPLAY.items()}


def display_with(settings: dict[str, str], choice: str) -> dict[str, str]:
    """The settings with one ``name.value`` changed; as they were when the choice is none of ours."""
    name, _, value = choice.partition(".")
    return {**settings, name: value} if value in DISPLAY.get(name, ()) else settings


def language_cookie(language: str, *, secure: bool) -> Cookie:
    return cookies.cookie(cookies.LANGUAGE, language, seconds=A_YEAR, secure=secure)


def display_cookie(settings: dict[str, str], *, secure: bool) -> Cookie:
    value = ".".join(f"{name}-{value}" for name, value in settings.items())
    # The script that changes the look without a page load writes it too.
    return cookies.cookie(cookies.DISPLAY, value, seconds=A_YEAR, secure=secure, for_scripts=True)
