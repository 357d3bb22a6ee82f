"""Tables of counts that were published, each as it was shown."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "published_table" (
            "id" UUID PRIMARY KEY,
            "base" VARCHAR(200) NOT NULL,
            "what" VARCHAR(200) NOT NULL,
            "dimensions" TEXT NOT NULL,
            "filters" TEXT NOT NULL,
            "cells" TEXT NOT NULL,
            "threshold" INTEGER NOT NULL,
            "published_by" UUID NOT NULL REFERENCES "member" ("id"),
            "role" VARCHAR(20) NOT NULL,
            "published_on" DATE NOT NULL
        )""",
        'CREATE INDEX "published_table_by_base" ON "published_table" ("base")',
    )
