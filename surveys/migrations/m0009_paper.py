"""Stacks of paper forms that are being typed in, and the forms that were typed once and wait for the second time."""

from __future__ import annotations

TABLES = (
    """CREATE TABLE "paper_stack" (
        "id" UUID PRIMARY KEY,
        "round" UUID NOT NULL REFERENCES "survey_round" ("id"),
        "started_on" DATE NOT NULL,
        "typed_twice" BOOLEAN NOT NULL,
        "sheets" INTEGER NOT NULL,
        "taken_in" INTEGER NOT NULL,
        "not_readable" INTEGER NOT NULL
    )""",
    """CREATE TABLE "paper_sheet" (
        "id" UUID PRIMARY KEY,
        "stack" UUID NOT NULL REFERENCES "paper_stack" ("id"),
        "number" INTEGER NOT NULL,
        "first" TEXT NOT NULL,
        "first_by" UUID NOT NULL,
        "second" TEXT
    )""",
    'CREATE UNIQUE INDEX "one_number_a_sheet" ON "paper_sheet" ("stack", "number")',
)


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return TABLES
