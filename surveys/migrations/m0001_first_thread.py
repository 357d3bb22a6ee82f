"""Surveys, versions, rounds, drafts, submissions, answers, and what imports remember."""

from __future__ import annotations

TABLES = (
    """CREATE TABLE "survey" (
        "id" UUID PRIMARY KEY,
        "slug" VARCHAR(80) NOT NULL UNIQUE
    )""",
    """CREATE TABLE "survey_version" (
        "id" UUID PRIMARY KEY,
        "survey" UUID NOT NULL REFERENCES "survey" ("id"),
        "number" INTEGER NOT NULL,
        "digest" VARCHAR(32) NOT NULL,
        "document" TEXT NOT NULL,
        "published_on" DATE NOT NULL
    )""",
    'CREATE UNIQUE INDEX "one_number_a_version" ON "survey_version" ("survey", "number")',
    """CREATE TABLE "survey_round" (
        "id" UUID PRIMARY KEY,
        "version" UUID NOT NULL REFERENCES "survey_version" ("id"),
        "term" VARCHAR(11) NOT NULL,
        "identity_mode" VARCHAR(12) NOT NULL,
        "link" VARCHAR(40) UNIQUE,
        "opens_on" DATE,
        "closes_on" DATE
    )""",
    """CREATE TABLE "draft" (
        "id" UUID PRIMARY KEY,
        "round" UUID NOT NULL REFERENCES "survey_round" ("id"),
        "language" VARCHAR(10) NOT NULL,
        "shared_device" BOOLEAN NOT NULL,
        "answers" TEXT NOT NULL,
        "code_hash" VARCHAR(32) NOT NULL,
        "sealed_key" VARCHAR(32) NOT NULL,
        "expires_on" DATE NOT NULL
    )""",
    'CREATE INDEX "draft_by_code" ON "draft" ("code_hash")',
    'CREATE INDEX "draft_by_expiry" ON "draft" ("expires_on")',
    """CREATE TABLE "submission" (
        "id" UUID PRIMARY KEY,
        "round" UUID NOT NULL REFERENCES "survey_round" ("id"),
        "language" VARCHAR(10) NOT NULL,
        "mode" VARCHAR(20) NOT NULL,
        "respondent_kind" VARCHAR(20) NOT NULL,
        "submitted_at" VARCHAR(20) NOT NULL,
        "digest" VARCHAR(32) NOT NULL
    )""",
    'CREATE INDEX "submission_by_round" ON "submission" ("round")',
    """CREATE TABLE "answer" (
        "id" UUID PRIMARY KEY,
        "submission" UUID NOT NULL REFERENCES "submission" ("id"),
        "concept" VARCHAR(120) NOT NULL,
        "code" VARCHAR(80),
        "text" TEXT,
        "language" VARCHAR(10) NOT NULL
    )""",
    'CREATE INDEX "answer_by_submission" ON "answer" ("submission")',
    """CREATE TABLE "import_mapping" (
        "id" UUID PRIMARY KEY,
        "fingerprint" VARCHAR(64) NOT NULL UNIQUE,
        "survey" VARCHAR(80) NOT NULL,
        "mapping" TEXT NOT NULL
    )""",
    """CREATE TABLE "imported_file" (
        "id" UUID PRIMARY KEY,
        "survey" VARCHAR(80) NOT NULL,
        "filename" VARCHAR(200) NOT NULL,
        "imported_on" DATE NOT NULL,
        "rows" INTEGER NOT NULL,
        "added" INTEGER NOT NULL,
        "known_already" INTEGER NOT NULL,
        "not_read" INTEGER NOT NULL
    )""",
)

VERSIONS_STAY = {
    "sqlite": (
        """CREATE TRIGGER "published_versions_stay_as_they_are" BEFORE UPDATE ON "survey_version"
           BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END""",
        """CREATE TRIGGER "published_versions_are_not_deleted" BEFORE DELETE ON "survey_version"
           BEGIN SELECT RAISE(ABORT, 'a published version is never deleted'); END""",
    ),
    "postgres": (
        """CREATE FUNCTION "refuse_change_of_published_version"() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'a published version never changes'; END $$""",
        """CREATE TRIGGER "published_versions_stay_as_they_are" BEFORE UPDATE OR DELETE ON "survey_version"
           FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_published_version"()""",
    ),
}


def statements(dialect: str) -> tuple[str, ...]:
    return TABLES + VERSIONS_STAY[dialect]
