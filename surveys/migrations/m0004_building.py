"""Surveys in the making, what was changed in them by whom, and the reasons for what they leave open."""

from __future__ import annotations

TABLES = (
    """CREATE TABLE "survey_draft" (
        "id" UUID PRIMARY KEY,
        "slug" VARCHAR(80) NOT NULL,
        "document" TEXT NOT NULL,
        "revision" INTEGER NOT NULL,
        "stage" VARCHAR(12) NOT NULL,
        "identity_mode" VARCHAR(12),
        "based_on" VARCHAR(200) NOT NULL,
        "changed_by" UUID,
        "changed_at" TIMESTAMPTZ NOT NULL,
        "review_asked_by" UUID,
        "version" UUID REFERENCES "survey_version" ("id")
    )""",
    'CREATE INDEX "survey_draft_by_slug" ON "survey_draft" ("slug")',
    """CREATE TABLE "survey_draft_change" (
        "id" UUID PRIMARY KEY,
        "draft" UUID NOT NULL REFERENCES "survey_draft" ("id"),
        "revision" INTEGER NOT NULL,
        "changed_by" UUID,
        "changed_at" TIMESTAMPTZ NOT NULL,
        "what" VARCHAR(40) NOT NULL,
        "about" VARCHAR(120) NOT NULL,
        "before" TEXT NOT NULL,
        "after" TEXT NOT NULL
    )""",
    'CREATE UNIQUE INDEX "one_change_a_revision" ON "survey_draft_change" ("draft", "revision")',
    """CREATE TABLE "survey_draft_reason" (
        "id" UUID PRIMARY KEY,
        "draft" UUID NOT NULL REFERENCES "survey_draft" ("id"),
        "problem" VARCHAR(32) NOT NULL,
        "reason" TEXT NOT NULL,
        "given_by" UUID,
        "given_at" TIMESTAMPTZ NOT NULL
    )""",
    'CREATE INDEX "reason_by_draft" ON "survey_draft_reason" ("draft")',
)

CHANGES_STAY = {
    "sqlite": (
        """CREATE TRIGGER "changes_of_drafts_stay_as_they_are" BEFORE UPDATE ON "survey_draft_change"
           BEGIN SELECT RAISE(ABORT, 'what was changed in a draft never changes'); END""",
        """CREATE TRIGGER "changes_of_drafts_are_not_deleted" BEFORE DELETE ON "survey_draft_change"
           BEGIN SELECT RAISE(ABORT, 'what was changed in a draft is never deleted'); END""",
    ),
    "postgres": (
        """CREATE FUNCTION "refuse_change_of_draft_changes"() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'what was changed in a draft never changes'; END $$""",
        """CREATE TRIGGER "changes_of_drafts_stay_as_they_are" BEFORE UPDATE OR DELETE ON "survey_draft_change"
           FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_draft_changes"()""",
    ),
}


def statements(dialect: str) -> tuple[str, ...]:
    return TABLES + CHANGES_STAY[dialect]
