"""Annual reviews and how children and young people took part."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "review" (
            "id" UUID PRIMARY KEY,
            "child" VARCHAR(32) NOT NULL,
            "review_date" DATE NOT NULL,
            "year_group" VARCHAR(20) NOT NULL,
            "setting" VARCHAR(120) NOT NULL,
            "participation" VARCHAR(20) NOT NULL
        )""",
        'CREATE UNIQUE INDEX "review_once" ON "review" ("child", "review_date")',
        'CREATE INDEX "review_by_date" ON "review" ("review_date")',
    )
