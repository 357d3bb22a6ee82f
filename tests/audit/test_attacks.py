"""Somebody who can write into the database, and into nothing else, changes the record: it shows, and where."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
import uuid
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.conftest import NOON
from voice.audit import keeping, sealing
from voice.audit.chain import FIRST, hash_of, mark_of, sign_with
from voice.audit.entry import Act, Entry, Row
from voice.audit.recording import record, record_refusal
from voice.audit.sealing import Seal, seal, seals_in
from voice.audit.tables import AuditEntry, AuditKeeping
from voice.audit.verifying import Verdict, rows_after, verify
from voice.settings import Settings
from voice.storage import Store

OFFICER = uuid.UUID("11111111-1111-4111-8111-111111111111")
ANOTHER_PROGRAM = """
import asyncio, datetime, pathlib, sys
from voice.audit.entry import Act, Entry
from voice.audit.recording import record
from voice.settings import Settings
from voice.storage import open_store

async def main():
    store = await open_store(Settings(data=pathlib.Path(sys.argv[1]), database_url=sys.argv[2]))
    for turn in range(21):
        entry = Entry(Act.EXPORTED, "answers", actor="command")
        await store.write(lambda: record(entry, now=datetime.datetime.now(datetime.UTC)))
        if turn == 0:
            print("added", flush=True)
    await store.close()

