"""What anybody said can be put into another language, not only what somebody answered to a survey."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "translated_voice" (
            "id" UUID PRIMARY KEY,
            "answer" UUID NOT NULL,
            "language" VARCHAR(10) NOT NULL,
            "text" TEXT NOT NULL,
            "made_by" VARCHAR(10) NOT NULL,
            "name" VARCHAR(120) NOT NULL,
            "made_on" DATE NOT NULL
        )""",
        """INSERT INTO "translated_voice" ("id", "answer", "language", "text", "made_by", "name", "made_on")
            SELECT "id", "answer", "language", "text", "made_by", "name", "made_on" FROM "translated_text" """,
        'DROP TABLE "translated_text"',
        'ALTER TABLE "translated_voice" RENAME TO "translated_text"',
        'CREATE UNIQUE INDEX "one_translation_a_language" ON "translated_text" ("answer", "language")',
    )
