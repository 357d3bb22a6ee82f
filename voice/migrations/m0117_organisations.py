"""Organisations, what people are in each of them, whose things are, and who else may use one.

All that there was so far belongs to the host. SQLite takes no reference in a column that is added with a default.
"""

from __future__ import annotations

HOST = "00000000-0000-4000-8000-000000000001"


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "organisation" (
            "id" UUID PRIMARY KEY,
            "name" VARCHAR(120) NOT NULL,
            "kind" VARCHAR(12) NOT NULL,
            "is_host" BOOLEAN NOT NULL
        )""",
        f"""INSERT INTO "organisation" ("id", "name", "kind", "is_host")
            VALUES ('{HOST}', '', 'council', TRUE)""",  # noqa: S608 - a constant
        f"""ALTER TABLE "member" ADD COLUMN "organisation" UUID NOT NULL DEFAULT '{HOST}'""",
        """CREATE TABLE "membership" (
            "id" UUID PRIMARY KEY,
            "member" UUID NOT NULL REFERENCES "member" ("id"),
            "organisation" UUID NOT NULL REFERENCES "organisation" ("id"),
            "role" VARCHAR(20) NOT NULL
        )""",
        'CREATE UNIQUE INDEX "one_role_in_an_organisation" ON "membership" ("member", "organisation")',
        f"""INSERT INTO "membership" ("id", "member", "organisation", "role")
            SELECT "id", "id", '{HOST}', "role" FROM "member" WHERE "ended_on" IS NULL""",  # noqa: S608 - a constant
        """CREATE TABLE "staff_group" (
            "id" UUID PRIMARY KEY,
            "organisation" UUID NOT NULL REFERENCES "organisation" ("id"),
            "name" VARCHAR(120) NOT NULL
        )""",
        """CREATE TABLE "group_member" (
            "id" UUID PRIMARY KEY,
            "staff_group" UUID NOT NULL REFERENCES "staff_group" ("id"),
            "member" UUID NOT NULL REFERENCES "member" ("id")
        )""",
        'CREATE UNIQUE INDEX "once_in_a_group" ON "group_member" ("staff_group", "member")',
        """CREATE TABLE "belonging" (
            "id" UUID PRIMARY KEY,
            "kind" VARCHAR(12) NOT NULL,
            "key" VARCHAR(80) NOT NULL,
            "organisation" UUID NOT NULL REFERENCES "organisation" ("id")
        )""",
        'CREATE UNIQUE INDEX "belonging_to_one" ON "belonging" ("kind", "key")',
        """CREATE TABLE "access_grant" (
            "id" UUID PRIMARY KEY,
            "kind" VARCHAR(12) NOT NULL,
            "key" VARCHAR(80) NOT NULL,
            "role" VARCHAR(20) NOT NULL,
            "member" UUID REFERENCES "member" ("id"),
            "staff_group" UUID REFERENCES "staff_group" ("id"),
            "given_by" UUID NOT NULL REFERENCES "member" ("id"),
            "given_on" DATE NOT NULL
        )""",
        'CREATE INDEX "access_grant_of_a_thing" ON "access_grant" ("kind", "key")',
    )
