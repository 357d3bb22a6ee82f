"""The contact ledger, the rules of asking less, and invitations."""

from __future__ import annotations

TABLES = (
    """CREATE TABLE "ask" (
    "id" UUID PRIMARY KEY,
    "family" VARCHAR(40) NOT NULL,
    "person" VARCHAR(40) NOT NULL,
    "survey" VARCHAR(120) NOT NULL,
    "partner" VARCHAR(120) NOT NULL,
    "kind" VARCHAR(12) NOT NULL,
    "way" VARCHAR(12) NOT NULL,
    "audience" VARCHAR(20) NOT NULL,
    "language" VARCHAR(10) NOT NULL,
    "asked_at" TIMESTAMPTZ NOT NULL,
    "asked_on" DATE NOT NULL,
    "outcome" VARCHAR(12) NOT NULL,
    "minutes" INTEGER,
    "send" UUID,
    "upload" UUID
)""",
    """CREATE TABLE "ledger_upload" (
    "id" UUID PRIMARY KEY,
    "partner" VARCHAR(120) NOT NULL,
    "uploaded_by" UUID NOT NULL,
    "uploaded_on" DATE NOT NULL,
    "rows" INTEGER NOT NULL,
    "added" INTEGER NOT NULL,
    "known_already" INTEGER NOT NULL,
    "left_out" TEXT NOT NULL
)""",
    """CREATE TABLE "contact_person" (
    "person" VARCHAR(40) PRIMARY KEY,
    "family" VARCHAR(40) NOT NULL,
    "link_hash" VARCHAR(64) NOT NULL UNIQUE,
    "pace" VARCHAR(10) NOT NULL,
    "way" VARCHAR(12) NOT NULL,
    "language" VARCHAR(10) NOT NULL,
    "not_before" DATE,
    "stopped" BOOLEAN NOT NULL,
    "changed_on" DATE
)""",
    """CREATE TABLE "sensitive_time" (
    "id" UUID PRIMARY KEY,
    "family" VARCHAR(40) NOT NULL,
    "reason" VARCHAR(20) NOT NULL,
    "first_day" DATE NOT NULL,
    "last_day" DATE NOT NULL,
    "noted_by" UUID NOT NULL,
    "noted_on" DATE NOT NULL
)""",
    """CREATE TABLE "how_much_asked" (
    "id" UUID PRIMARY KEY,
    "survey" VARCHAR(120) NOT NULL,
    "term" VARCHAR(11) NOT NULL,
    "said" VARCHAR(20) NOT NULL,
    "people" INTEGER NOT NULL
)""",
    """CREATE TABLE "agreed_rules" (
    "number" INTEGER PRIMARY KEY,
    "rules" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "agreed_by" UUID NOT NULL,
    "agreed_on" DATE NOT NULL
)""",
    """CREATE TABLE "planned_ask" (
    "id" UUID PRIMARY KEY,
    "partner" VARCHAR(120) NOT NULL,
    "survey" VARCHAR(120) NOT NULL,
    "audience" VARCHAR(20) NOT NULL,
    "opens_on" DATE NOT NULL,
    "closes_on" DATE NOT NULL,
    "families" INTEGER NOT NULL,
    "minutes" INTEGER NOT NULL,
    "statutory" BOOLEAN NOT NULL,
    "concepts" TEXT NOT NULL,
    "draft" UUID,
    "note" TEXT NOT NULL,
    "planned_by" UUID NOT NULL,
    "planned_on" DATE NOT NULL,
    "dropped_on" DATE
)""",
    """CREATE TABLE "rule_override" (
    "id" UUID PRIMARY KEY,
    "send" UUID NOT NULL UNIQUE,
    "survey" VARCHAR(120) NOT NULL,
    "families" INTEGER NOT NULL,
    "broken" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "asked_by" UUID NOT NULL,
    "asked_on" DATE NOT NULL,
    "state" VARCHAR(10) NOT NULL,
    "decided_by" UUID,
    "decided_role" VARCHAR(20),
    "decided_on" DATE,
    "answer" TEXT NOT NULL
)""",
    """CREATE TABLE "spared" (
    "id" UUID PRIMARY KEY,
    "term" VARCHAR(11) NOT NULL,
    "how" VARCHAR(20) NOT NULL,
    "survey" VARCHAR(120) NOT NULL,
    "partner" VARCHAR(120) NOT NULL,
    "families" INTEGER NOT NULL,
    "minutes" INTEGER NOT NULL,
    "send" UUID,
    "noted_on" DATE NOT NULL
)""",
    """CREATE TABLE "contact_register" (
    "id" UUID PRIMARY KEY,
    "name" VARCHAR(120) NOT NULL,
    "partner" VARCHAR(120) NOT NULL,
    "added_by" UUID NOT NULL,
    "added_on" DATE NOT NULL,
    "removed_on" DATE
)""",
    """CREATE TABLE "register_entry" (
    "id" UUID PRIMARY KEY,
    "register" UUID NOT NULL REFERENCES "contact_register" ("id"),
    "family" VARCHAR(40) NOT NULL,
    "person" VARCHAR(40) NOT NULL,
    "audience" VARCHAR(20) NOT NULL,
    "language" VARCHAR(10) NOT NULL,
    "groups" TEXT NOT NULL,
    "sealed" TEXT NOT NULL
)""",
    """CREATE TABLE "invitation_send" (
    "id" UUID PRIMARY KEY,
    "round" UUID NOT NULL REFERENCES "survey_round" ("id"),
    "register" UUID NOT NULL REFERENCES "contact_register" ("id"),
    "kind" VARCHAR(12) NOT NULL,
    "way" VARCHAR(12) NOT NULL,
    "state" VARCHAR(12) NOT NULL,
    "choice" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "planned_by" UUID NOT NULL,
    "planned_on" DATE NOT NULL,
    "goes_on" DATE NOT NULL,
    "follows" UUID
)""",
    """CREATE TABLE "invitation" (
    "id" UUID PRIMARY KEY,
    "send" UUID NOT NULL REFERENCES "invitation_send" ("id"),
    "entry" UUID NOT NULL REFERENCES "register_entry" ("id"),
    "ask" UUID,
    "place" INTEGER NOT NULL,
    "token_hash" VARCHAR(64) NOT NULL UNIQUE,
    "spent" BOOLEAN NOT NULL
)""",
    """CREATE TABLE "outgoing_message" (
    "id" UUID PRIMARY KEY,
    "invitation" UUID NOT NULL REFERENCES "invitation" ("id"),
    "way" VARCHAR(12) NOT NULL,
    "state" VARCHAR(16) NOT NULL,
    "due_at" TIMESTAMPTZ NOT NULL,
    "attempts" INTEGER NOT NULL,
    "changed_at" TIMESTAMPTZ NOT NULL,
    "provider_id" VARCHAR(200) NOT NULL,
    "problem" VARCHAR(200) NOT NULL
)""",
)

