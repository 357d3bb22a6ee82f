"""How often somebody tried something in this minute, for every process to see."""

from __future__ import annotations

# Whoever starts PostgreSQL again after it fell over may lose a minute's tries; no copy of the log ever holds one.
KIND = {"sqlite": "TABLE", "postgres": "UNLOGGED TABLE"}


def statements(dialect: str) -> tuple[str, ...]:
    return (
        f"""CREATE {KIND[dialect]} "try_count" (
            "mark" VARCHAR(40) PRIMARY KEY,
            "turn" INTEGER NOT NULL,
            "tries" INTEGER NOT NULL
        )""",
    )
