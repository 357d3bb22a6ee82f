"""Answers that say several things or are a file, how they came in, and whose words they are."""

from __future__ import annotations

CHANGES = (
    """ALTER TABLE "draft" ADD COLUMN "mode" VARCHAR(20) NOT NULL DEFAULT 'own_device'""",
    """UPDATE "draft" SET "mode" = 'shared_device' WHERE "shared_device" = TRUE""",
    """ALTER TABLE "draft" ADD COLUMN "said_by" VARCHAR(20) NOT NULL DEFAULT 'own_words'""",
    """ALTER TABLE "submission" ADD COLUMN "said_by" VARCHAR(20) NOT NULL DEFAULT 'own_words'""",
    """ALTER TABLE "answer" ADD COLUMN "file" UUID""",
    """CREATE TABLE "answer_part" (
        "id" UUID PRIMARY KEY,
        "answer" UUID NOT NULL REFERENCES "answer" ("id"),
        "place" INTEGER NOT NULL,
        "item" VARCHAR(80) NOT NULL,
        "value" VARCHAR(80)
    )""",
    """CREATE INDEX "answer_part_by_answer" ON "answer_part" ("answer")""",
    """CREATE TABLE "stored_file" (
        "id" UUID PRIMARY KEY,
        "media_type" VARCHAR(60) NOT NULL,
        "bytes" INTEGER NOT NULL,
        "seconds" INTEGER
    )""",
)


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return CHANGES
