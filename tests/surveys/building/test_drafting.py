from __future__ import annotations

import datetime as dt
import uuid

import pytest
from msgspec.structs import replace

from surveys.building import drafting, starting
from surveys.building.drafting import Change, NotNow, SavedMeanwhile, SurveyDraftState
from surveys.building.rounds import CannotOpen, RoundChoice, close, open_chosen, published
from surveys.building.starting import slug_of
from surveys.document import SurveyDocument
from surveys.tables import SurveyDraftChange
from tests.surveys.building.drawn_surveys import question_of, said, survey_of
from voice.storage import Store

NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
AMAL, BEA = uuid.uuid4(), uuid.uuid4()
DOCUMENT = survey_of(question_of("yes_no", 1), question_of("free_text", 2))


async def begun(store: Store, document: SurveyDocument = DOCUMENT) -> SurveyDraftState:
    return await store.write(lambda: drafting.begin(document, based_on="empty", by=AMAL, now=NOW))


async def saved(store: Store, draft: SurveyDraftState, title: str, by: uuid.UUID = AMAL) -> SurveyDraftState:
    document = replace(draft.document, title=said(title))
    change = Change("settings", "", {"title": draft.document.title["en"]}, {"title": title})
    return await store.write(lambda: drafting.save(draft, document, change, by=by, now=NOW))


class TestSaving:
    async def test_it_counts_revisions_and_remembers_each(self, store: Store) -> None:
        draft = await saved(store, await saved(store, await begun(store), "Second"), "Third", by=BEA)
        assert draft.revision == 3
        assert draft.changed_by == BEA
        history = await store.read(lambda: drafting.changes(draft.id))
        assert [(each.revision, each.by, each.change.after.get("title")) for each in history] == [
            (3, BEA, "Third"),
            (2, AMAL, "Second"),
            (1, AMAL, None),
        ]

    async def test_it_stores_nothing_when_nothing_changed(self, store: Store) -> None:
        draft = await begun(store)
        again = await store.write(lambda: drafting.save(draft, draft.document, Change("settings"), by=BEA, now=NOW))
        assert again == draft
        assert len(await store.read(lambda: drafting.changes(draft.id))) == 1

    async def test_it_never_saves_over_somebody_else(self, store: Store) -> None:
        draft = await begun(store)
        await saved(store, draft, "Theirs", by=BEA)
        with pytest.raises(SavedMeanwhile) as meanwhile:
            await saved(store, draft, "Mine")
        assert [(each.by, each.change.after["title"]) for each in meanwhile.value.since] == [(BEA, "Theirs")]
        now = await store.read(lambda: drafting.load(draft.id))
        assert now.document.title == said("Theirs")
        assert now.revision == 2

    async def test_it_notices_by_the_revision_of_the_page(self, store: Store) -> None:
        draft = await begun(store)
        await saved(store, draft, "Theirs", by=BEA)
        with pytest.raises(SavedMeanwhile):
            await store.read(lambda: drafting.load_at(draft.id, 1))
        assert (await store.read(lambda: drafting.load_at(draft.id, 2))).revision == 2

    async def test_it_keeps_what_was_changed_for_good(self, store: Store) -> None:
        draft = await begun(store)

        async def rewrite() -> None:
            await SurveyDraftChange.update({SurveyDraftChange.before: "{}"}).where(SurveyDraftChange.draft == draft.id)

        async def delete() -> None:
            await SurveyDraftChange.delete().where(SurveyDraftChange.draft == draft.id)

        for forbidden in (rewrite, delete):
            with pytest.raises(Exception, match="never"):
                await store.write(forbidden)
        assert len(await store.read(lambda: drafting.changes(draft.id))) == 1

    async def test_it_writes_one_draft_of_a_survey_at_a_time(self, store: Store) -> None:
        draft = await begun(store)
        other = await begun(store, replace(DOCUMENT, title=said("Another beginning")))
        assert other.id == draft.id
        assert (await begun(store, replace(DOCUMENT, slug="another"))).id != draft.id


