"""Surveys that are ready, answered through the store from the first page to the receipt."""

from __future__ import annotations

import datetime as dt
import uuid

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from surveys import answering, drafts
from surveys.building.readiness import Facts, what_is_left
from surveys.document import SurveyDocument
from surveys.drafts import NewDraft
from surveys.publishing import OpenRound, open_round, publish, rounds
from surveys.routing import path
from tests.surveys.building.drawn_surveys import forms, surveys
from voice.storage import Store

NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
READY = Facts(identity_mode="anonymous", has_help_contact=True, symbols={"sun"})


async def opened(store: Store, document: SurveyDocument) -> OpenRound:
    async def unit() -> uuid.UUID:
        version = await publish(document, today=TODAY)
        return await open_round(
            version, term="2026-autumn", identity_mode="anonymous", link=document.slug, opens_on=TODAY, closes_on=None
        )

    id = await store.write(unit)
    return next(each for each in await store.read(rounds) if each.id == id)


class TestAnySurveyThatIsReady:
    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow],
    )
    @given(document=surveys(longest=6), data=st.data())
    async def test_it_can_be_answered_and_sent(
        self, store: Store, document: SurveyDocument, data: st.DataObject
    ) -> None:
        assume(what_is_left(document, READY) == ())
        id = uuid.uuid4()
        round = await opened(store, replace(document, slug=id.hex))
        new = NewDraft(id=id, round=round.id, language="en", shared_device=False, code_hash="x", sealed_key="x")
        await store.write(lambda: drafts.begin(new, today=TODAY))
        draft = await store.read(lambda: answering.load(id, round, today=TODAY))
        asked: list[str] = []
        while question := next((q for q in path(round.document, draft.answers) if q.concept not in asked), None):
            concept = question.concept
            asked.append(concept)
            if data.draw(st.booleans(), label="skip"):
                done = await store.write(
                    lambda concept=concept: answering.skip(id, round, concept, {}, today=TODAY)  # type: ignore[misc]
                )
            else:
                form = data.draw(forms(question))
                done = await store.write(
                    lambda concept=concept, form=form: answering.answer(id, round, concept, form, today=TODAY)  # type: ignore[misc]
                )
            assert done.problem is None
            if done.thrown_away:
                return
            draft = done.draft
        assert len(asked) == len(set(asked)) <= len(round.document.questions)
        if answering.what_can_be_sent(round, draft):
            receipt = await store.write(lambda: answering.send(id, round, now=NOW, secret=b"s" * 32))
            assert receipt
