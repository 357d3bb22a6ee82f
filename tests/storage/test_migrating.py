"""Steps of the schema with data in it: nothing that is stored is lost on the way, or the step is refused."""

from __future__ import annotations

import sys
import types
from collections.abc import AsyncIterator

import pytest

from surveys.tables import Survey
from tests.storage import populated
from voice.settings import Settings
from voice.storage import Store, migrating, open_store
from voice.storage.migrating import NewerSchema, WouldLose, migrate, missing, steps

MADE_ANEW = ("suggestion.",)
"""What a step takes away because it is worked out again."""


@pytest.fixture
async def empty(settings: Settings) -> AsyncIterator[Store]:
    opened = await open_store(settings)
    yield opened
    await opened.close()


@pytest.fixture
def step(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """A step newer than all there are, which a test gives its statements."""
    module = types.ModuleType("voice.migrations.m9999_to_be_tried")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    known = steps()
    monkeypatch.setattr(migrating, "steps", lambda: [*known, module.__name__])
    return module


class TestAnOldDatabase:
    async def test_it_goes_through_every_step_with_all_its_rows(
        self, empty: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        every = steps()
        before: dict[str, str] = {}
        filled: set[str] = set()
        for number in range(1, len(every) + 1):
            monkeypatch.setattr(migrating, "steps", lambda number=number: every[:number])
            assert await migrate(empty) == [every[number - 1]]
            new = [table for table in await populated.tables(empty) if table.name not in filled]
            took = await populated.fill(empty, new)
            filled |= {table.name for table in new}
            before |= await populated.sums(empty, [table for table in new if table.name in took])
        after = await populated.sums(empty, await populated.tables(empty))
        moved = frozenset().union(*migrating.MOVED.values())
        changed = [
            name
            for name, total in before.items()
            if name not in moved and after.get(name) != total and not name.startswith((*MADE_ANEW, "translated_voice."))
        ]
        assert changed == []
        assert len({name.partition(".")[0] for name in before}) > 90, "hardly any table had rows: this proves nothing"


class TestAStepThatWouldLose:
    @pytest.mark.parametrize(
        ("statements", "lost"),
        [
            (('DROP TABLE "contact_wish"',), ["contact_wish"]),
            (('ALTER TABLE "member" DROP COLUMN "role"',), ["member.role"]),
            (('DELETE FROM "member" WHERE "email" LIKE \'0%\'',), ["member"]),
            (('ALTER TABLE "member" RENAME COLUMN "role" TO "does"',), ["member.role"]),
        ],
    )
    async def test_it_is_refused_and_leaves_everything_as_it_was(
        self, store: Store, step: types.ModuleType, statements: tuple[str, ...], lost: list[str]
    ) -> None:
        some = [table for table in await populated.tables(store) if table.name in ("member", "contact_wish")]
        for table in await populated.tables(store):
            if table.name in ("survey", "survey_version", "survey_round", "member", "contact_wish"):
                assert await populated.fill(store, [table]) == [table.name]
        before = await populated.sums(store, some)
        step.statements = lambda dialect: statements  # type: ignore[attr-defined]
        with pytest.raises(WouldLose, match="m9999") as found:
            await migrate(store)
        assert found.value.lost == lost
        assert await populated.sums(store, some) == before
        assert await missing(store) == [step.__name__]

    async def test_it_goes_ahead_where_nothing_is_stored(self, store: Store, step: types.ModuleType) -> None:
        step.statements = lambda dialect: ('DROP TABLE "contact_wish"',)  # type: ignore[attr-defined]
        assert await migrate(store) == [step.__name__]


class TestANewerDatabase:
    async def test_it_is_left_alone(self, store: Store) -> None:
        newer = "voice.migrations.m9998_from_the_future"
        await store.write(lambda: Survey.raw("INSERT INTO applied_migration (name) VALUES ({})", newer))
        with pytest.raises(NewerSchema, match="m9998_from_the_future"):
            await migrate(store)
