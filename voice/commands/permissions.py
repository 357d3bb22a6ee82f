"""``voice permissions``: who may open and change what, route by route, as the guard asks it."""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from litestar.routes import HTTPRoute

from voice.commands.problems import CommandProblem
from voice.people.permissions import RULES, Reach
from voice.people.roles import ALLOWED, Audience, Role
from voice.settings import Settings
from voice.web import things

COLUMNS = ("method", "path", "for", "about", *(role.value for role in Role))
NOTHING, YES = "-", "yes"
WITHOUT_SIGNING_IN = {
    Audience.ANYONE: "anybody",
    Audience.RESPONDENT: "whoever holds the link",
    Audience.PROGRAM: "a program with a token",
}


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "permissions",
        help="print who may open and change what, route by route",
        description="For each role: - nothing; yes; mine: what the person made; own: what belongs to their "
        "organisation, or was shared with them; all: whichever partner made it.",
    )
    parser.add_argument("--out", type=Path, metavar="FILE.csv", help="write the table as CSV")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    rows = sorted(permissions())
    if arguments.out is None:
        widths = [max(len(row[place]) for row in (COLUMNS, *rows)) for place in range(len(COLUMNS))]
        for row in (COLUMNS, *rows):
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        return 0
    try:
        with arguments.out.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows((COLUMNS, *rows))
    except OSError as problem:
        raise CommandProblem(f"{arguments.out} cannot be written ({problem.strerror}).") from problem
    print(f"{len(rows)} routes in {arguments.out}", file=sys.stderr)
    return 0


def permissions() -> Iterator[tuple[str, ...]]:
    """A row for each route, with ``COLUMNS``: from the routes that are served, and the rules that the guard asks."""
    from voice.app import create_app

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder)))
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
