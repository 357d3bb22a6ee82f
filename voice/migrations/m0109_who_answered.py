"""Who gave confidential answers, sealed and apart from them; and who opened it, which nobody can change."""

from __future__ import annotations

WHO = """CREATE TABLE "who_answered" (
    "id" UUID PRIMARY KEY,
    "round" UUID NOT NULL REFERENCES "survey_round" ("id"),
    "sealed" TEXT NOT NULL
)"""

# SQLite keeps other tables in the order in which rows came, which would tell whose answers are whose.
IN_THE_ORDER_OF_RANDOM_IDS = {"sqlite": " WITHOUT ROWID", "postgres": ""}

OPENINGS = """CREATE TABLE "confidential_opening" (
    "id" UUID PRIMARY KEY,
    "reference" VARCHAR(9) NOT NULL,
    "survey" VARCHAR(80) NOT NULL,
    "reason" TEXT NOT NULL,
    "found" VARCHAR(10) NOT NULL,
    "opened_by" UUID NOT NULL REFERENCES "member" ("id"),
    "role" VARCHAR(20) NOT NULL,
    "opened_at" TIMESTAMPTZ NOT NULL
)"""

OPENINGS_STAY = {
    "sqlite": (
        """CREATE TRIGGER "openings_stay_as_they_are" BEFORE UPDATE ON "confidential_opening"
           BEGIN SELECT RAISE(ABORT, 'who opened confidential answers never changes'); END""",
        """CREATE TRIGGER "openings_are_not_deleted" BEFORE DELETE ON "confidential_opening"
           BEGIN SELECT RAISE(ABORT, 'who opened confidential answers is never deleted'); END""",
    ),
    "postgres": (
        """CREATE FUNCTION "refuse_change_of_openings"() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'who opened confidential answers never changes'; END $$""",
        """CREATE TRIGGER "openings_stay_as_they_are" BEFORE UPDATE OR DELETE ON "confidential_opening"
           FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_openings"()""",
        """CREATE TRIGGER "openings_are_not_emptied" BEFORE TRUNCATE ON "confidential_opening"
           FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_openings"()""",
    ),
}


def statements(dialect: str) -> tuple[str, ...]:
    return (
        WHO + IN_THE_ORDER_OF_RANDOM_IDS[dialect],
        'CREATE INDEX "who_answered_by_round" ON "who_answered" ("round")',
        OPENINGS,
        *OPENINGS_STAY[dialect],
    )
