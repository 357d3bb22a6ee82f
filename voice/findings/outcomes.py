"""Measures under the outcomes and I statements that their questions stand for. Inside a unit of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from surveys.bank.headings import FRAMEWORK
from surveys.tables import BankConcept


class Filed(msgspec.Struct, frozen=True):
    """Headings and I statements with the concepts under each, in the order in which they are shown."""

    headings: Mapping[str, Sequence[str]]
    statements: Mapping[str, Sequence[str]]


class _Details(msgspec.Struct, frozen=True):
    headings: tuple[str, ...] = ()
    i_statements: tuple[str, ...] = ()


async def filed() -> Filed:
    """Where the questions of the bank stand: the headings of the self-evaluation first, then others by their words."""
    headings: dict[str, list[str]] = {heading: [] for heading in FRAMEWORK}
    statements: dict[str, list[str]] = {}
    rows = await BankConcept.raw('SELECT "code", "details" FROM "concept" ORDER BY "code"')
    for row in rows:
        details = msgspec.json.decode(row["details"], type=_Details)
        for heading in details.headings:
            headings.setdefault(heading, []).append(row["code"])
        for statement in details.i_statements:
            statements.setdefault(statement, []).append(row["code"])
    known = [*FRAMEWORK, *sorted(set(headings) - set(FRAMEWORK))]
    return Filed({each: headings[each] for each in known}, dict(sorted(statements.items())))
