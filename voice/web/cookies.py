"""Every cookie that we set: what it is called, and what a browser may do with it.

Over HTTPS each has the prefix by which browsers keep other sites, and pages of our own that came without HTTPS, from
setting it: ``__Host-`` where it goes with every request, ``__Secure-`` where it belongs to one place. Only that name
is read then, so that a cookie which somebody slipped in under the plain name counts for nothing.
"""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

from voice.web.parts import parts_of

SESSION, CSRF, LANGUAGE, DISPLAY = "session", "csrf", "language", "display"
INVITATION, SHARED_TABLET, TRANSLATOR = "invitation", "shared_tablet", "translator"

IN_ONE_PLACE = frozenset({INVITATION, SHARED_TABLET, TRANSLATOR})
"""They are sent with some addresses only: less is told where it is not needed."""


def full_name(name: str, *, secure: bool) -> str:
    """``name`` as it stands in the browser; ``secure`` is whether people reach the product over HTTPS."""
    if not secure:
        return name
    return f"__Secure-{name}" if name in IN_ONE_PLACE else f"__Host-{name}"


def cookie(name: str, value: str, *, seconds: int, secure: bool, path: str = "/", for_scripts: bool = False) -> Cookie:
    """A cookie to be set; for 0 seconds, to be thrown away. A browser forgets it then by itself."""
    return Cookie(
        key=full_name(name, secure=secure),
        value=value,
        max_age=seconds,
        path=path,
        secure=secure,
        httponly=not for_scripts,
        samesite="lax",
    )


def kept(connection: ASGIConnection[Any, Any, Any, Any], name: str) -> str:
    """What the browser keeps under ``name``, or nothing."""
    return str(connection.cookies.get(full_name(name, secure=parts_of(connection).settings.secure), ""))
