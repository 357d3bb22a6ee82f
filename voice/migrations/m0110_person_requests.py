"""What people asked for about what we keep of them: a copy, or that it goes."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "person_request" (
            "id" UUID PRIMARY KEY,
            "number" INTEGER NOT NULL UNIQUE,
            "kind" VARCHAR(10) NOT NULL,
            "state" VARCHAR(10) NOT NULL,
            "asked_on" DATE NOT NULL,
            "due_on" DATE NOT NULL,
            "sealed" TEXT NOT NULL,
            "report" TEXT NOT NULL,
            "because" TEXT NOT NULL,
            "taken_by" UUID NOT NULL REFERENCES "member" ("id"),
            "closed_by" UUID REFERENCES "member" ("id"),
            "closed_on" DATE
        )""",
    )
