"""The drop box: contributions, the parts they are split into, and who may send e-mail to it."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "contribution" (
            "id" UUID PRIMARY KEY,
            "source" VARCHAR(12) NOT NULL,
            "way" VARCHAR(12) NOT NULL,
            "stage" VARCHAR(12) NOT NULL,
            "partner" VARCHAR(120) NOT NULL,
            "partner_kind" VARCHAR(20) NOT NULL,
            "heard_on" VARCHAR(10) NOT NULL,
            "respondent_kind" VARCHAR(20) NOT NULL,
            "said_by" VARCHAR(20) NOT NULL,
            "language" VARCHAR(10) NOT NULL,
            "age_band" VARCHAR(20) NOT NULL,
            "setting" VARCHAR(120) NOT NULL,
            "permitted" VARCHAR(12) NOT NULL,
            "expires_on" DATE,
            "pieces" TEXT NOT NULL,
            "left_out" TEXT NOT NULL,
            "splitting" VARCHAR(12) NOT NULL,
            "came_on" VARCHAR(10) NOT NULL,
            "digest" VARCHAR(64) NOT NULL,
            "added_by" UUID,
            "decided_by" UUID,
            "decided_on" DATE
        )""",
        'CREATE INDEX "contribution_by_stage" ON "contribution" ("stage")',
        'CREATE INDEX "contribution_by_digest" ON "contribution" ("digest")',
        """CREATE TABLE "contribution_part" (
            "id" UUID PRIMARY KEY,
            "contribution" UUID NOT NULL REFERENCES "contribution" ("id"),
            "place" INTEGER NOT NULL,
            "text" TEXT,
            "alike" UUID,
            "likeness" REAL NOT NULL,
            "fate" VARCHAR(12) NOT NULL
        )""",
        'CREATE INDEX "contribution_part_by_contribution" ON "contribution_part" ("contribution")',
        """CREATE TABLE "drop_box_sender" (
            "id" UUID PRIMARY KEY,
            "address" VARCHAR(200) NOT NULL UNIQUE,
            "partner" VARCHAR(120) NOT NULL,
            "partner_kind" VARCHAR(20) NOT NULL
        )""",
    )
