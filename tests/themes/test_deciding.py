"""People's decisions about voices: only ever added, taken back by another, and what stands follows from them."""

from __future__ import annotations

import uuid

import pytest

from tests.evidence.bank import TODAY, a_session, voice
from voice.evidence import quotes
from voice.evidence.keeping import keep
from voice.evidence.may_read import MayRead, may_read
from voice.evidence.searching import Bank, Search
from voice.evidence.tables import MachineReading, Suggestion
from voice.people import signing_in
from voice.people.roles import Role
from voice.safeguarding import worries
from voice.storage import Store
from voice.themes import coding, gain
from voice.themes.coding import Asked
from voice.themes.deciding import Choice, DecisionProblem, decide, decisions_about, undo
from voice.themes.exporting import coded_voices
from voice.themes.frames import first_frame
from voice.themes.history import state_of
from voice.themes.learning import WORTH_LEARNING, engine_now, note_reading, to_learn_from
from voice.themes.tables import VoiceCoding

TERM = "2026-autumn"
FRAME = first_frame()


class Desk:
    """Some voices with suggestions, and two people who decide about them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.voices: list[uuid.UUID] = []

    async def begin(self, *suggestions: tuple[str, float], permitted: str = "quote") -> Desk:
        async def unit() -> None:
            self.ann = await signing_in.add_member(f"ann{uuid.uuid4().hex[:6]}@x.example", Role.ANALYST)
            self.bo = await signing_in.add_member(f"bo{uuid.uuid4().hex[:6]}@x.example", Role.OFFICER)
            new = [voice(f"Words number {n}", permitted=permitted) for n, _ in enumerate(suggestions)]
            await keep(new)
            self.voices = [each.id for each in new]
            for id, (themes, sure) in zip(self.voices, suggestions, strict=True):
                await Suggestion.insert(suggested(id, themes, sure))

        await self.store.write(unit)
        return self

    async def decide(self, place: int, *themes: str, by: uuid.UUID | None = None, **more: str) -> None:
        id = self.voices[place]
        seen = await self.seen(id)
        choice = Choice(id, seen, settled=True, themes=themes, **more)
        await self.store.write(
            lambda: decide(choice, FRAME, by=by or self.ann, today=TODAY),
        )

    async def seen(self, id: uuid.UUID) -> int:
        history = (await self.store.read(lambda: decisions_about([id])))[id]
        return history[-1].place if history else 0

    async def stands(self, place: int) -> coding.CodedVoice:
        found = await self.store.read(lambda: coding.coded_voice(self.voices[place], self.reader))
        assert found is not None
        return found

    @property
    def reader(self) -> MayRead:
        return may_read(Role.ANALYST, self.ann, today=TODAY)


def suggested(id: uuid.UUID, themes: str, sure: float, engine: str = "m-1") -> Suggestion:
    return Suggestion(
        voice=id,
        engine=engine,
        themes=themes,
        confidence=sure,
        confidences=";".join(str(sure) for _ in filter(None, themes.split(";"))),
        why="; ".join(f"{each}: words" for each in filter(None, themes.split(";"))),
        outcome="themed" if themes else "none_fits",
        needs_person=True,
        sentiment="negative",
        sentiment_why="",
        urgent=False,
        urgent_why="",
    )


class TestDeciding:
    async def test_it_keeps_what_was_suggested_apart_from_what_was_decided(self, store: Store) -> None:
        desk = await Desk(store).begin(("waiting;friends", 0.4))
        await desk.decide(0, "waiting", "thanks", sentiment="mixed")
        found = await desk.stands(0)
        assert [(each.kind, each.theme_id, each.value) for each in found.history] == [
            ("sentiment", "", "mixed"),
            ("accept", "waiting", ""),
            ("add", "thanks", ""),
            ("reject", "friends", ""),
            ("settled", "", "yes"),
        ]
        assert {(each.suggested, each.engine, each.by) for each in found.history} == {
            (("waiting", "friends"), "m-1", desk.ann)
        }
        assert (found.standing.themes, found.standing.themes_by) == (("waiting", "thanks"), "person")
        assert (found.standing.sentiment, found.standing.sentiment_by) == ("mixed", "person")
        assert [each.theme_id for each in found.suggested] == ["waiting", "friends"]

    async def test_taking_back_is_a_decision_too(self, store: Store) -> None:
        desk = await Desk(store).begin(("waiting", 0.4))
        await desk.decide(0, "thanks", quotable="yes")
        await desk.decide(0)
        assert (await desk.stands(0)).standing.outcome == "none_fits"
        for themes, settled_by in ((("thanks",), "person"), (("waiting",), "machine")):
            seen = await desk.seen(desk.voices[0])
            await store.write(lambda seen=seen: undo(desk.voices[0], FRAME, seen=seen, by=desk.bo, today=TODAY))
            found = await desk.stands(0)
            assert (found.standing.themes, found.standing.themes_by) == (themes, settled_by)
        assert len(found.history) == 9, "nothing was taken out"
        assert await store.read(VoiceCoding.count) == 0
        assert state_of(found.history) is None
        with pytest.raises(DecisionProblem, match="nothing_to_undo"):
            await store.write(
                lambda: undo(desk.voices[0], FRAME, seen=found.seen, by=desk.bo, today=TODAY),
            )

    async def test_it_overwrites_nothing_that_somebody_has_not_seen(self, store: Store) -> None:
        desk = await Desk(store).begin(("waiting", 0.4))
        await desk.decide(0, "friends", by=desk.bo)
        unseen = Choice(desk.voices[0], 0, settled=True, themes=("waiting",))
        with pytest.raises(DecisionProblem) as raised:
            await store.write(lambda: decide(unseen, FRAME, by=desk.ann, today=TODAY))
        assert (raised.value.code, raised.value.last and raised.value.last.by) == ("changed_meanwhile", desk.bo)
        assert (await desk.stands(0)).standing.themes == ("friends",)

    async def test_it_takes_no_theme_that_nobody_knows(self, store: Store) -> None:
        desk = await Desk(store).begin(("waiting", 0.4))
        with pytest.raises(DecisionProblem, match="unknown_theme"):
            await desk.decide(0, "made_up")
        assert (await desk.stands(0)).history == ()

    async def test_an_urgent_voice_goes_to_the_safeguarding_lead_once(self, store: Store) -> None:
        desk = await Desk(store).begin(("", 0.4), ("", 0.4))
        await desk.decide(0, urgent="yes")
        await desk.decide(0, "waiting", urgent="yes")
        await desk.decide(1, urgent="no")
        told = await store.read(worries.waiting)
        assert [(each.way, each.source) for each in told] == [("staff", "drop_box")]

    async def test_search_and_quotes_follow(self, store: Store) -> None:
        desk = await Desk(store).begin(("waiting", 0.4))
        bank = Bank(store)
        for theme, n in (("waiting", 1), ("friends", 0)):
            assert (await bank.search(Search(theme=theme), desk.reader, today=TODAY)).total == n
        await desk.decide(0, "friends")
        for theme, n in (("waiting", 0), ("friends", 1)):
            assert (await bank.search(Search(theme=theme), desk.reader, today=TODAY)).total == n
        _, (quotable,) = await store.read(
            lambda: quotes.listed(quotes.Wanted(TERM, "unread"), today=TODAY, start=0, most=5)
        )
        assert (quotable.standing.themes, quotable.standing.themes_by) == (("friends",), "person")


class TestLists:
    async def test_the_least_sure_come_first_and_lists_tell_them_apart(self, store: Store) -> None:
        desk = await Desk(store).begin(("waiting", 0.9), ("kept_in_touch", 0.2), ("", 0.5), ("waiting", 0.3))

        async def ids(**asked: str) -> list[int]:
            found = await store.read(
                lambda: coding.listed(Asked(TERM, **asked), desk.reader, desk.ann, start=0, most=9)  # type: ignore[arg-type]
            )
            assert found[0] == len(found[1])
            return [desk.voices.index(each.id) for each in found[1]]

        assert await ids() == [1, 3, 2, 0]
        assert await ids(theme="waiting") == [3, 0]
        assert await ids(theme="keptXinXtouch") == []
        assert await ids(which="none_fits") == [2]
        await desk.decide(1, "waiting", quotable="yes")
        await desk.decide(3, urgent="yes", by=desk.bo)
        assert await ids() == [2, 0]
        assert await ids(theme="waiting") == [0]
        assert await ids(which="all", theme="waiting") == [0, 1]
        assert await ids(which="mine") == [1]
        assert sorted(await ids(which="settled")) == [1, 3]
        assert await ids(which="urgent") == [3]
        assert await ids(which="quotable") == [1]
        assert sorted(await ids(which="none_fits")) == [2, 3]
        assert await ids(which="all", kind="parent_carer") == []

    async def test_nobody_decides_about_what_they_may_not_read(self, store: Store) -> None:
        desk = await Desk(store).begin(("waiting", 0.9), permitted="count")
        await store.write(lambda: a_session(desk.bo))
        for reader in (desk.reader, may_read(Role.LEAD, desk.ann, today=TODAY)):
            assert await store.read(lambda reader=reader: coding.coded_voice(desk.voices[0], reader)) is None
        assert (await store.read(lambda: gain.terms(desk.reader))) == ()
        rows = [
            row
            async for batch in coded_voices(TERM, desk.reader, lambda m: {"en": m}, today=TODAY).rows
            for row in batch
        ]
        assert [("text" in row.values, row.values["themes"]) for row in rows] == [(False, "waiting")]


class TestTheGain:
    async def test_it_tells_how_far_a_term_is_and_how_sure(self, store: Store) -> None:
        desk = await Desk(store).begin(("waiting", 0.5), ("waiting", 0.25), ("waiting", 0.25), ("waiting", 0.0))
        engine = await store.read(engine_now)

        async def first_reading() -> None:
            await Suggestion.update({Suggestion.engine: engine.name}, force=True)
            await note_reading(engine)

        await store.write(first_reading)
        await desk.decide(3, "waiting")
        await desk.decide(2, "friends")
        (term,) = await store.read(lambda: gain.terms(desk.reader))
        assert (term.voices, term.settled, term.urgent, term.unread) == (4, 2, 0, 0)
        assert (round(term.sure, 4), term.start) == (0.6875, 0.25)
        told = await store.read(lambda: gain.gain(TERM))
        assert (told.first, told.last, told.learned_from) == (gain.Told(1, 2), None, 0)

    async def test_only_what_it_said_before_it_was_told_counts(self, store: Store) -> None:
        desk = await Desk(store).begin(*[("waiting", 0.5)] * 3)
        await desk.decide(0, "friends")

        async def learned() -> None:
            await Suggestion.update({Suggestion.themes: "friends"}, force=True)

        await store.write(learned)
        await desk.decide(0, "friends", "thanks")
        await desk.decide(1, "friends")
        await desk.decide(2, "thanks")
        seen = await desk.seen(desk.voices[2])
        await store.write(lambda: undo(desk.voices[2], FRAME, seen=seen, by=desk.ann, today=TODAY))
        history = await store.read(lambda: decisions_about(desk.voices))
        together = sorted((each for of_one in history.values() for each in of_one), key=lambda each: each.place)
        assert gain.first_time_right(together) == [False, True]


class TestLearning:
    async def test_it_learns_anew_after_25_more_decisions(self, store: Store) -> None:
        desk = await Desk(store).begin(*[("waiting", 0.5)] * (WORTH_LEARNING + 2))
        first = await store.read(engine_now)
        for place in range(WORTH_LEARNING - 1):
            await desk.decide(place, "friends")
        assert (await store.read(engine_now)).name == first.name
        await desk.decide(WORTH_LEARNING - 1)
        learned = await store.read(engine_now)
        assert learned.learned_from == WORTH_LEARNING
        assert learned.name != first.name
        labels = await store.read(lambda: to_learn_from(WORTH_LEARNING))
        assert sorted({each.themes for each in labels}) == ["", "friends"]
        await store.write(lambda: read_by(learned.name))
        await store.write(lambda: note_reading(learned))
        await desk.decide(WORTH_LEARNING)
        assert (await store.read(engine_now)).name == learned.name, "one more is not worth it"
        readings = await store.read(lambda: MachineReading.select())
        assert [(each["learned_from"], each["voices"]) for each in readings] == [(WORTH_LEARNING, 2)]


async def read_by(engine: str) -> None:
    await Suggestion.update({Suggestion.engine: engine}, force=True)
