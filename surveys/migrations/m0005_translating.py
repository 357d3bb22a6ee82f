"""Words that translators changed, words that readers confirmed, and translations of what people said."""

from __future__ import annotations

TABLES = (
    """CREATE TABLE "changed_wording" (
        "id" UUID PRIMARY KEY,
        "language" VARCHAR(10) NOT NULL,
        "message" VARCHAR(16) NOT NULL,
        "source" TEXT NOT NULL,
        "forms" TEXT NOT NULL,
        "changed_by" VARCHAR(120) NOT NULL,
        "changed_on" DATE NOT NULL
    )""",
    'CREATE UNIQUE INDEX "one_change_a_message" ON "changed_wording" ("language", "message")',
    """CREATE TABLE "checked_wording" (
        "id" UUID PRIMARY KEY,
        "language" VARCHAR(10) NOT NULL,
        "message" VARCHAR(16) NOT NULL,
        "text_hash" VARCHAR(16) NOT NULL,
        "checked_by" VARCHAR(120) NOT NULL,
        "checked_on" DATE NOT NULL
    )""",
    'CREATE UNIQUE INDEX "one_check_a_message" ON "checked_wording" ("language", "message")',
    """CREATE TABLE "translated_text" (
        "id" UUID PRIMARY KEY,
        "answer" UUID NOT NULL REFERENCES "answer" ("id"),
        "language" VARCHAR(10) NOT NULL,
        "text" TEXT NOT NULL,
        "made_by" VARCHAR(10) NOT NULL,
        "name" VARCHAR(120) NOT NULL,
        "made_on" DATE NOT NULL
    )""",
    'CREATE UNIQUE INDEX "one_translation_a_language" ON "translated_text" ("answer", "language")',
)


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return TABLES
