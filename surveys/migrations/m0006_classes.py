"""Classes that answer together, and the setting (school, college, club) that their answers came from."""

from __future__ import annotations

CHANGES = (
    """CREATE TABLE "class_session" (
        "id" UUID PRIMARY KEY,
        "round" UUID NOT NULL REFERENCES "survey_round" ("id"),
        "setting" VARCHAR(120) NOT NULL,
        "code_hash" VARCHAR(32) NOT NULL UNIQUE,
        "day" DATE NOT NULL,
        "ended" BOOLEAN NOT NULL,
        "begun" INTEGER NOT NULL,
        "sent" INTEGER NOT NULL,
        "started_by" UUID NOT NULL
    )""",
    """ALTER TABLE "draft" ADD COLUMN "class_session" UUID""",
    """ALTER TABLE "submission" ADD COLUMN "setting" VARCHAR(120)""",
)


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return CHANGES
