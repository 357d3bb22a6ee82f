"""A bank begins with what our own surveys ask, and follows them where nobody has changed a word."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import msgspec

from surveys.bank import changing, reading
from surveys.bank.concepts import Concept, Wording, question_of
from surveys.bank.headings import FILED_UNDER, FRAMEWORK
from surveys.bank.seeding import Seeded, seed
from surveys.document import Option, Question, SurveyDocument, Words
from surveys.templates import TEMPLATES, post_ehcp
from voice.first_start import own_surveys
from voice.languages import LANGUAGES
from voice.storage import Store

NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)


def say(*languages: str) -> Callable[[str], Words]:
    """Words that are put into these languages."""
    return lambda message: {"en": message, **{code: f"{message} ({code})" for code in languages}}


def survey(*questions: Question, **changes: object) -> SurveyDocument:
    whole = post_ehcp.document(say(), ("en",))
    return msgspec.structs.replace(whole, questions=questions, **changes)


async def seeded(store: Store, *documents: SurveyDocument) -> Seeded:
    return await store.write(lambda: seed(documents, now=NOW))


async def in_bank(store: Store, code: str) -> Concept:
    found = await store.read(lambda: reading.concept(code))
    assert found is not None
    return found


def listened(words: Callable[[str], Words], title: str = "Did we listen?", **changes: object) -> Question:
    options = (Option("yes", "yes", words("Yes")), Option("no", "no", words("No")))
    question = Question("listened", "single_choice", "listen", words(title), words("Think."), options)
    return msgspec.structs.replace(question, **changes)


class TestOurOwnSurveys:
    async def test_it_holds_every_question_of_each_in_every_language(self, store: Store) -> None:
        every = [template(say(*LANGUAGES), tuple(LANGUAGES)) for template in TEMPLATES.values()]
        outcome = await seeded(store, *every)
        assert outcome.at_odds == ()
        for document in every:
            for question in document.questions:
                concept = await in_bank(store, question.concept)
                assert document.audience in concept.audiences
                asked = question_of(concept, document.edition, tuple(LANGUAGES))
                assert set(asked.title) == set(LANGUAGES)
                assert [option.code for option in asked.options] == [option.code for option in question.options]

    async def test_it_files_only_questions_that_there_are(self) -> None:
        asked = {question.concept for document in own_surveys() for question in document.questions}
        assert asked >= set(FILED_UNDER)
        assert {heading for headings in FILED_UNDER.values() for heading in headings} == set(FRAMEWORK)

    async def test_it_agrees_on_what_each_concept_means(self, store: Store) -> None:
        assert (await seeded(store, *own_surveys())).at_odds == ()

    async def test_it_changes_nothing_when_it_is_done_again(self, store: Store) -> None:
        first = await seeded(store, *own_surveys())
        before = await store.read(lambda: reading.concepts(retired=True))
        assert first.added == len(before) > 11
        assert await seeded(store, *own_surveys()) == Seeded(0, 0, ())
        assert await store.read(lambda: reading.concepts(retired=True)) == before


class TestFollowingTheSurveys:
    async def test_it_adds_a_language_that_came_later(self, store: Store) -> None:
        await seeded(store, survey(listened(say("pl"))))
        assert await seeded(store, survey(listened(say("pl", "so")))) == Seeded(0, 1, ())
        assert (await in_bank(store, "listened")).languages("easy_read") == {"en", "pl", "so"}

    async def test_it_takes_over_a_corrected_translation(self, store: Store) -> None:
        await seeded(store, survey(listened(say("pl"))))
        corrected = {"en": "Did we listen?", "pl": "Czy słuchaliśmy?"}
        await seeded(store, survey(msgspec.structs.replace(listened(say("pl")), title=corrected)))
        assert (await in_bank(store, "listened")).title("pl") == "Czy słuchaliśmy?"
        [last, *_] = await store.read(lambda: reading.history("listened"))
        assert (last.what, last.language, last.by) == ("title", "pl", None)

    async def test_it_keeps_words_that_somebody_has_changed(self, store: Store) -> None:
        await seeded(store, survey(listened(say("pl"))))
        theirs = Wording("Did you feel listened to?", "Think.", {"yes": "Yes", "no": "No"})
        await store.write(
            lambda: changing.change_wording("listened", "easy_read", "en", theirs, by=uuid.UUID(int=7), now=NOW)
        )
        await seeded(store, survey(listened(say("pl"), "Did we listen well?")))
        concept = await in_bank(store, "listened")
        assert concept.title("en") == "Did you feel listened to?"
        assert concept.title("pl") == "Did we listen well? (pl)"

    async def test_it_leaves_out_a_language_that_has_not_all_words(self, store: Store) -> None:
        half = (Option("yes", "yes", {"en": "Yes", "pl": "Tak"}), Option("no", "no", {"en": "No"}))
        await seeded(store, survey(listened(say("pl"), options=half)))
        assert (await in_bank(store, "listened")).languages("easy_read") == {"en"}

    async def test_it_does_not_bring_back_what_has_retired(self, store: Store) -> None:
        await seeded(store, survey(listened(say())))
        await store.write(lambda: changing.retire("listened", by=None, now=NOW))
        await seeded(store, survey(listened(say("pl"), "Did we listen well?")))
        concept = await in_bank(store, "listened")
        assert concept.is_retired
        assert concept.title("en") == "Did we listen?"


class TestSurveysThatShareAQuestion:
    async def test_it_is_asked_of_both_audiences(self, store: Store) -> None:
        await seeded(store, survey(listened(say())), survey(listened(say()), audience="school"))
        assert (await in_bank(store, "listened")).audiences == ("parent_carer", "school")
        await seeded(store, survey(listened(say())), survey(listened(say()), audience="health"))
        assert (await in_bank(store, "listened")).audiences == ("parent_carer", "school", "health")

    async def test_it_has_the_words_of_both_editions(self, store: Store) -> None:
        standard = survey(listened(say(), "To what extent did we listen?"), edition="standard")
        await seeded(store, standard, survey(listened(say())))
        concept = await in_bank(store, "listened")
        assert concept.editions == ("easy_read", "standard")
        assert concept.title("en") == "Did we listen?"

    async def test_it_has_the_first_words_of_an_edition(self, store: Store) -> None:
        both = (survey(listened(say())), survey(listened(say(), "Did they listen?")))
        await seeded(store, *both)
        assert await seeded(store, *both) == Seeded(0, 0, ())
        assert (await in_bank(store, "listened")).title("en") == "Did we listen?"

    async def test_it_names_those_that_mean_different_things(self, store: Store) -> None:
        other = (Option("always", "yes", {"en": "Always"}), Option("never", "no", {"en": "Never"}))
        outcome = await seeded(store, survey(listened(say())), survey(listened(say(), options=other)))
        assert outcome == Seeded(1, 0, ("listened",))
        assert [option.code for option in (await in_bank(store, "listened")).options] == ["yes", "no"]
