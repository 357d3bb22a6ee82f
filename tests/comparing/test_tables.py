"""One question by one thing or two, with small groups hidden in every table of it."""

from __future__ import annotations

import pytest

from tests.comparing.asked import asked, round_of, say, some, survey, two_surveys
from voice.comparing.tables import look
from voice.storage import Store

PUPILS = survey("pupils", "Pupils", asked("felt_listened_to", "Do people listen?"))


async def classes() -> None:
    round = await round_of(PUPILS)
    for setting, yes, no in (("Alder", 20, 20), ("Brook", 15, 25), ("Cedar", 2, 3)):
        await say(round, some(yes, no, "felt_listened_to"), mode="class", setting=setting)


class TestTables:
    async def test_it_has_no_table_before_somebody_answered(self, store: Store) -> None:
        looked = await look(store, None, "term", "")
        assert (looked.choices, looked.table) == ((), None)

    async def test_it_tells_partners_apart_as_the_ledger_has_them(self, store: Store) -> None:
        await store.write(two_surveys)
        looked = await look(store, "kept_up_to_date", "partner", "survey")
        assert looked.table
        assert [row.value for row in looked.table.rows] == ["The forum", ""]
        forum, others = looked.table.rows
        assert [cell and cell.share for cell in forum.cells] == [0.4, None, 0.4]
        assert [cell and cell.share for cell in others.cells] == [None, 0.8, 0.8]

    async def test_a_school_of_few_is_not_named_and_cannot_be_worked_out(self, store: Store) -> None:
        await store.write(classes)
        looked = await look(store, "felt_listened_to", "setting", "")
        assert looked.table
        assert "Cedar" not in {row.value for row in looked.table.rows}
        assert looked.table.left_out >= 1
        shown = [row.cells[-1] for row in looked.table.rows]
        total = looked.table.total.cells[-1]
        assert total
        if total.answered is not None:
            assert total.answered - sum(each.answered or 0 for each in shown if each) >= 10

    async def test_it_knows_its_dimensions_and_its_questions(self, store: Store) -> None:
        await store.write(classes)
        for concept, by, crossed in (("felt_listened_to", "hair", ""), ("other", "term", ""), (None, "term", "term")):
            with pytest.raises(KeyError):
                await look(store, concept, by, crossed)
