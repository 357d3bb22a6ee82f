"""Passkeys of members of staff, and what they have to sign."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "passkey" (
            "id" UUID PRIMARY KEY,
            "member" UUID NOT NULL REFERENCES "member" ("id") ON DELETE CASCADE,
            "name" VARCHAR(60) NOT NULL,
            "credential_id" TEXT NOT NULL,
            "public_key" TEXT NOT NULL,
            "times_used" INTEGER NOT NULL,
            "transports" VARCHAR(100) NOT NULL,
            "copied" BOOLEAN NOT NULL,
            "added_on" DATE NOT NULL,
            "used_on" DATE
        )""",
        'CREATE UNIQUE INDEX "one_passkey_a_credential" ON "passkey" ("credential_id")',
        'CREATE INDEX "passkey_by_member" ON "passkey" ("member")',
        """CREATE TABLE "passkey_challenge" (
            "challenge_hash" VARCHAR(64) PRIMARY KEY,
            "member" UUID REFERENCES "member" ("id") ON DELETE CASCADE,
            "expires_at" TIMESTAMPTZ NOT NULL
        )""",
    )
