"""What went because its time was over, or because a person asked: how much, when, and whether its traces went too."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "forgotten" (
            "id" UUID PRIMARY KEY,
            "what" VARCHAR(12) NOT NULL,
            "about" VARCHAR(200) NOT NULL,
            "term" VARCHAR(11) NOT NULL,
            "done_on" DATE NOT NULL,
            "people" INTEGER NOT NULL,
            "files" INTEGER NOT NULL,
            "traces_gone_on" DATE
        )""",
    )
