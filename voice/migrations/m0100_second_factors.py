"""Second factors, devices that somebody signed in on, and how often somebody tried in vain."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "second_factor" (
            "member" UUID PRIMARY KEY REFERENCES "member" ("id") ON DELETE CASCADE,
            "sealed" TEXT NOT NULL,
            "last_step" INTEGER NOT NULL,
            "since" DATE NOT NULL
        )""",
        """CREATE TABLE "recovery_code" (
            "code_hash" VARCHAR(64) PRIMARY KEY,
            "member" UUID NOT NULL REFERENCES "member" ("id") ON DELETE CASCADE
        )""",
        """CREATE TABLE "known_device" (
            "id" UUID PRIMARY KEY,
            "device_hash" VARCHAR(64) NOT NULL,
            "member" UUID NOT NULL REFERENCES "member" ("id") ON DELETE CASCADE,
            "known_until" DATE NOT NULL
        )""",
        'CREATE UNIQUE INDEX "one_known_device" ON "known_device" ("device_hash", "member")',
        """CREATE TABLE "sign_in_try" (
            "key" VARCHAR(64) PRIMARY KEY,
            "times" INTEGER NOT NULL,
            "next_at" TIMESTAMPTZ NOT NULL,
            "last_on" DATE NOT NULL
        )""",
    )
