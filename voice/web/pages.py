"""Pages from templates, in the reader's language and look."""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from collections.abc import Hashable, Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.enums import MediaType
from litestar.utils.scope.state import ScopeState
from markupsafe import Markup, escape

from surveys.document import RATHER_NOT_SAY, Words, wording
from voice import languages
from voice.people.signing_in import SignedIn
from voice.settings import ROOT
from voice.web import import_words, room_words, wordings
from voice.web.calls import with_calls
from voice.web.parts import parts_of
from voice.web.places import are_few, parts_of_the_work
from voice.web.reader import DISPLAY, display_of
from voice.web.sign_in.offered import other_ways

BUILT = ROOT / "static" / "built"


def page(
    request: Request[Any, Any, Any],
    template: str,
    *,
    language: str,
    status: int = 200,
    cookies: Sequence[Cookie] = (),
    **context: Any,
) -> Response[bytes]:
    """The page ``template`` with its ``context``, said in ``language``."""
    return _packed(request, render(request, template, language=language, **context), status, cookies)


def page_alike(
    request: Request[Any, Any, Any],
    template: str,
    *,
    language: str,
    alike: Hashable,
    own: tuple[str, str],
    cookies: Sequence[Cookie] = (),
    **context: Any,
) -> Response[bytes]:
    """A page that is the same for everybody with the same ``alike`` but for one value: rendered once, and kept.

    ``own`` is the name of that value in the template, and the value itself, of plain letters that need no
    escaping (an address, a key). What people wrote must not be in ``context``: such pages are made with
    :func:`page`.
    """
    languages.speak(language)
    name, value = own
    look = tuple(display_of(request).items())
    key = (template, language, languages.turn(language), look, parts_of(request).partnership, alike)
    kept = _alike.get(key)
    if kept is None:
        if len(_alike) >= MOST_ALIKE:
            _alike.clear()
        whole = render(request, template, language=language, **{name: _OWN}, **context)
        kept = _alike[key] = tuple(whole.split(_OWN))
    return _packed(request, value.join(kept), 200, cookies)


MOST_ALIKE = 2000
"""Pages kept, of some eight kilobytes each. A survey of eleven questions in three languages has a few hundred."""

_OWN = "/what-is-somebodys-own"
_alike: dict[Hashable, tuple[str, ...]] = {}


def _packed(request: Request[Any, Any, Any], text: str, status: int, cookies: Sequence[Cookie]) -> Response[bytes]:
    content = text.encode()
    headers = {"Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        # At the fastest level: a page then weighs a tenth more than at the usual one, and takes a third of the time.
        packing = zlib.compressobj(level=1, wbits=31)
        content = packing.compress(content) + packing.flush()
        headers["Content-Encoding"] = "gzip"
    return Response(
        content=content, status_code=status, media_type=MediaType.HTML, headers=headers, cookies=list(cookies)
    )


def render(request: Request[Any, Any, Any], template: str, *, language: str, **context: Any) -> str:
    """The page as text. Every template can use what is named here, and the globals of ``environment``."""
    languages.speak(language)
    parts = parts_of(request)
    return (
        environment()
        .get_template(template)
        .render(
            language=languages.LANGUAGES[language],
            display=display_of(request),
            partnership=parts.partnership,
            here=quote(request.url.path),
            here_again=quote(request.url.path) + (f"?{request.url.query}" if request.url.query else ""),
            signed_in=signed_in(request),
            csrf_token=ScopeState.from_scope(request.scope).csrf_token,
            development=parts.settings.development,
            other_ways=other_ways(parts.settings),
            **context,
        )
    )


def signed_in(request: Request[Any, Any, Any]) -> SignedIn | None:
    """The member of staff, on pages that are for staff."""
    person: SignedIn | None = request.scope.get("user")
    return person


def person_here(request: Request[Any, Any, Any]) -> SignedIn:
    """The member of staff, on pages that only staff open."""
    person = signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    return person


COMPILED = ROOT / "templates" / "__pycache__"
"""Pages as Jinja compiled them: to compile all takes every process that serves five seconds."""


def _compiled_before() -> FileSystemBytecodeCache | None:
    """Where compiled pages are kept, each with a hash of its source; nothing where we may not write."""
    with contextlib.suppress(OSError):
        COMPILED.mkdir(exist_ok=True)
        if os.access(COMPILED, os.W_OK):
            return FileSystemBytecodeCache(str(COMPILED), f"%s.jinja-{version('jinja2')}.pyc")
    return None


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        bytecode_cache=_compiled_before(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # looking at every file for every page takes longer than the page
        cache_size=-1,
    )
    made.globals.update(
        _=_said,
        ngettext=_counted,
        LANGUAGES=languages.LANGUAGES,
        DISPLAY=DISPLAY,
        RATHER_NOT_SAY=RATHER_NOT_SAY,
        asset=asset,
        symbol=symbol,
        words=wordings,
        import_words=import_words,
        room_words=room_words,
        is_machine_draft=languages.is_machine_draft,
        are_few=are_few,
        parts_of_the_work=parts_of_the_work,
        kept=kept,
    )
    made.filters["say"] = say
    made.filters["with_calls"] = with_calls
    return made


def _said(message: str, **filled: object) -> Markup:
    """The words of a catalog with what is filled in, all of it escaped.

    Whoever translates writes words, not HTML: nothing in a catalog can open a tag or leave an attribute.
    """
    return escape(languages.gettext(message)) % filled


def _counted(one: str, many: str, count: int, **filled: object) -> Markup:
    """The words beside a number, which stands in the digits of the language where they say ``%(num)s``."""
    return escape(languages.ngettext(one, many, count)) % {"num": wordings.number(count), **filled}


def say(said: Words) -> str:
    """The words of a survey's document in the reader's language."""
    return wording(said, languages.current().code)


def kept(template: str, *, display: dict[str, str] | None = None, **values: Hashable) -> Markup:
    """A part of a page that is the same for many people: rendered once for each language and set of values."""
    code = languages.current().code
    return _kept(template, code, languages.turn(code), tuple((display or {}).items()), tuple(values.items()))


@lru_cache(maxsize=1024)
def _kept(
    template: str,
    language: str,
    turn: int,  # noqa: ARG001 - what is kept is rendered anew when the words of the language have changed
    display: tuple[tuple[str, str], ...],
    values: tuple[tuple[str, Hashable], ...],
) -> Markup:
    rendered = (
        environment()
        .get_template(template)
        .render(language=languages.LANGUAGES[language], display=dict(display), **dict(values))
    )
    return Markup(rendered)  # noqa: S704 - a template of ours, escaped


def asset(path: str) -> str:
    """The address of a built file. It changes with the file, so browsers can keep it for good."""
    return f"/static/{path}?v={_manifest()[path]}"


@cache
def symbol(name: str, size: int = 96) -> Markup:
    """A picture beside words that say the same, so it is silent for screen readers.

    There is none where a survey from elsewhere names a picture that we do not have.
    """
    if name not in built_symbols():
        return Markup("")
    return Markup('<img class="symbol" src="{}" alt="" width="{}" height="{}">').format(
        asset(f"symbols/{name}.svg"), size, size
    )


@cache
def built_symbols() -> tuple[str, ...]:
    """The names that ``symbol`` knows, in order."""
    names = (path.removeprefix("symbols/").removesuffix(".svg") for path in _manifest() if path.startswith("symbols/"))
    return tuple(sorted(names))


@cache
def _manifest() -> dict[str, str]:
    """Content hashes of the built files (``make install`` writes them)."""
    manifest: dict[str, str] = json.loads((BUILT / "manifest.json").read_text())
    return manifest
