"""Posted forms as plain text fields."""

from __future__ import annotations

from typing import Any

from litestar import Request


async def fields(request: Request[Any, Any, Any]) -> dict[str, str]:
    """The text fields of a posted form, without NUL, which PostgreSQL cannot hold; the first value where a name comes
    twice."""
    form = await request.form()
    return {
        name: value.replace("\x00", "") for name, value in reversed(list(form.multi_items())) if isinstance(value, str)
    }


def came_by_script(request: Request[Any, Any, Any]) -> bool:
    """Whether ``static/src/scripts/keep.js`` posted this, which goes to the next page by itself."""
    return request.headers.get("x-golden-thread") == "keep"
