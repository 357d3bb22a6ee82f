"""Indexes that tell without reading the answers whether a round has changed, and find answers in people's own words."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        'DROP INDEX "submission_by_round"',
        'CREATE INDEX "submission_by_round" ON "submission" ("round", "digest")',
        'CREATE INDEX "answer_in_words" ON "answer" ("id", "submission") '
        'WHERE "text" IS NOT NULL OR "file" IS NOT NULL',
    )
