"""Words of a draft whose English was changed after they were written, until somebody has looked at them."""

from __future__ import annotations

CHANGES = ("""ALTER TABLE "survey_draft" ADD COLUMN "stale" TEXT NOT NULL DEFAULT '[]'""",)


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return CHANGES
