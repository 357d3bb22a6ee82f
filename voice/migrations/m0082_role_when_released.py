"""A summary keeps the role that whoever released it had at that time: people change their role later.

Of what was released before, nobody wrote it down: it gets the role of today.
"""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        'ALTER TABLE "theme_summary" ADD COLUMN "role" VARCHAR(20) NOT NULL DEFAULT \'\'',
        'UPDATE "theme_summary" SET "role" = (SELECT m."role" FROM "member" AS m WHERE m."id" = "released_by") '
        'WHERE "number" > 0',
    )
