"""Sessions that end when nobody uses them, and links that only a button spends.

Sessions from before know nothing of their last use: nobody has used them for too long, and they end.
"""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        'ALTER TABLE "sign_in_session" ADD COLUMN "began_at" TIMESTAMPTZ',
        'ALTER TABLE "sign_in_session" ADD COLUMN "seen_at" TIMESTAMPTZ',
        'ALTER TABLE "sign_in_session" ADD COLUMN "proven_at" TIMESTAMPTZ',
        'ALTER TABLE "sign_in_session" ADD COLUMN "stage" VARCHAR(10) NOT NULL DEFAULT \'half\'',
        'ALTER TABLE "sign_in_session" ADD COLUMN "renew" BOOLEAN NOT NULL DEFAULT FALSE',
        'ALTER TABLE "sign_in_session" ADD COLUMN "tries" INTEGER NOT NULL DEFAULT 0',
        'ALTER TABLE "sign_in_link" ADD COLUMN "mailed" BOOLEAN NOT NULL DEFAULT FALSE',
    )
