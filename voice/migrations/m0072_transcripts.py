"""What a recording says, in writing."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "transcript" (
            "voice" UUID PRIMARY KEY,
            "text" TEXT NOT NULL,
            "language" VARCHAR(10) NOT NULL,
            "made_by" VARCHAR(10) NOT NULL,
            "engine" VARCHAR(80) NOT NULL,
            "made_on" DATE NOT NULL,
            "accepted_by" UUID REFERENCES "member" ("id"),
            "accepted_on" DATE,
            "beside" TEXT
        )""",
    )
