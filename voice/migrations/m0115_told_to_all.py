"""PostgreSQL tells every process that serves when something has changed that they keep in memory.

With the commit, so that nothing is told too early and nothing is forgotten, whoever changes it. SQLite has one process.
"""

from __future__ import annotations

TELL = """CREATE FUNCTION "tell_all"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('golden_thread', TG_ARGV[0]);
    RETURN NULL;
END $$"""

TELL_ROOM = """CREATE FUNCTION "tell_room"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('golden_thread', 'room ' || NEW."id" || ' ' || NEW."revision");
    RETURN NULL;
END $$"""

ROOMS = """CREATE TRIGGER "told_to_all" AFTER UPDATE OF "revision" ON "session"
FOR EACH ROW EXECUTE FUNCTION "tell_room"()"""

TOLD = {
    "survey_round": "rounds",
    "survey_version": "rounds",
    "partnership": "partnership",
    "changed_wording": "words",
    "checked_wording": "words",
    "concept_wording": "words",
}
"""What is said of a table that changed."""


def statements(dialect: str) -> tuple[str, ...]:
    if dialect == "sqlite":
        return ()
    return (TELL, TELL_ROOM, ROOMS, *(_trigger(table, words) for table, words in TOLD.items()))


def _trigger(table: str, words: str) -> str:
    return (
        f'CREATE TRIGGER "told_to_all" AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
        f"FOR EACH STATEMENT EXECUTE FUNCTION \"tell_all\"('{words}')"
    )
