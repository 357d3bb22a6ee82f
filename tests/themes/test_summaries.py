"""Summaries of themes: every number counted right, no words but those a person released, and small groups hidden."""

from __future__ import annotations

import uuid

import msgspec
import pytest

from tests.evidence.bank import TODAY
from tests.themes.said import an_analyst, many, released, said
from voice.evidence.forgetting import forget
from voice.storage import Store
from voice.themes import excerpts, headings, summaries
from voice.themes.building import Built, build, to_propose
from voice.themes.heard import heard
from voice.themes.numbers import Count
from voice.themes.proposing import propose
from voice.themes.summaries import Chosen, Draft, SummaryProblem
from voice.themes.tables import FrameChange, FrameVersion, VoiceCoding

TERM = "2026-autumn"


async def built(store: Store, theme: str = "waiting") -> Built:
    made = await store.read(lambda: build(TERM, theme, today=TODAY))
    assert made is not None
    return made.built


class TestNumbers:
    async def test_it_counts_people_in_their_own_words_and_hides_few(self, store: Store) -> None:
        one = uuid.uuid4()

        async def unit() -> None:
            await many(11, "We waited {n} months.", "waiting")
            await said("It took so long.", "waiting", person=one)
            await said("And they never rang.", "waiting", "kept_in_touch", person=one)
            await many(10, "The school was kind {n}.", "school_welcome", sentiment="positive", respondent_kind="school")
            await many(3, "He waited {n}.", "waiting", said_by="proxy")
            await many(2, "We waited {n} years then.", "waiting", said_on="2026-05")

        await store.write(unit)
        found = (await built(store)).numbers
        assert (found.people, found.of) == (12, 22)
        assert found.kinds == (Count("parent_carer", 12),)
        assert found.apart == (Count("proxy", None),)
        assert found.feels == "negative"
        assert {each.key: each.people for each in found.feelings} == {"positive": 0, "negative": 12, "neither": 0}
        assert (found.sureness.voices, found.sureness.confirmed, found.sureness.expected) == (16, 0, pytest.approx(0.8))
        assert found.before is not None
        assert (found.before.way, found.before.people) == ("too_few", None)
        one_of_them = (await store.read(lambda: heard(TERM, today=TODAY)))[0]
        assert msgspec.structs.replace(one_of_them, sure="").sure_of("waiting") == one_of_them.standing.confidence
        few = (await built(store, "kept_in_touch")).numbers
        assert (few.people, few.of, few.kinds, few.feelings) == (None, None, (), ())

    async def test_what_a_person_decided_counts(self, store: Store) -> None:
        async def unit() -> None:
            by = await an_analyst()
            ids = await many(12, "We waited {n} months.", "waiting")
            for id in ids[:2]:
                row = VoiceCoding(
                    voice=id,
                    themes="thanks",
                    sentiment="",
                    urgent="",
                    quotable="",
                    settled=True,
                    frame=0,
                    decided_by=by,
                    decided_on=TODAY,
                )
                await VoiceCoding.insert(row)
            await VoiceCoding.insert(
                VoiceCoding(
                    voice=ids[2],
                    themes="waiting",
                    sentiment="positive",
                    urgent="",
                    quotable="",
                    settled=True,
                    frame=0,
                    decided_by=by,
                    decided_on=TODAY,
                )
            )

        await store.write(unit)
        found = (await built(store)).numbers
        assert (found.people, found.sureness.voices, found.sureness.confirmed) == (10, 10, 1)
        assert found.feelings == (), "one who is positive, of ten, cannot be hidden beside the ten"

    async def test_it_tells_a_change_only_when_it_cannot_be_chance(self, store: Store) -> None:
        async def unit() -> None:
            await many(40, "We waited {n}.", "waiting")
            await many(20, "Thank you {n}.", "thanks", sentiment="positive")
            await many(12, "We waited {n} then.", "waiting", said_on="2026-05")
            await many(48, "Thanks {n} then.", "thanks", said_on="2026-05")

        await store.write(unit)
        before = (await built(store)).numbers.before
        assert before is not None
        assert (before.way, before.people, before.of, before.term) == ("up", 12, 60, "2026-summer")
        assert before.low is not None
        assert before.low > 0.25
        assert ((await built(store, "thanks")).numbers.before or before).way == "down"

        async def recut() -> None:
            by = await an_analyst()
            row = FrameVersion(number=1, state="in_use", themes="[]", note="", made_by=by, made_on=TODAY)
            await FrameVersion.insert(row)
            await FrameChange.insert(
                FrameChange(
                    id=uuid.uuid4(),
                    version=1,
                    position=0,
                    kind="split",
                    before="waiting",
                    after="waiting;late",
                    breaks=True,
                    note="",
                    step="{}",
                )
            )

        await store.write(recut)
        broken = await built(store)
        assert broken.numbers.before is not None
        assert (broken.numbers.before.way, len(broken.breaks)) == ("broken", 1)


