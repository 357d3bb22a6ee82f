"""Private spaces for my views, and the counts of "Was I heard?"."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "view_letter" (
            "id" UUID PRIMARY KEY,
            "code_hash" VARCHAR(32) NOT NULL UNIQUE,
            "term" VARCHAR(11) NOT NULL,
            "expires_on" DATE NOT NULL
        )""",
        """CREATE TABLE "view_letter_count" (
            "term" VARCHAR(11) PRIMARY KEY,
            "made" INTEGER NOT NULL,
            "opened" INTEGER NOT NULL
        )""",
        """CREATE TABLE "view_space" (
            "id" UUID PRIMARY KEY,
            "used_in" VARCHAR(7) NOT NULL
        )""",
        """CREATE TABLE "view_key" (
            "id" UUID PRIMARY KEY,
            "space" UUID NOT NULL REFERENCES "view_space" ("id"),
            "link_hash" VARCHAR(32) NOT NULL UNIQUE,
            "code_hash" VARCHAR(32) NOT NULL UNIQUE,
            "held" TEXT NOT NULL,
            "link" TEXT NOT NULL,
            "told" TEXT NOT NULL
        )""",
        'CREATE INDEX "view_key_by_space" ON "view_key" ("space")',
        """CREATE TABLE "view" (
            "id" UUID PRIMARY KEY,
            "space" UUID NOT NULL REFERENCES "view_space" ("id"),
            "place" INTEGER NOT NULL,
            "ring" VARCHAR(36) NOT NULL,
            "sealed" TEXT NOT NULL
        )""",
        'CREATE INDEX "view_by_space" ON "view" ("space")',
        """CREATE TABLE "view_file" (
            "id" UUID PRIMARY KEY,
            "space" UUID NOT NULL REFERENCES "view_space" ("id"),
            "view" UUID NOT NULL,
            "ring" VARCHAR(36) NOT NULL,
            "sealed" TEXT NOT NULL
        )""",
        'CREATE INDEX "view_file_by_view" ON "view_file" ("view")',
        """CREATE TABLE "heard_count" (
            "id" UUID PRIMARY KEY,
            "term" VARCHAR(11) NOT NULL,
            "who" VARCHAR(20) NOT NULL,
            "test" VARCHAR(12) NOT NULL,
            "answer" VARCHAR(12) NOT NULL,
            "people" INTEGER NOT NULL
        )""",
        'CREATE UNIQUE INDEX "heard_count_once" ON "heard_count" ("term", "who", "test", "answer")',
    )
