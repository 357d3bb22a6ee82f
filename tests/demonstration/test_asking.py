"""The invented ledger, register and plans show what the pages of asking less are for."""

from __future__ import annotations

from surveys.asking_less import overrides, plans
from surveys.asking_less.plans import clashes
from surveys.asking_less.rules import in_force
from surveys.ledger.tables import Ask
from surveys.publishing import rounds
from tests.conftest import NOON
from voice.demonstration.asking import ADVICE, COUNCIL, NHS, load_asking
from voice.demonstration.partnership import DOMAIN
from voice.first_start import begin_with
from voice.storage import Store

TODAY = NOON.date()


class TestAsking:
    async def test_it_is_loaded_once_and_has_what_the_pages_show(self, store: Store) -> None:
        await store.write(lambda: begin_with(today=TODAY, domain=DOMAIN))
        for _ in range(2):
            await load_asking(store, secret=b"s" * 32, now=NOON)
        asks = await store.read(lambda: Ask.select(Ask.partner, Ask.asked_at, Ask.outcome))
        assert 2_000 < len(asks) < 5_000
        assert {ask["partner"] for ask in asks} == {COUNCIL, NHS, ADVICE}
        assert max(ask["asked_at"] for ask in asks) < NOON
        planned = await store.read(lambda: plans.plans(since=TODAY))
        ours = {each.survey for each in await store.read(rounds)}
        rules = (await store.read(in_force)).rules
        close = clashes(planned, gap_days=rules.smallest_gap_days)
        assert any({clash.first.survey, clash.second.survey} <= ours for clash in close)
        assert [each.state for each in await store.read(overrides.overrides)] == ["asked"]
