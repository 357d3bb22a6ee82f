"""References that find answers and sessions again, "you said, we did" as it was published, and what groups agreed to.

References of what is there already follow from their ids, and are filled in when the product starts: no database can
work them out.
"""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        'ALTER TABLE "submission" ADD COLUMN "reference" VARCHAR(9)',
        'CREATE INDEX "submission_by_reference" ON "submission" ("reference")',
        """CREATE TABLE "publication" (
            "id" UUID PRIMARY KEY,
            "action" UUID NOT NULL,
            "number" INTEGER NOT NULL,
            "state" VARCHAR(10) NOT NULL,
            "outcome" VARCHAR(10) NOT NULL,
            "said_by" VARCHAR(20) NOT NULL,
            "term" VARCHAR(11) NOT NULL,
            "words" TEXT NOT NULL,
            "people" INTEGER,
            "first_said" VARCHAR(7) NOT NULL,
            "symbol" VARCHAR(40) NOT NULL,
            "picture" UUID,
            "picture_says" TEXT NOT NULL,
            "made_on" DATE NOT NULL,
            "published_on" DATE,
            "published_by" UUID,
            "withdrawn_on" DATE,
            "replaced_by" UUID
        )""",
        'CREATE UNIQUE INDEX "one_publication_a_number" ON "publication" ("action", "number")',
        'CREATE INDEX "publication_by_state" ON "publication" ("state")',
        """CREATE TABLE "publication_about" (
            "id" UUID PRIMARY KEY,
            "publication" UUID NOT NULL REFERENCES "publication" ("id"),
            "kind" VARCHAR(10) NOT NULL,
            "key" VARCHAR(400) NOT NULL
        )""",
        'CREATE INDEX "publication_about_by_publication" ON "publication_about" ("publication")',
        """CREATE TABLE "wording_approval" (
            "id" UUID PRIMARY KEY,
            "publication" UUID NOT NULL REFERENCES "publication" ("id"),
            "number" INTEGER NOT NULL,
            "answer" VARCHAR(10) NOT NULL,
            "words" TEXT NOT NULL,
            "heads" INTEGER NOT NULL,
            "day" DATE NOT NULL
        )""",
        'CREATE INDEX "wording_approval_by_publication" ON "wording_approval" ("publication")',
    )
