"""Texts that many people sent nearly word for word: which belong together, and what was decided about them at once."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "voice_campaign" (
            "voice" UUID PRIMARY KEY,
            "first" UUID NOT NULL,
            "apart" BOOLEAN NOT NULL
        )""",
        'CREATE INDEX "voice_campaign_by_first" ON "voice_campaign" ("first")',
        """CREATE TABLE "campaign_search" (
            "term" VARCHAR(11) PRIMARY KEY,
            "voices" INTEGER NOT NULL
        )""",
        'ALTER TABLE "theme_decision" ADD COLUMN "act" UUID',
        'CREATE INDEX "theme_decision_by_act" ON "theme_decision" ("act")',
    )
