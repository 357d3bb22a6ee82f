"""Other programs: their tokens, the webhooks they asked for, and what they are still to be told."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "api_token" (
            "id" UUID PRIMARY KEY,
            "name" VARCHAR(120) NOT NULL,
            "token_hash" VARCHAR(64) NOT NULL UNIQUE,
            "scopes" VARCHAR(200) NOT NULL,
            "expires_on" DATE NOT NULL,
            "last_used_on" DATE,
            "made_by" UUID NOT NULL REFERENCES "member" ("id")
        )""",
        """CREATE TABLE "webhook" (
            "id" UUID PRIMARY KEY,
            "url" VARCHAR(500) NOT NULL,
            "secret" VARCHAR(80) NOT NULL,
            "made_on" DATE NOT NULL,
            "made_by" UUID NOT NULL REFERENCES "member" ("id")
        )""",
        """CREATE TABLE "webhook_message" (
            "id" UUID PRIMARY KEY,
            "webhook" UUID NOT NULL REFERENCES "webhook" ("id") ON DELETE CASCADE,
            "event" VARCHAR(40) NOT NULL,
            "body" TEXT NOT NULL,
            "tries" INTEGER NOT NULL,
            "next_try_at" TIMESTAMPTZ NOT NULL,
            "outcome" VARCHAR(20) NOT NULL
        )""",
        'CREATE INDEX "webhook_message_by_outcome" ON "webhook_message" ("outcome", "next_try_at")',
        """CREATE TABLE "webhook_told" (
            "about" VARCHAR(120) PRIMARY KEY,
            "told" INTEGER NOT NULL
        )""",
    )
