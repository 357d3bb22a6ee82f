"""Accounts of a sign-in service that belong to members of staff, and those who are on their way there and back."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "outside_account" (
            "id" UUID PRIMARY KEY,
            "member" UUID NOT NULL REFERENCES "member" ("id") ON DELETE CASCADE,
            "issuer" VARCHAR(500) NOT NULL,
            "subject" VARCHAR(255) NOT NULL,
            "since" DATE NOT NULL
        )""",
        'CREATE UNIQUE INDEX "one_member_an_outside_account" ON "outside_account" ("issuer", "subject")',
        'CREATE UNIQUE INDEX "one_outside_account_a_member" ON "outside_account" ("member", "issuer")',
        """CREATE TABLE "sign_in_attempt" (
            "state_hash" VARCHAR(64) PRIMARY KEY,
            "expires_at" TIMESTAMPTZ NOT NULL
        )""",
    )
