"""Sessions: plans, cards, votes, counts of who came, and reports."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "session" (
            "id" UUID PRIMARY KEY,
            "forum" VARCHAR(120) NOT NULL,
            "title" VARCHAR(200) NOT NULL,
            "kind" VARCHAR(20) NOT NULL,
            "purpose" TEXT NOT NULL,
            "invited" TEXT NOT NULL,
            "what_happens_next" TEXT NOT NULL,
            "asked_anyway" TEXT NOT NULL,
            "respondent_kind" VARCHAR(20) NOT NULL,
            "setting" VARCHAR(120) NOT NULL,
            "heard_by" VARCHAR(120) NOT NULL,
            "language" VARCHAR(10) NOT NULL,
            "held_on" DATE NOT NULL,
            "pictures_agreed" BOOLEAN NOT NULL,
            "consent_asked" TEXT NOT NULL,
            "named" BOOLEAN NOT NULL,
            "thanks_wanted" BOOLEAN NOT NULL,
            "agenda" TEXT NOT NULL,
            "running" TEXT NOT NULL,
            "stage" VARCHAR(12) NOT NULL,
            "revision" INTEGER NOT NULL,
            "code_hash" VARCHAR(32) NOT NULL UNIQUE,
            "planned_by" UUID NOT NULL
        )""",
        """CREATE TABLE "session_tablet" (
            "id" UUID PRIMARY KEY,
            "session" UUID NOT NULL REFERENCES "session" ("id"),
            "key_hash" VARCHAR(32) NOT NULL,
            "name" VARCHAR(40) NOT NULL,
            "said_by" VARCHAR(20) NOT NULL,
            "handed_on" BOOLEAN NOT NULL
        )""",
        """CREATE TABLE "session_card" (
            "id" UUID PRIMARY KEY,
            "session" UUID NOT NULL REFERENCES "session" ("id"),
            "activity" VARCHAR(40) NOT NULL,
            "board_column" VARCHAR(40) NOT NULL,
            "text" TEXT,
            "picture" VARCHAR(40) NOT NULL,
            "file" UUID,
            "language" VARCHAR(10) NOT NULL,
            "said_by" VARCHAR(20) NOT NULL,
            "tablet" UUID,
            "cluster" VARCHAR(120) NOT NULL,
            "place" INTEGER NOT NULL,
            "revealed" BOOLEAN NOT NULL,
            "taken_back" BOOLEAN NOT NULL,
            "form" VARCHAR(12) NOT NULL,
            "media_type" VARCHAR(40) NOT NULL
        )""",
        'CREATE INDEX "session_card_by_session" ON "session_card" ("session", "activity")',
        """CREATE TABLE "session_vote" (
            "id" UUID PRIMARY KEY,
            "session" UUID NOT NULL REFERENCES "session" ("id"),
            "activity" VARCHAR(40) NOT NULL,
            "option" VARCHAR(80) NOT NULL,
            "tablet" UUID NOT NULL,
            "place" INTEGER NOT NULL
        )""",
        'CREATE INDEX "session_vote_by_session" ON "session_vote" ("session", "activity")',
        """CREATE TABLE "session_attendance" (
            "id" UUID PRIMARY KEY,
            "session" UUID NOT NULL REFERENCES "session" ("id"),
            "age_band" VARCHAR(20) NOT NULL,
            "who" VARCHAR(40) NOT NULL,
            "people" INTEGER NOT NULL
        )""",
        """CREATE TABLE "session_thanks" (
            "id" UUID PRIMARY KEY,
            "session" UUID NOT NULL REFERENCES "session" ("id"),
            "sealed" TEXT NOT NULL
        )""",
        """CREATE TABLE "session_report" (
            "session" UUID PRIMARY KEY REFERENCES "session" ("id"),
            "corrected" TEXT NOT NULL,
            "approved_on" DATE,
            "approved_by" VARCHAR(120) NOT NULL
        )""",
    )
