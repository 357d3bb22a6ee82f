"""The question bank: concepts, their wordings, and the history of both, which only grows."""

from __future__ import annotations

TABLES = (
    """CREATE TABLE "concept" (
        "code" VARCHAR(120) PRIMARY KEY,
        "kind" VARCHAR(20) NOT NULL,
        "audience" VARCHAR(20) NOT NULL,
        "period" VARCHAR(20) NOT NULL,
        "owner" VARCHAR(120) NOT NULL,
        "good_for_months" INTEGER NOT NULL,
        "details" TEXT NOT NULL,
        "created_on" DATE NOT NULL,
        "retired_on" DATE,
        "follows" VARCHAR(120) REFERENCES "concept" ("code")
    )""",
    """CREATE TABLE "concept_wording" (
        "id" UUID PRIMARY KEY,
        "concept" VARCHAR(120) NOT NULL REFERENCES "concept" ("code"),
        "edition" VARCHAR(20) NOT NULL,
        "wordings" TEXT NOT NULL,
        "findable" TEXT NOT NULL
    )""",
    'CREATE UNIQUE INDEX "one_wording_an_edition" ON "concept_wording" ("concept", "edition")',
    """CREATE TABLE "concept_change" (
        "id" UUID PRIMARY KEY,
        "concept" VARCHAR(120) NOT NULL REFERENCES "concept" ("code"),
        "number" INTEGER NOT NULL,
        "changed_at" TIMESTAMPTZ NOT NULL,
        "changed_by" UUID,
        "what" VARCHAR(120) NOT NULL,
        "edition" VARCHAR(20) NOT NULL,
        "language" VARCHAR(10) NOT NULL,
        "before" TEXT NOT NULL,
        "after" TEXT NOT NULL
    )""",
    'CREATE UNIQUE INDEX "one_number_a_change" ON "concept_change" ("concept", "number")',
)

HISTORY_STAYS = {
    "sqlite": (
        """CREATE TRIGGER "history_of_concepts_stays_as_it_is" BEFORE UPDATE ON "concept_change"
           BEGIN SELECT RAISE(ABORT, 'the history of a concept never changes'); END""",
        """CREATE TRIGGER "history_of_concepts_is_not_deleted" BEFORE DELETE ON "concept_change"
           BEGIN SELECT RAISE(ABORT, 'the history of a concept is never deleted'); END""",
    ),
    "postgres": (
        """CREATE FUNCTION "refuse_change_of_concept_history"() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'the history of a concept never changes'; END $$""",
        """CREATE TRIGGER "history_of_concepts_stays_as_it_is" BEFORE UPDATE OR DELETE ON "concept_change"
           FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_concept_history"()""",
    ),
}


def statements(dialect: str) -> tuple[str, ...]:
    return TABLES + HISTORY_STAYS[dialect]