class TestSentences:
    async def test_it_proposes_only_what_may_be_quoted_and_the_sentence_about_the_theme(self, store: Store) -> None:
        async def unit() -> None:
            await many(9, "We waited {n} months for a plan. The school is fine.", "waiting")
            await said("The plan came in two weeks and that was quick.", "waiting", sentiment="positive", score=0.9)
            await said("We waited in a way that nobody may quote.", "waiting", permitted="read")

        await store.write(unit)
        made = await store.read(lambda: build(TERM, "waiting", today=TODAY))
        assert made is not None
        asked = await store.read(lambda: to_propose(made, ()))
        assert len(asked.sentences) == 10
        assert {each.text for each in asked.sentences if "months" in each.text} == {
            f"We waited {n} months for a plan." for n in range(9)
        }
        proposed = propose(asked).unreleased
        by_voice = {each.voice: each.text for each in asked.sentences}
        assert "months" in by_voice[proposed.central[0]]
        assert [by_voice[each] for each in proposed.disagrees] == ["The plan came in two weeks and that was quick."]

    async def test_words_go_with_the_quote_and_with_the_voice(self, store: Store) -> None:
        text, shown = "Ann Lee rang us, then we waited. It was bad.", "[name] rang us, then we waited. It was bad."

        async def unit() -> uuid.UUID:
            id = await said(text, "waiting")
            await released(id, shown, by=await an_analyst())
            return id

        id = await store.write(unit)

        async def found() -> dict[uuid.UUID, excerpts.Released]:
            return await excerpts.released([id], today=TODAY)

        made = await store.read(lambda: build(TERM, "waiting", today=TODAY))
        assert made is not None
        quote = (await store.read(found))[id]
        place = excerpts.sentence_of(quote, made.mentions[id])
        words = excerpts.shown(place, {id: quote})
        assert words is not None
        assert words.text == "[name] rang us, then we waited."
        await store.write(lambda: forget([id]))
        assert excerpts.shown(place, await store.read(found)) is None


class TestReleasing:
    async def test_a_later_release_takes_its_place_and_the_first_stays(self, store: Store) -> None:
        async def first() -> uuid.UUID:
            await many(10, "We waited {n}.", "waiting")
            return await an_analyst()

        by = await store.write(first)
        numbers = await built(store)
        with pytest.raises(SummaryProblem, match="not_released"):
            await store.write(lambda: summaries.release(TERM, "waiting", numbers, frame=0, by=by, today=TODAY))
        for promise in ("We will ring.", "We rang."):
            await store.write(
                lambda promise=promise: summaries.keep_draft(TERM, "waiting", Draft(promised=promise), frame=0)  # type: ignore[misc]
            )
            numbers = await built(store)
            await store.write(
                lambda numbers=numbers: summaries.release(TERM, "waiting", numbers, frame=0, by=by, today=TODAY)  # type: ignore[misc]
            )
            await store.write(lambda: many(5, "We waited again {n}.", "waiting"))  # type: ignore[arg-type, return-value]
        history = await store.read(lambda: summaries.history_of(TERM, "waiting"))
        assert [(each.number, each.promised, each.built.numbers.people, each.role) for each in history] == [
            (2, "We rang.", 15, "analyst"),
            (1, "We will ring.", 10, "analyst"),
        ]
        assert [each.number for each in await store.read(summaries.newest)] == [2]
        assert await store.read(lambda: summaries.draft_of(TERM, "waiting")) is None

    async def test_it_releases_nothing_of_nine_people(self, store: Store) -> None:
        async def unit() -> uuid.UUID:
            await many(9, "We waited {n}.", "waiting")
            await summaries.keep_draft(TERM, "waiting", Draft(), frame=0)
            return await an_analyst()

        by = await store.write(unit)
        numbers = await built(store)
        with pytest.raises(SummaryProblem, match="too_few_people"):
            await store.write(lambda: summaries.release(TERM, "waiting", numbers, frame=0, by=by, today=TODAY))

    def test_it_takes_one_quote_for_each_place(self) -> None:
        one = excerpts.Excerpt(uuid.uuid4(), 0, 4, "x")
        with pytest.raises(SummaryProblem, match="two_for_one_place"):
            summaries.checked(Draft((Chosen("positive", one), Chosen("positive", one))))
        with pytest.raises(SummaryProblem, match="too_many_sentences"):
            summaries.checked(Draft((Chosen("says", one),) * 6))


class TestHeadings:
    async def test_it_files_under_headings_of_ours_and_of_their_own(self, store: Store) -> None:
        async def unit() -> tuple[headings.Framework, ...]:
            await headings.file_under("self_evaluation", "needs_found_in_time", {"waiting", "thanks"})
            await headings.add_heading("Our pledges", "We ring back")
            await headings.file_under("Our pledges", "We ring back", {"waiting"})
            await headings.file_under("self_evaluation", "needs_found_in_time", {"waiting"})
            return await headings.frameworks()

        found = await store.write(unit)
        assert [each.code for each in found] == ["self_evaluation", "outcomes", "i_statements", "Our pledges"]
        assert headings.headings_of("waiting", found) == (
            ("self_evaluation", "needs_found_in_time"),
            ("Our pledges", "We ring back"),
        )
        assert headings.headings_of("thanks", found) == ()
        await store.write(lambda: headings.file_under("Our pledges", "We ring back", set()))
        assert (await store.read(headings.frameworks))[-1].headings == (headings.Heading("We ring back", (), True),)
        await store.write(lambda: headings.remove_heading("Our pledges", "We ring back"))
        assert [each.code for each in await store.read(headings.frameworks)][-1] == "i_statements"
        with pytest.raises(headings.HeadingProblem):
            await store.write(lambda: headings.add_heading("", "x"))
