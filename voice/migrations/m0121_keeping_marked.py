"""How long the record of who did what is kept is agreed under a mark, like all else in it.

Whoever can add a row could have had the server delete the record. What was agreed before has no mark, counts for
nothing, and is agreed anew.
"""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return ("""ALTER TABLE "audit_keeping" ADD COLUMN "mark" VARCHAR(64) NOT NULL DEFAULT ''""",)
