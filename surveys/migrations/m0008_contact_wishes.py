"""Who would like to hear from us, sealed and apart from what they said."""

from __future__ import annotations

TABLE = """CREATE TABLE "contact_wish" (
    "id" UUID PRIMARY KEY,
    "survey" VARCHAR(80) NOT NULL,
    "month" VARCHAR(7) NOT NULL,
    "sealed" TEXT NOT NULL
)"""

# SQLite keeps other tables in the order in which rows came, which would tell whose answers came with a wish.
IN_THE_ORDER_OF_RANDOM_IDS = {"sqlite": " WITHOUT ROWID", "postgres": ""}


def statements(dialect: str) -> tuple[str, ...]:
    return (TABLE + IN_THE_ORDER_OF_RANDOM_IDS[dialect],)
