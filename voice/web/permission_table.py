"""Who may open and change what, route by route: from the routes that are served and the rules that the guard asks."""

from __future__ import annotations

from collections.abc import Iterator

from litestar import Litestar
from litestar.routes import HTTPRoute

from voice.people.permissions import RULES, Reach
from voice.people.roles import ALLOWED, Audience, Role
from voice.web import things

COLUMNS = ("method", "path", "for", "about", *(role.value for role in Role))
NOTHING, YES = "-", "yes"
WITHOUT_SIGNING_IN = {
    Audience.ANYONE: "anybody",
    Audience.RESPONDENT: "whoever holds the link",
    Audience.PROGRAM: "a program with a token",
}


def permission_table(app: Litestar) -> Iterator[tuple[str, ...]]:
    """A row for each route, with ``COLUMNS``."""
    for route in app.routes:
        assert isinstance(route, HTTPRoute)
        for handler in route.route_handlers:
            for method in handler.http_methods - {"OPTIONS", "HEAD"}:
                yield _row(str(method), route.path, handler.opt["audience"])


def _row(method: str, path: str, audience: Audience) -> tuple[str, ...]:
    if audience not in ALLOWED:
        return (method, path, WITHOUT_SIGNING_IN[audience], "", *(YES for _ in Role))
    about = things.about(path)
    cells = (_reach(method, path, audience, role) if role in ALLOWED[audience] else NOTHING for role in Role)
    return (method, path, audience.value, about.kind.value if about else "", *cells)


def _reach(method: str, path: str, audience: Audience, role: Role) -> str:
    about = things.about(path)
    if about is None:
        return Reach.MINE.value if things.is_mine(path) else YES
    rule = RULES[about.kind]
    reach = rule.change if things.changes(method, audience) else rule.look
    return f"{reach.value}, host: all" if reach is Reach.OWN and role in rule.host_too else reach.value
