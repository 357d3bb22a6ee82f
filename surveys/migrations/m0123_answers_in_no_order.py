"""What people sent stands in the order of its random ids: see ``docs/decisions/0148-answers-stand-in-no-order.md``.

SQLite kept it in the order in which it came: an answer that says its day told the day of its anonymous neighbours.
"""

from __future__ import annotations

COLUMNS = {
    "submission": """
        "id" UUID PRIMARY KEY,
        "round" UUID NOT NULL REFERENCES "survey_round" ("id"),
        "language" VARCHAR(10) NOT NULL,
        "mode" VARCHAR(20) NOT NULL,
        "respondent_kind" VARCHAR(20) NOT NULL,
        "submitted_at" VARCHAR(20) NOT NULL,
        "digest" VARCHAR(32) NOT NULL,
        "said_by" VARCHAR(20) NOT NULL DEFAULT 'own_words',
        "setting" VARCHAR(120),
        "reference" VARCHAR(9)
    """,
    "answer": """
        "id" UUID PRIMARY KEY,
        "submission" UUID NOT NULL REFERENCES "submission_anew" ("id"),
        "concept" VARCHAR(120) NOT NULL,
        "code" VARCHAR(80),
        "text" TEXT,
        "language" VARCHAR(10) NOT NULL,
        "file" UUID
    """,
    "answer_part": """
        "id" UUID PRIMARY KEY,
        "answer" UUID NOT NULL REFERENCES "answer_anew" ("id"),
        "place" INTEGER NOT NULL,
        "item" VARCHAR(80) NOT NULL,
        "value" VARCHAR(80)
    """,
    "stored_file": """
        "id" UUID PRIMARY KEY,
        "media_type" VARCHAR(60) NOT NULL,
        "bytes" INTEGER NOT NULL,
        "seconds" INTEGER
    """,
}
"""By table, each after those that it refers to. Renaming a table renames it where others refer to it."""

INDEXES = (
    'CREATE INDEX "submission_by_reference" ON "submission" ("reference")',
    'CREATE INDEX "submission_by_round" ON "submission" ("round", "digest")',
    'CREATE INDEX "answer_by_submission" ON "answer" ("submission")',
    'CREATE INDEX "answer_in_words" ON "answer" ("id", "submission") WHERE "text" IS NOT NULL OR "file" IS NOT NULL',
    'CREATE INDEX "answer_part_by_answer" ON "answer_part" ("answer")',
)


def statements(dialect: str) -> tuple[str, ...]:
    if dialect != "sqlite":
        return ()  # PostgreSQL has no such tables
    return (
        *(f'CREATE TABLE "{table}_anew" ({columns}) WITHOUT ROWID' for table, columns in COLUMNS.items()),
        *(
            f'INSERT INTO "{table}_anew" ({names}) SELECT {names} FROM "{table}" ORDER BY "id"'  # noqa: S608
            for table, names in ((table, _names(columns)) for table, columns in COLUMNS.items())
        ),
        *(f'DROP TABLE "{table}"' for table in reversed(COLUMNS)),
        *(f'ALTER TABLE "{table}_anew" RENAME TO "{table}"' for table in COLUMNS),
        *INDEXES,
    )


def _names(columns: str) -> str:
    return ", ".join(line.split()[0] for line in columns.split("\n") if line.strip())