class TestReview:
    async def test_it_is_published_by_another_person(self, store: Store) -> None:
        draft = await begun(store)
        asked = await store.write(lambda: drafting.ask_for_review(draft, by=AMAL, now=NOW))
        with pytest.raises(NotNow, match="own_review"):
            await store.write(lambda: drafting.approve(asked, by=AMAL, alone=False, now=NOW))
        done = await store.write(lambda: drafting.approve(asked, by=BEA, alone=False, now=NOW))
        assert done.stage == "published"
        assert await store.read(drafting.drafts) == []
        [survey] = await store.read(published)
        assert survey.version == done.version
        assert survey.document == DOCUMENT

    async def test_it_is_published_by_somebody_else_than_who_wrote_last(self, store: Store) -> None:
        draft = await saved(store, await begun(store), "Second", by=BEA)
        asked = await store.write(lambda: drafting.ask_for_review(draft, by=AMAL, now=NOW))
        with pytest.raises(NotNow, match="own_words"):
            await store.write(lambda: drafting.approve(asked, by=BEA, alone=False, now=NOW))
        back = await store.write(lambda: drafting.take_back(asked, by=AMAL, now=NOW))
        asked = await store.write(lambda: drafting.ask_for_review(back, by=BEA, now=NOW))
        done = await store.write(lambda: drafting.approve(asked, by=AMAL, alone=False, now=NOW))
        assert done.stage == "published"

    async def test_it_can_be_done_alone_by_somebody_who_is(self, store: Store) -> None:
        draft = await begun(store)
        asked = await store.write(lambda: drafting.ask_for_review(draft, by=AMAL, now=NOW))
        done = await store.write(lambda: drafting.approve(asked, by=AMAL, alone=True, now=NOW))
        assert done.stage == "published"

    async def test_it_changes_nothing_while_it_lasts(self, store: Store) -> None:
        draft = await begun(store)
        asked = await store.write(lambda: drafting.ask_for_review(draft, by=AMAL, now=NOW))
        with pytest.raises(NotNow, match="in_review"):
            await saved(store, asked, "Another")
        back = await store.write(lambda: drafting.take_back(asked, by=BEA, now=NOW))
        assert (await saved(store, back, "Another")).document.title == said("Another")

    async def test_it_approves_nothing_that_was_not_asked_for(self, store: Store) -> None:
        draft = await begun(store)
        with pytest.raises(NotNow, match="not_in_review"):
            await store.write(lambda: drafting.approve(draft, by=BEA, alone=False, now=NOW))

    async def test_it_begins_anew_with_what_is_published(self, store: Store) -> None:
        draft = await begun(store)
        asked = await store.write(lambda: drafting.ask_for_review(draft, by=AMAL, now=NOW))
        await store.write(lambda: drafting.approve(asked, by=BEA, alone=False, now=NOW))
        second = await begun(store, replace(DOCUMENT, title=said("Second version")))
        assert second.id != draft.id
        asked = await store.write(lambda: drafting.ask_for_review(second, by=AMAL, now=NOW))
        await store.write(lambda: drafting.approve(asked, by=BEA, alone=False, now=NOW))
        [survey] = await store.read(published)
        assert survey.number == 2

    async def test_it_offers_the_text_that_was_published_last(self, store: Store) -> None:
        other = replace(DOCUMENT, title=said("Another text"))
        for hour, document in enumerate((DOCUMENT, other, DOCUMENT)):
            now = NOW + dt.timedelta(hours=hour)
            draft = await store.write(
                lambda document=document, now=now: drafting.begin(document, based_on="empty", by=AMAL, now=now)  # type: ignore[misc]
            )
            asked = await store.write(lambda draft=draft, now=now: drafting.ask_for_review(draft, by=AMAL, now=now))  # type: ignore[misc]
            await store.write(
                lambda asked=asked, now=now: drafting.approve(asked, by=BEA, alone=False, now=now)  # type: ignore[misc]
            )
        [survey] = await store.read(published)
        assert (survey.number, survey.document) == (1, DOCUMENT)
        assert await store.read(starting.published) == [DOCUMENT]


class TestReasons:
    async def test_it_counts_the_last_reason(self, store: Store) -> None:
        draft = await begun(store)
        for minute, reason in enumerate(("First", "Second")):
            later = NOW + dt.timedelta(minutes=minute)
            await store.write(
                lambda reason=reason, later=later: drafting.give_reason(draft.id, "digest", reason, by=BEA, now=later)  # type: ignore[misc]
            )
        [(digest, reason)] = (await store.read(lambda: drafting.reasons(draft.id))).items()
        assert (digest, reason.reason, reason.by) == ("digest", "Second", BEA)


class TestRounds:
    async def version(self, store: Store) -> uuid.UUID:
        draft = await begun(store)
        asked = await store.write(lambda: drafting.ask_for_review(draft, by=AMAL, now=NOW))
        done = await store.write(lambda: drafting.approve(asked, by=BEA, alone=False, now=NOW))
        assert done.version is not None
        return done.version

    async def test_it_opens_and_closes(self, store: Store) -> None:
        today = NOW.date()
        choice = RoundChoice(await self.version(store), "2026-autumn", "confidential", today, None)
        id = await store.write(lambda: open_chosen(choice, link="link", today=today))
        [survey] = await store.read(published)
        assert [(each.id, each.link, each.closes_on) for each in survey.rounds] == [(id, "link", None)]
        assert await store.write(lambda: close(id, today=today))
        [survey] = await store.read(published)
        assert survey.rounds[0].closes_on == today - dt.timedelta(days=1)
        assert not await store.write(lambda: close(id, today=today)), "it is closed already"

    async def test_it_opens_nothing_in_the_past(self, store: Store) -> None:
        choice = RoundChoice(await self.version(store), "2026-summer", "anonymous", NOW.date(), None)
        with pytest.raises(CannotOpen, match="past_term"):
            await store.write(lambda: open_chosen(choice, link="link", today=NOW.date()))


class TestSlugs:
    def test_it_makes_a_name_of_the_title(self) -> None:
        assert slug_of("How was it? – Été", set()) == "how-was-it-ete"
        assert slug_of("How was it?", {"how-was-it", "how-was-it-2"}) == "how-was-it-3"
        assert slug_of("آپ کیسے ہیں؟", set()) == "survey"
        assert len(slug_of("word " * 100, set())) <= 60


class TestDiscarding:
    async def test_it_leaves_the_list_and_keeps_its_history(self, store: Store) -> None:
        draft = await begun(store)
        gone = await store.write(lambda: drafting.discard(draft, by=BEA, now=NOW))
        assert await store.read(drafting.drafts) == []
        assert [each.change.what for each in await store.read(lambda: drafting.changes(gone.id))] == [
            "discarded",
            "began",
        ]
        with pytest.raises(NotNow, match="discarded"):
            await saved(store, gone, "Another")
        assert (await begun(store)).id != draft.id

    async def test_it_discards_nothing_that_somebody_looks_at(self, store: Store) -> None:
        draft = await begun(store)
        asked = await store.write(lambda: drafting.ask_for_review(draft, by=AMAL, now=NOW))
        with pytest.raises(NotNow, match="in_review"):
            await store.write(lambda: drafting.discard(asked, by=BEA, now=NOW))
