"""How many people stopped at which question, when their saved answers ran out."""

from __future__ import annotations

TABLE = """CREATE TABLE "stopping_point" (
    "id" UUID PRIMARY KEY,
    "round" UUID NOT NULL REFERENCES "survey_round" ("id"),
    "concept" VARCHAR(120) NOT NULL,
    "reached" INTEGER NOT NULL,
    "stopped" INTEGER NOT NULL
)"""
ONCE = 'CREATE UNIQUE INDEX "one_stopping_point_a_question" ON "stopping_point" ("round", "concept")'


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (TABLE, ONCE)
