"""Which invitations were opened and spent, and what people wrote back."""

from __future__ import annotations

TABLES = (
    """CREATE TABLE "invitation_marks" (
    "send" UUID PRIMARY KEY REFERENCES "invitation_send" ("id"),
    "opened" TEXT NOT NULL,
    "spent" TEXT NOT NULL,
    "settled" BOOLEAN NOT NULL
)""",
    """CREATE TABLE "invitation_reply" (
    "id" UUID PRIMARY KEY,
    "send" UUID NOT NULL REFERENCES "invitation_send" ("id"),
    "came_on" DATE NOT NULL,
    "sealed" TEXT NOT NULL,
    "seen" BOOLEAN NOT NULL
)""",
)

INDEXES = (
    'CREATE INDEX "invitations_of_an_entry" ON "invitation" ("entry")',
    'CREATE INDEX "entries_of_a_person" ON "register_entry" ("person")',
    'CREATE INDEX "replies_to_a_send" ON "invitation_reply" ("send")',
)

IN_THE_ORDER_OF_RANDOM_IDS = {"sqlite": " WITHOUT ROWID", "postgres": ""}


def statements(dialect: str) -> tuple[str, ...]:
    return (*(table + IN_THE_ORDER_OF_RANDOM_IDS[dialect] for table in TABLES), *INDEXES)
