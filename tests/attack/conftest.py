"""Attacks: small in ``make test``, at full size with ``make attack``, which prints what each of them came to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.attack.sizes import FULL

Tell = Callable[[str, str], None]


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Notes what an attack came to, for the table: the goal, and what was seen."""

    def noted(goal: str, seen: str) -> None:
        record_property("attack", (goal, seen))

    return noted


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The table, with what did not hold."""
    if not FULL:
        return
    rows = []
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, ()):
            told = [value for name, value in report.user_properties if name == "attack"]
            rows += [(goal, seen, "held" if outcome == "passed" else "FELL") for goal, seen in told]
            if outcome == "failed" and not told:
                rows.append((report.nodeid, "ended before it could tell", "FELL"))
    terminalreporter.section("what was attacked")
    width = max((len(goal) for goal, _, _ in rows), default=0)
    for goal, seen, held in sorted(rows):
        terminalreporter.line(f"{held}  {goal.ljust(width)}  {seen}")
