"""A change of the code frame is kept whole, so that it can be undone; and when new themes were last looked for."""

from __future__ import annotations


def statements(_dialect: str) -> tuple[str, ...]:
    return (
        """ALTER TABLE "code_frame_change" ADD COLUMN "step" TEXT NOT NULL DEFAULT '{{}}'""",
        """ALTER TABLE "coder_sample" ADD COLUMN "seed" VARCHAR(40) NOT NULL DEFAULT ''""",
        """CREATE TABLE "new_theme_search" (
            "id" UUID PRIMARY KEY,
            "term" VARCHAR(11) NOT NULL,
            "frame" INTEGER NOT NULL,
            "voices" INTEGER NOT NULL,
            "remainder" INTEGER NOT NULL,
            "looked_by" UUID NOT NULL REFERENCES "member" ("id"),
            "looked_on" DATE NOT NULL
        )""",
    )
