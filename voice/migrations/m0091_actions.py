"""Actions: what was heard and decided, what was added since, and which reminders went out."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "action" (
            "id" UUID PRIMARY KEY,
            "origin" VARCHAR(12) NOT NULL,
            "origin_key" VARCHAR(400) NOT NULL,
            "origin_name" VARCHAR(300) NOT NULL,
            "term" VARCHAR(11) NOT NULL,
            "heard" TEXT NOT NULL,
            "figures" TEXT NOT NULL,
            "first_said" VARCHAR(10) NOT NULL,
            "decided" TEXT NOT NULL,
            "cannot" TEXT NOT NULL,
            "owner" UUID REFERENCES "member" ("id"),
            "partner" VARCHAR(200) NOT NULL,
            "due_on" DATE,
            "state" VARCHAR(10) NOT NULL,
            "settled_on" DATE,
            "made_on" DATE NOT NULL,
            "made_by" UUID NOT NULL REFERENCES "member" ("id")
        )""",
        'CREATE INDEX "action_by_state" ON "action" ("state", "due_on")',
        """CREATE TABLE "action_about" (
            "id" UUID PRIMARY KEY,
            "action" UUID NOT NULL REFERENCES "action" ("id"),
            "kind" VARCHAR(10) NOT NULL,
            "key" VARCHAR(200) NOT NULL
        )""",
        'CREATE UNIQUE INDEX "action_about_once" ON "action_about" ("kind", "key", "action")',
        'CREATE INDEX "action_about_by_action" ON "action_about" ("action")',
        """CREATE TABLE "action_update" (
            "id" UUID PRIMARY KEY,
            "action" UUID NOT NULL REFERENCES "action" ("id"),
            "number" INTEGER NOT NULL,
            "written_on" DATE NOT NULL,
            "written_by" UUID NOT NULL REFERENCES "member" ("id"),
            "since" TEXT NOT NULL,
            "still" TEXT NOT NULL,
            "evidence" TEXT NOT NULL,
            "evidence_link" VARCHAR(400) NOT NULL,
            "measured" TEXT NOT NULL,
            "state" VARCHAR(10) NOT NULL,
            "due_on" DATE,
            "owner" UUID REFERENCES "member" ("id"),
            "partner" VARCHAR(200) NOT NULL
        )""",
        'CREATE UNIQUE INDEX "action_update_once" ON "action_update" ("action", "number")',
        """CREATE TABLE "action_former_words" (
            "id" UUID PRIMARY KEY,
            "of" UUID NOT NULL,
            "field" VARCHAR(10) NOT NULL,
            "language" VARCHAR(10) NOT NULL,
            "words" TEXT NOT NULL,
            "replaced_on" DATE NOT NULL,
            "replaced_by" UUID NOT NULL REFERENCES "member" ("id")
        )""",
        'CREATE INDEX "action_former_words_by_of" ON "action_former_words" ("of")',
        """CREATE TABLE "action_reminder" (
            "id" UUID PRIMARY KEY,
            "action" UUID NOT NULL REFERENCES "action" ("id"),
            "member" UUID NOT NULL REFERENCES "member" ("id"),
            "kind" VARCHAR(8) NOT NULL,
            "due_on" DATE NOT NULL,
            "turn" INTEGER NOT NULL,
            "taken_on" DATE NOT NULL,
            "sent_on" DATE
        )""",
        'CREATE UNIQUE INDEX "action_reminder_once" ON "action_reminder" '
        '("action", "member", "kind", "due_on", "turn")',
    )
