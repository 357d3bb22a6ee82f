"""The record of who did what: entries in a chain, seals, and what was cut off when its time was over."""

from __future__ import annotations

TABLES = (
    """CREATE TABLE "audit_entry" (
        "number" INTEGER PRIMARY KEY,
        "at" VARCHAR(20) NOT NULL,
        "actor" VARCHAR(8) NOT NULL,
        "who" UUID,
        "organisation" UUID,
        "act" VARCHAR(12) NOT NULL,
        "kind" VARCHAR(40) NOT NULL,
        "key" VARCHAR(200) NOT NULL,
        "detail" VARCHAR(200) NOT NULL,
        "hash" VARCHAR(64) NOT NULL,
        "mark" VARCHAR(64) NOT NULL
    )""",
    'CREATE INDEX "audit_entry_by_time" ON "audit_entry" ("at")',
    'CREATE INDEX "audit_entry_by_who" ON "audit_entry" ("who", "number")',
    'CREATE INDEX "audit_entry_by_object" ON "audit_entry" ("kind", "key", "number")',
    """CREATE TABLE "audit_seal" (
        "number" INTEGER PRIMARY KEY,
        "at" VARCHAR(20) NOT NULL,
        "hash" VARCHAR(64) NOT NULL,
        "mark" VARCHAR(64) NOT NULL
    )""",
    """CREATE TABLE "audit_cut" (
        "up_to" INTEGER PRIMARY KEY,
        "at" VARCHAR(20) NOT NULL,
        "hash" VARCHAR(64) NOT NULL,
        "mark" VARCHAR(64) NOT NULL
    )""",
    """CREATE TABLE "audit_keeping" (
        "place" INTEGER PRIMARY KEY,
        "years" INTEGER NOT NULL,
        "why" TEXT NOT NULL,
        "set_at" VARCHAR(20) NOT NULL,
        "set_by" UUID NOT NULL
    )""",
)

KEYS = {"audit_entry": "number", "audit_seal": "number", "audit_cut": "up_to", "audit_keeping": "place"}
NEVER = "the audit is only ever added to"
CUT_OFF = '(SELECT COALESCE(MAX("up_to"), 0) FROM "audit_cut")'
"""Entries up to here may go: the cut was written down before them, with a mark that needs the key."""


def statements(dialect: str) -> tuple[str, ...]:
    return TABLES + (_in_sqlite() if dialect == "sqlite" else _in_postgres())


def _in_sqlite() -> tuple[str, ...]:
    made = []
    for table, key in KEYS.items():
        may_go = f' WHEN OLD."number" > {CUT_OFF}' if table == "audit_entry" else ""
        known = f'EXISTS (SELECT 1 FROM "{table}" WHERE "{key}" = NEW."{key}")'  # noqa: S608 - names of ours
        stop = f"BEGIN SELECT RAISE(ABORT, '{NEVER}'); END"
        made += [
            f'CREATE TRIGGER "{table}_stays_as_it_is" BEFORE UPDATE ON "{table}" {stop}',
            f'CREATE TRIGGER "{table}_is_not_deleted" BEFORE DELETE ON "{table}"{may_go} {stop}',
            # INSERT OR REPLACE deletes what was there without asking the trigger above.
            f'CREATE TRIGGER "{table}_is_not_replaced" BEFORE INSERT ON "{table}" WHEN {known} {stop}',
        ]
    return tuple(made)


def _in_postgres() -> tuple[str, ...]:
    made = [
        f"""CREATE FUNCTION "refuse_change_of_audit"() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{NEVER}'; END $$""",
        f"""CREATE FUNCTION "refuse_loss_of_audit"() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN
                IF OLD."number" > {CUT_OFF} THEN RAISE EXCEPTION '{NEVER}'; END IF;
                RETURN OLD;
            END $$""",
    ]
    for table in KEYS:
        loss = "loss" if table == "audit_entry" else "change"
        made += [
            f'CREATE TRIGGER "{table}_stays_as_it_is" BEFORE UPDATE ON "{table}" '
            'FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_audit"()',
            f'CREATE TRIGGER "{table}_is_not_deleted" BEFORE DELETE ON "{table}" '
            f'FOR EACH ROW EXECUTE FUNCTION "refuse_{loss}_of_audit"()',
            f'CREATE TRIGGER "{table}_is_not_emptied" BEFORE TRUNCATE ON "{table}" '
            'FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_audit"()',
        ]
    return tuple(made)
