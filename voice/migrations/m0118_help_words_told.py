"""Words of help that were agreed on stand in every process at once: see ``m0115_told_to_all.py``."""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:
    if dialect == "sqlite":
        return ()
    return (
        'CREATE TRIGGER "told_to_all" AFTER INSERT ON "help_words" '
        "FOR EACH STATEMENT EXECUTE FUNCTION \"tell_all\"('partnership')",
    )
