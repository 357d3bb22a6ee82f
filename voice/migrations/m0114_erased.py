"""What was erased because somebody asked: so that a backup from before does not bring it back."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """CREATE TABLE "erased" (
            "mark" VARCHAR(64) PRIMARY KEY,
            "kind" VARCHAR(40) NOT NULL,
            "erased_on" DATE NOT NULL
        )""",
    )