INDEXES = (
    'CREATE INDEX "asks_of_a_family" ON "ask" ("family", "asked_on", "survey", "minutes", "outcome")',
    'CREATE INDEX "asks_of_a_survey" ON "ask" ("survey", "asked_on", "person", "kind", "outcome")',
    'CREATE INDEX "asks_of_a_person" ON "ask" ("person", "asked_on")',
    'CREATE INDEX "asks_by_day" ON "ask" ("asked_on")',
    'CREATE INDEX "asks_of_a_send" ON "ask" ("send")',
    'CREATE INDEX "sensitive_times_of_a_family" ON "sensitive_time" ("family")',
    'CREATE INDEX "people_of_a_family" ON "contact_person" ("family")',
    'CREATE UNIQUE INDEX "one_count_of_how_much" ON "how_much_asked" ("survey", "term", "said")',
    'CREATE INDEX "entries_of_a_register" ON "register_entry" ("register")',
    'CREATE UNIQUE INDEX "one_invitation_a_person" ON "invitation" ("send", "entry")',
    'CREATE INDEX "messages_that_wait" ON "outgoing_message" ("state", "due_at")',
    'CREATE INDEX "messages_of_an_invitation" ON "outgoing_message" ("invitation")',
)

# SQLite keeps other tables in the order in which rows came, which would tell who answered when.
IN_THE_ORDER_OF_RANDOM_IDS = {"sqlite": " WITHOUT ROWID", "postgres": ""}


def statements(dialect: str) -> tuple[str, ...]:
    return (*(table + IN_THE_ORDER_OF_RANDOM_IDS[dialect] for table in TABLES), *INDEXES)
