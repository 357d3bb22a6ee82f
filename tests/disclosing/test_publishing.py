"""Publishing tables: frozen as they were shown, and refused when they would tell too much beside earlier ones."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis.disclosure.releases import Refusal
from tests.themes.said import an_analyst
from voice.disclosing.publishing import Refused, Snapshot, ToPublish, prepare, publish_table, snapshots
from voice.storage import Store

DAY = dt.date(2026, 11, 26)
BASE = "survey:transport:2026-autumn"
BY_SETTING = {"Oak": 40, "Elm": 25, "Ash": 31, "Yew": 4}


def of(counts: dict[str, int], *, filters: tuple[tuple[str, str], ...] = (), base: str = BASE) -> ToPublish:
    rows = [*counts.items(), ("Total", sum(counts.values()))]
    cells = [((name,), count) for name, count in rows]
    return prepare(base, "Who answered", ("setting",), cells, threshold=10, filters=filters)


async def published(store: Store, table: ToPublish) -> Snapshot:
    return await publish_table(store, table, by=await store.write(an_analyst), today=DAY)


async def refused(store: Store, table: ToPublish) -> set[Refusal]:
    with pytest.raises(Refused) as problem:
        await published(store, table)
    return {reason.refusal for reason in problem.value.reasons}


class TestPublishing:
    async def test_it_freezes_what_is_shown_and_no_reason(self, store: Store) -> None:
        made = await published(store, of(BY_SETTING))
        (kept,) = await store.read(lambda: snapshots(BASE))
        assert kept == made
        shown = dict(kept.table.cells)
        assert shown[("Yew",)] is None
        assert [shown[name,] for name in ("Oak", "Ash", "Total")] == [40, 31, 100]
        assert shown[("Elm",)] is None
        assert (kept.role, kept.published_on) == ("analyst", DAY)
        assert kept.table.share(("Oak",), ("Total",)) == 40
        assert kept.table.share(("Yew",), ("Total",)) is None

    async def test_a_withdrawn_answer_leaves_the_old_number(self, store: Store) -> None:
        first = await published(store, of(BY_SETTING))
        assert await refused(store, of({**BY_SETTING, "Oak": 39})) == {Refusal.CHANGED_BY_FEW}
        assert await store.read(lambda: snapshots(BASE)) == (first,)
        await published(store, of({name: count + 15 for name, count in BY_SETTING.items()}))
        assert len(await store.read(lambda: snapshots(BASE))) == 2

    async def test_the_same_again_is_the_same_snapshot(self, store: Store) -> None:
        first = await published(store, of(BY_SETTING))
        assert await published(store, of(BY_SETTING)) == first
        assert await store.read(lambda: snapshots(BASE)) == (first,)

    async def test_another_filter_that_leaves_a_few_out_is_refused(self, store: Store) -> None:
        await published(store, of(BY_SETTING))
        girls = of({"Oak": 36, "Elm": 12, "Ash": 11, "Yew": 0}, filters=(("gender", "girl"),))
        assert Refusal.DIFFERS_BY_FEW in await refused(store, girls)
        other_people = of({"Oak": 36, "Elm": 12, "Ash": 11, "Yew": 0}, base="survey:food")
        await published(store, other_people)

    async def test_no_more_than_two_dimensions_are_crossed(self, store: Store) -> None:
        cells = [(("Oak", "7", "girl"), 30), (("Oak", "8", "girl"), 40)]
        table = prepare(BASE, "Who", ("setting", "year", "gender"), cells, threshold=10)
        assert await refused(store, table) == {Refusal.TOO_MANY_DIMENSIONS}