asyncio.run(main())
"""
TRIGGERS = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'audit_%'",
    "postgres": (
        "SELECT t.tgname AS name, c.relname AS tbl_name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE c.relname LIKE 'audit_%' AND NOT t.tgisinternal"
    ),
}


async def run(store: Store, *statements: str) -> None:
    async def unit() -> None:
        for statement in statements:
            await AuditEntry.raw(statement.replace("{", "{{").replace("}", "}}"))

    await store.write(unit)


async def without_triggers(store: Store, *statements: str) -> None:
    """What somebody does who owns the database: the triggers go first."""
    found = await store.read(lambda: AuditEntry.raw(TRIGGERS[store.dialect]))
    assert len(found) >= 12
    on = {"sqlite": "", "postgres": ' ON "{}"'}[store.dialect]
    await run(store, *(f'DROP TRIGGER "{each["name"]}"' + on.format(each["tbl_name"]) for each in found), *statements)


async def add(store: Store, many: int, *, now: dt.datetime = NOON) -> None:
    async def unit() -> None:
        for turn in range(many):
            await record(Entry(Act.SAW, "voice", key=f"voice-{turn}", who=OFFICER), now=now)

    await store.write(unit)


async def sealed(store: Store) -> Seal:
    made = await store.write(lambda: seal(now=NOON))
    assert made is not None
    return made


def found(verdict: Verdict) -> tuple[str, int]:
    return verdict.wrong, verdict.number


class TestWhatTheDatabaseRefuses:
    @pytest.mark.parametrize(
        "statement",
        [
            'UPDATE "audit_entry" SET "detail" = \'x\' WHERE "number" = 2',
            'UPDATE "audit_entry" SET "number" = 9 WHERE "number" = 2',
            'DELETE FROM "audit_entry" WHERE "number" = 2',
            'DELETE FROM "audit_entry"',
            'UPDATE "audit_seal" SET "at" = \'x\'',
            'DELETE FROM "audit_seal"',
            'INSERT INTO "audit_entry" SELECT * FROM "audit_entry" WHERE "number" = 2',
            'INSERT OR REPLACE INTO "audit_entry" SELECT * FROM "audit_entry" WHERE "number" = 2',
            'INSERT OR REPLACE INTO "audit_seal" SELECT * FROM "audit_seal"',
            'TRUNCATE "audit_entry"',
            'TRUNCATE "audit_seal"',
            'TRUNCATE "audit_cut"',
            'TRUNCATE "audit_keeping"',
        ],
    )
    async def test_it_keeps_every_row(self, store: Store, statement: str) -> None:
        await add(store, 3)
        await sealed(store)
        with pytest.raises(Exception, match=r"only ever added to|duplicate key|syntax error"):
            await run(store, statement)
        assert found(await verify(store)) == ("", 0)
        assert (await verify(store)).entries == 3


class TestWhatShows:
    async def test_nothing_is_wrong_with_what_was_written(self, store: Store) -> None:
        await add(store, 5)
        await sealed(store)
        await add(store, 2)
        assert await verify(store) == Verdict(entries=7, first=1, last=7, sealed=5)

    @pytest.mark.parametrize(
        "statement",
        [
            "SET \"detail\" = 'x'",
            "SET \"at\" = '2026-11-18T12:00:01Z'",
            "SET \"act\" = 'released'",
            "SET \"kind\" = 'survey'",
            "SET \"key\" = 'voice-9'",
            "SET \"actor\" = 'nobody'",
            'SET "who" = NULL',
            "SET \"organisation\" = '11111111-1111-4111-8111-111111111111'",
            f"SET \"hash\" = '{'f' * 64}'",
        ],
    )
    async def test_a_change_of_any_field(self, store: Store, statement: str) -> None:
        await add(store, 5)
        await without_triggers(store, f'UPDATE "audit_entry" {statement} WHERE "number" = 3')
        assert found(await verify(store)) == ("changed", 3)

    async def test_a_change_whose_hashes_were_all_made_anew(self, store: Store) -> None:
        """They need no key: but the marks do."""
        await add(store, 5)
        before, statements = FIRST, []
        async for row in rows_after(store, 0):
            if row.number == 3:
                row = Row(**{**{n: getattr(row, n) for n in row.__struct_fields__}, "act": "changed"})
            before = hash_of(row, before)
            statements.append(
                f'UPDATE "audit_entry" SET "hash" = \'{before}\', "act" = \'{row.act}\' WHERE "number" = {row.number}'
            )
        await without_triggers(store, *statements)
        assert found(await verify(store)) == ("not_ours", 3)

    async def test_an_entry_that_was_deleted(self, store: Store) -> None:
        await add(store, 5)
        await without_triggers(store, 'DELETE FROM "audit_entry" WHERE "number" = 3')
        assert found(await verify(store)) == ("missing", 3)

    async def test_an_entry_that_was_deleted_and_the_others_counted_anew(self, store: Store) -> None:
        await add(store, 5)
        await without_triggers(
            store,
            'DELETE FROM "audit_entry" WHERE "number" = 3',
            'UPDATE "audit_entry" SET "number" = 3 WHERE "number" = 4',
            'UPDATE "audit_entry" SET "number" = 4 WHERE "number" = 5',
        )
        assert found(await verify(store)) == ("changed", 3)

    async def test_the_first_entry_deleted(self, store: Store) -> None:
        await add(store, 5)
        await without_triggers(store, 'DELETE FROM "audit_entry" WHERE "number" = 1')
        assert found(await verify(store)) == ("missing", 1)

    async def test_two_entries_in_each_others_place(self, store: Store) -> None:
        await add(store, 5)
        await without_triggers(
            store,
            'UPDATE "audit_entry" SET "number" = 99 WHERE "number" = 2',
            'UPDATE "audit_entry" SET "number" = 2 WHERE "number" = 4',
            'UPDATE "audit_entry" SET "number" = 4 WHERE "number" = 99',
        )
        assert found(await verify(store)) == ("changed", 2)

    async def test_an_entry_that_somebody_added_with_a_right_hash(self, store: Store) -> None:
        """No trigger forbids it, and everybody can work out a hash."""
        await add(store, 3)
        [last] = [row async for row in rows_after(store, 2)]
        forged = Row(4, last.at, "member", OFFICER, None, "released", "quote", "x", "", "", last.mark)
        hash = hash_of(forged, last.hash)
        values = f"4, '{last.at}', 'member', '{OFFICER}', NULL, 'released', 'quote', 'x', '', '{hash}', '{last.mark}'"
        await run(store, f'INSERT INTO "audit_entry" VALUES ({values})')
        assert found(await verify(store)) == ("not_ours", 4)

    @pytest.mark.parametrize("seals_too", [False, True])
    async def test_an_end_that_was_cut_off(self, store: Store, settings: Settings, seals_too: bool) -> None:
        """Where the seals in the database go too, those that were kept elsewhere tell."""
        await add(store, 5)
        await sealing.seal_and_note(store, settings.data, now=NOON)
        cut = ['DELETE FROM "audit_entry" WHERE "number" > 3', *(['DELETE FROM "audit_seal"'] if seals_too else [])]
        await without_triggers(store, *cut)
        assert found(await verify(store, sealing.noted_seals(settings.data))) == ("cut_short", 4)

    async def test_a_record_that_was_emptied(self, store: Store, settings: Settings) -> None:
        await add(store, 5)
        line = (await sealed(store)).line
        await without_triggers(store, 'DELETE FROM "audit_entry"', 'DELETE FROM "audit_seal"')
        assert found(await verify(store, seals_in([line]))) == ("cut_short", 1)

    async def test_a_record_that_was_begun_anew(self, store: Store) -> None:
        """Even by somebody who has the key: the seal that was kept elsewhere tells."""
        await add(store, 3)
        line = (await sealed(store)).line
        await without_triggers(store, 'DELETE FROM "audit_entry"', 'DELETE FROM "audit_seal"')
        await add(store, 3, now=NOON + dt.timedelta(days=1))
        assert found(await verify(store)) == ("", 0)
        assert found(await verify(store, seals_in([line]))) == ("seal_differs", 3)

    async def test_a_seal_that_was_changed(self, store: Store) -> None:
        await add(store, 3)
        await sealed(store)
        await without_triggers(store, 'UPDATE "audit_seal" SET "number" = 2')
        assert found(await verify(store)) == ("seal_not_ours", 2)

    async def test_entries_removed_under_a_cut_that_is_not_ours(self, store: Store) -> None:
        """The trigger lets them go when a cut is written down: but a cut needs the key."""
        await add(store, 5)
        rows = [row async for row in rows_after(store, 0)]
        await run(
            store,
            f"INSERT INTO \"audit_cut\" VALUES (3, '{rows[2].at}', '{rows[2].hash}', '{rows[2].mark}')",
            'DELETE FROM "audit_entry" WHERE "number" <= 3',
        )
        assert found(await verify(store)) == ("cut_not_ours", 3)

    @pytest.mark.parametrize("years", [-1, 0, 1, 25])
    async def test_years_that_somebody_put_there_delete_nothing(self, store: Store, years: int) -> None:
        """Else the server would delete the record itself, under a cut that is ours."""
        await store.write(lambda: keeping.agree(10, "our policy", by=OFFICER, now=NOON))
        await add(store, 3, now=NOON.replace(year=2021))
        [agreed] = await store.read(lambda: AuditKeeping.select())
        for place, mark in ((2, agreed["mark"]), (7, "")):
            forged = f"{place}, {years}, 'our policy', '{agreed['set_at']}', '{OFFICER}', '{mark}'"
            await run(store, f'INSERT INTO "audit_keeping" VALUES ({forged})')
            assert (await store.read(keeping.kept)).years == 10
            assert await keeping.cut_what_is_over(store, now=NOON) == 0
            assert found(await verify(store)) == ("keeping_not_ours", place)
        await store.write(lambda: keeping.agree(10, "our policy", by=OFFICER, now=NOON))
        assert found(await verify(store)) == ("", 0), "it is settled by who may say so"

    async def test_years_that_were_changed(self, store: Store) -> None:
        for years in (8, 10):
            await store.write(lambda years=years: keeping.agree(years, "our policy", by=OFFICER, now=NOON))  # type: ignore[misc]
        await without_triggers(store, 'UPDATE "audit_keeping" SET "years" = 1 WHERE "place" = 2')
        assert (await store.read(keeping.kept)).years == 8
        assert found(await verify(store)) == ("keeping_not_ours", 2)

    async def test_another_key_takes_no_entry_for_its_own(self, store: Store) -> None:
        await add(store, 2)
        sign_with(lambda: b"another secret, of thirty-two by")
        assert found(await verify(store)) == ("not_ours", 1)


class TestManyAtOnce:
    async def test_each_stands_after_the_one_before(self, settings: Settings, store: Store) -> None:
        """Sixteen connections, and another program beside them, add at the same time."""
        other = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", ANOTHER_PROGRAM, str(settings.data), settings.database_url), stdout=PIPE
        )
        assert other.stdout is not None
        await other.stdout.readline()  # it has added one, and goes on
        while other.returncode is None:
            await asyncio.gather(*(add(store, 2) for _ in range(20)))
        assert other.returncode == 0
        verdict = await verify(store)
        assert found(verdict) == ("", 0)
        assert verdict.last >= 21 + 40

    async def test_a_unit_that_fails_leaves_no_gap(self, store: Store) -> None:
        async def fails() -> None:
            await record(Entry(Act.CHANGED, "survey"), now=NOON)
            raise RuntimeError

        async def attempt(work: Callable[[], Awaitable[Any]]) -> None:
            with pytest.raises(RuntimeError):
                await store.write(work)

        await asyncio.gather(add(store, 1), attempt(fails), add(store, 1), attempt(fails), add(store, 1))
        assert await verify(store) == Verdict(entries=3, first=1, last=3, sealed=0)


class TestRetention:
    async def test_what_is_over_goes_and_the_rest_still_holds_together(self, store: Store) -> None:
        await add(store, 3, now=NOON.replace(year=2020))
        await sealed(store)
        await add(store, 2, now=NOON.replace(year=2020, month=12))
        assert await keeping.cut_what_is_over(store, now=NOON + dt.timedelta(days=1)) == 3
        assert await keeping.cut_what_is_over(store, now=NOON + dt.timedelta(days=1)) == 0
        verdict = await verify(store)
        assert (found(verdict), verdict.first, verdict.last) == (("", 0), 4, 6)
        told = [row async for row in rows_after(store, 5)]
        assert [(row.act, row.kind, row.key, row.detail) for row in told] == [("changed", "audit", "3", "years_over")]

    async def test_nothing_more_goes_than_was_cut(self, store: Store) -> None:
        await add(store, 3, now=NOON.replace(year=2020))
        await keeping.cut_what_is_over(store, now=NOON + dt.timedelta(days=1))
        await add(store, 3)
        with pytest.raises(Exception, match="only ever added to"):
            await run(store, 'DELETE FROM "audit_entry" WHERE "number" <= 5')

    async def test_a_cut_that_was_taken_away_shows(self, store: Store) -> None:
        await add(store, 3, now=NOON.replace(year=2020))
        await keeping.cut_what_is_over(store, now=NOON + dt.timedelta(days=1))
        await without_triggers(store, 'DELETE FROM "audit_cut"')
        assert found(await verify(store)) == ("missing", 1)

    async def test_the_last_agreement_counts(self, store: Store) -> None:
        for years in (10, 1):
            await store.write(lambda years=years: keeping.agree(years, "our policy", by=OFFICER, now=NOON))  # type: ignore[misc]
        assert (await store.read(keeping.kept)).years == 1
        await add(store, 2, now=NOON - dt.timedelta(days=400))
        assert await keeping.cut_what_is_over(store, now=NOON) == 2
        for years, why in ((0, "x"), (26, "x"), (6, " ")):
            with pytest.raises(keeping.KeepingProblem):
                await store.write(lambda y=years, w=why: keeping.agree(y, w, by=OFFICER, now=NOON))  # type: ignore[misc]

    def test_a_leap_day_has_its_anniversary(self) -> None:
        assert keeping.years_before(dt.date(2028, 2, 29), 6) == dt.date(2022, 2, 28)


class TestWhatIsWritten:
    async def test_nothing_that_could_be_words(self, store: Store) -> None:
        """An address can hold whatever somebody typed."""
        await store.write(
            lambda: record(Entry(Act.SAW, "voice", key="Zoë Smith’s mum", detail="a b\n<script>"), now=NOON)
        )
        await store.write(lambda: record(Entry(Act.SAW, "voice", key="x" * 201, detail="go=keep"), now=NOON))
        rows = [row async for row in rows_after(store, 0)]
        assert [(row.key, row.detail) for row in rows] == [("?", "?"), ("?", "go=keep")]
        assert rows[0].at == "2026-11-18T12:00:00Z"

    async def test_a_thousand_guesses_do_not_fill_it(self, store: Store) -> None:
        other = uuid.uuid4()

        async def guesses() -> None:
            for turn in range(30):
                await record_refusal(OFFICER, "password", now=NOON + dt.timedelta(minutes=turn))
            await record_refusal(OFFICER, "second_factor", now=NOON)
            await record_refusal(other, "password", now=NOON)

        await store.write(guesses)
        rows = [row async for row in rows_after(store, 0)]
        assert [(row.who, row.detail) for row in rows] == [
            *((OFFICER, "password"),) * 3,
            (OFFICER, "second_factor"),
            (other, "password"),
        ]
        assert {row.act for row in rows} == {"refused"}

    async def test_a_mark_stands_for_one_thing_alone(self, store: Store) -> None:
        assert store
        assert mark_of("entry", "x") != mark_of("seal", "x")
        assert mark_of("seal", 1, "1") != mark_of("seal", 11, "")

    def test_a_hash_is_what_it_was(self) -> None:
        """Old records must hold together for years: worked out once with `sha256sum`, over what the docstring says."""
        one = uuid.UUID(int=1)
        row = Row(1, "2026-11-18T12:00:00Z", "member", one, None, "saw", "voice", "k", "go=keep", "", "")
        assert hash_of(row, FIRST) == "94da4bda18093601d360a47456a72874a21733b743b5544b4c14358c779a5f3c"
