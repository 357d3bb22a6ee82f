"""Summaries of themes are released one after the other: each has its number, and a draft has 0."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        'ALTER TABLE "theme_summary" ADD COLUMN "number" INTEGER NOT NULL DEFAULT 0',
        'CREATE UNIQUE INDEX "one_release_a_number" ON "theme_summary" ("term", "theme_id", "number")',
    )
