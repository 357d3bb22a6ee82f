"""What happened since with what groups asked for in their sessions."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "session_ask" (
            "line" UUID PRIMARY KEY,
            "session" UUID NOT NULL REFERENCES "session" ("id"),
            "happened" TEXT NOT NULL,
            "written_on" DATE NOT NULL
        )""",
        'CREATE INDEX "session_by_forum" ON "session" ("forum")',
    )
