"""Targets of measures, one after the other: the last one counts."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "measure_target" (
            "place" INTEGER PRIMARY KEY,
            "concept" VARCHAR(120) NOT NULL,
            "who" VARCHAR(20) NOT NULL,
            "percent" INTEGER NOT NULL,
            "set_by" UUID NOT NULL REFERENCES "member" ("id"),
            "set_on" DATE NOT NULL
        )""",
    )
