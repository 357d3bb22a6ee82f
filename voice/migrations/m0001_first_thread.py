"""The partnership, its staff, and what is known about voices."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same in both
    return (
        """CREATE TABLE "partnership" (
            "id" UUID PRIMARY KEY,
            "name" VARCHAR(120) NOT NULL,
            "help_phone" VARCHAR(40) NOT NULL,
            "help_email" VARCHAR(200) NOT NULL,
            "local_offer" VARCHAR(200) NOT NULL,
            "invented" BOOLEAN NOT NULL
        )""",
        """CREATE TABLE "member" (
            "id" UUID PRIMARY KEY,
            "email" VARCHAR(200) NOT NULL UNIQUE,
            "role" VARCHAR(20) NOT NULL,
            "language" VARCHAR(10) NOT NULL,
            "password_hash" TEXT
        )""",
        """CREATE TABLE "sign_in_link" (
            "token_hash" VARCHAR(64) PRIMARY KEY,
            "member" UUID NOT NULL REFERENCES "member" ("id") ON DELETE CASCADE,
            "expires_at" TIMESTAMPTZ NOT NULL
        )""",
        """CREATE TABLE "sign_in_session" (
            "token_hash" VARCHAR(64) PRIMARY KEY,
            "member" UUID NOT NULL REFERENCES "member" ("id") ON DELETE CASCADE,
            "expires_at" TIMESTAMPTZ NOT NULL
        )""",
        """CREATE TABLE "suggestion" (
            "voice" UUID PRIMARY KEY,
            "engine" VARCHAR(40) NOT NULL,
            "themes" TEXT NOT NULL,
            "why" TEXT NOT NULL,
            "outcome" VARCHAR(20) NOT NULL,
            "sentiment" VARCHAR(20) NOT NULL,
            "sentiment_score" REAL
        )""",
        """CREATE TABLE "quote_decision" (
            "voice" UUID PRIMARY KEY,
            "decision" VARCHAR(10) NOT NULL,
            "shown" TEXT NOT NULL,
            "decided_by" UUID NOT NULL REFERENCES "member" ("id"),
            "decided_on" DATE NOT NULL
        )""",
    )
