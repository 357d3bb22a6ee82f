"""Answers that are sent are stored once, whole, however many send them at once."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid

import pytest

from surveys import answering, drafts, submissions
from surveys.answers import GivenAnswer
from surveys.drafts import DraftProblem, NewDraft
from surveys.publishing import OpenRound, open_round, publish, roll_over, rounds
from surveys.submissions import OtherContent, SentAnswers
from surveys.tables import Answer, Draft, Submission, SurveyVersion
from surveys.templates import post_ehcp
from voice.languages import LANGUAGES, words
from voice.storage import Store

NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
SECRET = b"a secret of these tests"


async def an_open_round(store: Store, **changes: object) -> OpenRound:
    async def unit() -> OpenRound:
        version = await publish(post_ehcp.document(words, tuple(LANGUAGES)), today=TODAY)
        usual = {"identity_mode": "anonymous", "term": "2026-autumn", "link": "letter"}
        days = {"opens_on": dt.date(2026, 9, 1), "closes_on": None}
        id = await open_round(version, **(usual | days | changes))  # type: ignore[arg-type]
        return next(each for each in await rounds() if each.id == id)

    return await store.write(unit)


async def begun(store: Store, round: OpenRound) -> uuid.UUID:
    id = uuid.uuid4()
    new = NewDraft(id, round.id, "en", shared_device=False, code_hash=id.hex, sealed_key=id.hex)
    await store.write(lambda: drafts.begin(new, today=TODAY))
    return id


async def say(store: Store, id: uuid.UUID, round: OpenRound, concept: str, **form: str) -> answering.Answered:
    return await store.write(lambda: answering.answer(id, round, concept, form, today=TODAY))


class TestSending:
    async def test_it_stores_once_what_is_sent_many_times_at_once(self, store: Store) -> None:
        round = await an_open_round(store)
        id = await begun(store, round)
        await say(store, id, round, "plan_route", answer="annual_review")
        await say(store, id, round, "went_well", text="They rang.")
        sending = [store.write(lambda: answering.send(id, round, now=NOW, secret=SECRET)) for _ in range(12)]
        assert set(await asyncio.gather(*sending)) == {submissions.reference(id)}
        assert await store.read(Submission.count) == 1
        assert await store.read(Answer.count) == 2
        assert await store.read(Draft.count) == 0

    async def test_it_keeps_all_answers_that_are_given_at_once(self, store: Store) -> None:
        round = await an_open_round(store)
        id = await begun(store, round)
        concepts = ("kept_up_to_date", "felt_listened_to", "child_views_heard", "plan_describes_child")
        await asyncio.gather(*(say(store, id, round, concept, answer="mostly") for concept in concepts))
        draft = await store.read(lambda: answering.load(id, round, today=TODAY))
        assert set(draft.answers) == set(concepts)

    async def test_it_has_nothing_to_send_when_only_the_other_route_was_answered(self, store: Store) -> None:
        round = await an_open_round(store)
        id = await begun(store, round)
        await say(store, id, round, "plan_route", answer="annual_review")
        await say(store, id, round, "child_took_part", answer="yes")
        await store.write(lambda: answering.skip(id, round, "plan_route", {}, today=TODAY))
        with pytest.raises(answering.NothingAnswered):
            await store.write(lambda: answering.send(id, round, now=NOW, secret=SECRET))
        assert await store.read(Draft.count) == 1


class TestStoringTwice:
    async def test_it_keeps_the_first_of_two_contents_under_one_id(self, store: Store) -> None:
        round = await an_open_round(store)

        def sent(code: str) -> SentAnswers:
            answers = {"kept_up_to_date": GivenAnswer("en", code=code)}
            return SentAnswers(ID, round.id, "en", "imported", "parent_carer", "2026-11", answers)

        assert await store.write(lambda: submissions.store(sent("yes"))) == "added"
        assert await store.write(lambda: submissions.store(sent("yes"))) == "known_already"
        with pytest.raises(OtherContent):
            await store.write(lambda: submissions.store(sent("no")))
        assert [row["code"] for row in await store.read(Answer.select().run)] == ["yes"]


ID = uuid.UUID("00000000-0000-4000-8000-000000000001")


class TestDraftsOfAnotherRound:
    async def test_it_does_not_know_them(self, store: Store) -> None:
        round, other = await an_open_round(store), await an_open_round(store, link="other")
        id = await begun(store, round)
        for unit in (
            lambda: answering.load(id, other, today=TODAY),
            lambda: answering.answer(id, other, "plan_route", {"answer": "annual_review"}, today=TODAY),
            lambda: answering.send(id, other, now=NOW, secret=SECRET),
        ):
            with pytest.raises(DraftProblem) as raised:
                await store.write(unit)
            assert raised.value.code == "unknown"


class TestPublishing:
    async def test_it_makes_a_version_only_for_other_words(self, store: Store) -> None:
        document = post_ehcp.document(words, tuple(LANGUAGES))
        other = post_ehcp.document(lambda message: {"en": f"{message}."}, ("en",))
        first = await store.write(lambda: publish(document, today=TODAY))
        second = await store.write(lambda: publish(other, today=TODAY))
        assert first == await store.write(lambda: publish(document, today=TODAY)) != second
        rows = await store.read(SurveyVersion.select(SurveyVersion.number).run)
        assert sorted(row["number"] for row in rows) == [1, 2]


class TestRollingOver:
    async def test_it_moves_only_rounds_without_a_last_day(self, store: Store) -> None:
        await an_open_round(store)
        await an_open_round(store, link="short", closes_on=dt.date(2026, 12, 1))
        assert await store.write(lambda: roll_over(today=TODAY)) == 0
        assert await store.write(lambda: roll_over(today=dt.date(2027, 1, 1))) == 1
        assert await store.write(lambda: roll_over(today=dt.date(2027, 1, 2))) == 0
        found = {(each.link, each.term, each.closes_on) for each in await store.read(rounds)}
        assert found == {
            ("letter", "2027-spring", None),
            (None, "2026-autumn", dt.date(2026, 12, 31)),
            ("short", "2026-autumn", dt.date(2026, 12, 1)),
        }

    async def test_it_leaves_a_round_of_a_later_term_alone(self, store: Store) -> None:
        await an_open_round(store, term="2027-spring")
        await store.write(lambda: roll_over(today=TODAY))
        assert [each.link for each in await store.read(rounds)] == ["letter"]

    async def test_it_keeps_a_first_day_that_is_still_to_come(self, store: Store) -> None:
        await an_open_round(store, opens_on=dt.date(2027, 2, 1))
        await store.write(lambda: roll_over(today=dt.date(2027, 1, 1)))
        assert [each.opens_on for each in await store.read(rounds) if each.link] == [dt.date(2027, 2, 1)]
