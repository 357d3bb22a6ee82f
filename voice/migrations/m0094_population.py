"""How many people there are of each group, from files of figures, and what the words of these files mean."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "population_file" (
            "id" UUID PRIMARY KEY,
            "number" INTEGER NOT NULL UNIQUE,
            "filename" VARCHAR(200) NOT NULL,
            "source" VARCHAR(200) NOT NULL,
            "year" VARCHAR(40) NOT NULL,
            "taken_in_on" DATE NOT NULL,
            "taken_in_by" UUID NOT NULL
        )""",
        """CREATE TABLE "population_count" (
            "id" UUID PRIMARY KEY,
            "file" UUID NOT NULL REFERENCES "population_file" ("id"),
            "dimension" VARCHAR(12) NOT NULL,
            "category" VARCHAR(120) NOT NULL,
            "wording" VARCHAR(120) NOT NULL,
            "people" INTEGER
        )""",
        'CREATE INDEX "population_count_by_file" ON "population_count" ("file")',
        """CREATE TABLE "population_meaning" (
            "id" UUID PRIMARY KEY,
            "about" VARCHAR(64) NOT NULL,
            "wording" VARCHAR(200) NOT NULL,
            "means" VARCHAR(120) NOT NULL
        )""",
        'CREATE UNIQUE INDEX "one_population_meaning_a_wording" ON "population_meaning" ("about", "wording")',
    )
