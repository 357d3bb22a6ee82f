"""When somebody's access ended. They stay known by what they decided."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return ('ALTER TABLE "member" ADD COLUMN "ended_on" DATE',)
