"""Links that only a button spends are not the mailed ones alone: a link that an administrator hands over is one too."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        'ALTER TABLE "sign_in_link" ADD COLUMN "by_button" BOOLEAN NOT NULL DEFAULT FALSE',
        'UPDATE "sign_in_link" SET "by_button" = "mailed"',
    )
