"""Words that several people sent nearly alike: one decision for all of them, and counted once."""

from __future__ import annotations

import uuid

import pytest

from analysis.campaigns import FEWEST_WORDS
from tests.evidence.bank import TODAY
from tests.themes.said import an_analyst, many, said
from voice.evidence.forgetting import forget
from voice.evidence.may_read import may_read
from voice.findings.of_term import findings
from voice.people.roles import Role
from voice.storage import Store
from voice.themes import campaigns, coding, copies, gain
from voice.themes.building import build
from voice.themes.coding import Asked, CodedVoice
from voice.themes.copies import look_for_campaigns
from voice.themes.deciding import Choice, DecisionProblem, decide, undo
from voice.themes.exporting import coded_voices
from voice.themes.frames import first_frame
from voice.themes.learning import to_learn_from

TERM = "2026-autumn"
FRAME = first_frame()
LETTER = "Please keep the speech therapy group at the library open, because {n} children need it every week."


class Post:
    """Twelve copies of one letter, and other voices beside them."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def begin(self, others: int = 11) -> Post:
        async def unit() -> None:
            self.analyst = await an_analyst()
            self.copies = await many(12, LETTER, "waiting")
            self.others = await many(others, "We waited {n} months.", "waiting")
            await said("The bus is late.", "getting_there")
            one = uuid.uuid4()
            await many(3, "One person pressed the button three times, for they heard nothing.", "waiting", person=one)

        await self.store.write(unit)
        assert copies.FEWEST_WORDS == FEWEST_WORDS
        assert await look_for_campaigns(self.store) == 1
        assert await look_for_campaigns(self.store) == 0
        return self

    async def listed(self) -> tuple[coding.Listed, ...]:
        reader = may_read(Role.ANALYST, self.analyst, today=TODAY)
        asked = Asked(TERM)
        total, found = await self.store.read(lambda: coding.listed(asked, reader, self.analyst, start=0, most=50))
        assert total == len(found)
        return found

    async def voice(self, id: uuid.UUID) -> CodedVoice:
        reader = may_read(Role.ANALYST, self.analyst, today=TODAY)
        found = await self.store.read(lambda: coding.coded_voice(id, reader))
        assert found is not None
        return found

    async def decide(self, id: uuid.UUID, *themes: str) -> None:
        choice = Choice(id, (await self.voice(id)).seen, settled=True, themes=themes, quotable="yes")
        await self.store.write(lambda: decide(choice, FRAME, by=self.analyst, today=TODAY))


class TestDeciding:
    async def test_one_decision_holds_for_all_and_is_taken_back_at_once(self, store: Store) -> None:
        post = await Post(store).begin(1)
        line = next(each for each in await post.listed() if each.people > 1)
        assert (line.id in post.copies, line.people, len(await post.listed())) == (True, 12, 6)
        opened = await post.voice(line.id)
        assert opened.campaign is not None
        assert (opened.campaign.voices, {each.voice for each in opened.campaign.copies}) == (12, set(post.copies))

        await post.decide(post.copies[5], "friends")
        stand = [await post.voice(id) for id in post.copies]
        assert {(each.standing.themes, each.standing.themes_by) for each in stand} == {(("friends",), "person")}
        assert [each.quotable for each in stand].count(True) == 1, "a quote is of one person"
        (term,) = await store.read(lambda: gain.terms(may_read(Role.ANALYST, post.analyst, today=TODAY)))
        assert (term.settled, term.voices) == (1, 6)
        assert (await store.read(lambda: gain.gain(TERM))).first == gain.Told(0, 1)
        assert len(await store.read(lambda: to_learn_from(99))) == 1

        other = await post.voice(post.copies[0])
        await store.write(lambda: undo(other.id, FRAME, seen=other.seen, by=post.analyst, today=TODAY))
        assert {(await post.voice(id)).standing.themes_by for id in post.copies} == {"machine"}
        late = Choice(post.copies[3], stand[3].seen, settled=True, themes=("friends",))
        with pytest.raises(DecisionProblem) as raised:
            await store.write(lambda: decide(late, FRAME, by=post.analyst, today=TODAY))
        assert raised.value.code == "changed_meanwhile"

    async def test_one_that_is_different_is_taken_out(self, store: Store) -> None:
        post = await Post(store).begin(1)
        first = next(each.id for each in await post.listed() if each.people > 1)
        await store.write(lambda: campaigns.take_out(first))
        assert (await post.voice(first)).is_apart
        assert [each.people for each in await post.listed() if each.people > 1] == [11]
        await post.decide(first, "friends")
        assert (await post.voice(post.copies[-1 if first != post.copies[-1] else 0])).standing.themes == ("waiting",)
        stands_for_all = next(each.id for each in await post.listed() if each.people > 1)
        await store.write(lambda: forget([stands_for_all]))
        assert [each.people for each in await post.listed() if each.people > 1] == [10]
        await look_for_campaigns(store)
        assert [each.people for each in await post.listed() if each.people > 1] == [10]


class TestCounting:
    async def test_it_counts_once_says_so_and_gives_no_small_number_away(self, store: Store) -> None:
        post = await Post(store).begin(9)
        making = await store.read(lambda: build(TERM, "waiting", today=TODAY))
        assert making is not None
        told = making.built.numbers
        assert (told.people, told.of, told.campaigns, told.sureness.voices) == (11, 12, (12,), 13)
        lead = await findings(store, None, today=TODAY)
        assert lead is not None
        (waiting,) = [each for each in lead.themes if each.theme_id == "waiting"]
        assert (waiting.n, lead.written.people, lead.written.comments) == (11, 12, 14)
        assert [(each.people, [id for id, _ in each.themes]) for each in lead.campaigns] == [(12, ["waiting"])]

        await store.write(lambda: forget(post.others[:1]))
        making = await store.read(lambda: build(TERM, "waiting", today=TODAY))
        assert making is not None
        assert making.built.numbers.people is None, "nine people beside the campaign would be known"

    async def test_the_file_says_which_belong_together(self, store: Store) -> None:
        post = await Post(store).begin(1)
        reader = may_read(Role.ANALYST, post.analyst, today=TODAY)
        table = coded_voices(TERM, reader, lambda m: {"en": m}, today=TODAY)
        rows = [row.values async for batch in table.rows for row in batch]
        firsts = {row["campaign"] for row in rows if "campaign" in row}
        assert (len(rows), len(firsts)) == (17, 1)
        assert sorted(str(row["voice"]) for row in rows if "campaign" in row) == sorted(map(str, post.copies))
