"""The evidence bank's voices, and worries that somebody should look into."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "voice" (
            "id" UUID PRIMARY KEY,
            "source" VARCHAR(12) NOT NULL,
            "origin" UUID NOT NULL,
            "person" UUID,
            "concept" VARCHAR(120) NOT NULL,
            "asked" TEXT NOT NULL,
            "text" TEXT,
            "language" VARCHAR(10) NOT NULL,
            "form" VARCHAR(12) NOT NULL,
            "file" UUID,
            "respondent_kind" VARCHAR(20) NOT NULL,
            "said_by" VARCHAR(20) NOT NULL,
            "term" VARCHAR(11) NOT NULL,
            "said_on" VARCHAR(10) NOT NULL,
            "age_band" VARCHAR(20) NOT NULL,
            "need" VARCHAR(40) NOT NULL,
            "setting" VARCHAR(120) NOT NULL,
            "heard_by" VARCHAR(120) NOT NULL,
            "permitted" VARCHAR(12) NOT NULL,
            "expires_on" DATE
        )""",
        'CREATE INDEX "voice_by_origin" ON "voice" ("origin")',
        'CREATE INDEX "voice_by_term" ON "voice" ("term")',
        'CREATE INDEX "voice_by_concept" ON "voice" ("concept")',
        """CREATE TABLE "worry" (
            "id" UUID PRIMARY KEY,
            "source" VARCHAR(12) NOT NULL,
            "place" VARCHAR(200) NOT NULL,
            "sealed" TEXT NOT NULL,
            "raised_on" DATE NOT NULL,
            "looked_at_on" DATE,
            "looked_at_by" UUID
        )""",
    )
