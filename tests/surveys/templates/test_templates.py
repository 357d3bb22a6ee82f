"""Every survey that officers can start from: whole, easy to read, and answerable by any path."""

from __future__ import annotations

import json
import re
import uuid
from collections import defaultdict
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from analysis.readability import problem_codes
from static.build import PACKAGES, SYMBOL_SET, draw, read_symbols
from surveys import answering
from surveys.answers import GivenAnswer
from surveys.building.minutes import minutes
from surveys.building.paths import path_problems
from surveys.document import RATHER_NOT_SAY, Question, QuestionKind, SurveyDocument, Words, from_json, to_json
from surveys.publishing import OpenRound, open_round, publish, rounds
from surveys.question_types import IMPLIED, type_of
from surveys.routing import path
from surveys.tables import Answer, Draft
from surveys.templates import TEMPLATES, my_life, parenting_course, short_break, yearly_families
from tests.house.test_words import EXPLAINED, TOLD
from tests.surveys.templates.forms import first, form
from tests.surveys.test_sending import NOW, SECRET, TODAY, begun
from voice.storage import Store

ROOT = Path(__file__).resolve().parents[3]
CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
LANGUAGES = ("en", "cy")


def said(message: str) -> Words:
    return {"en": message, "cy": f"«{message}»"}


DOCUMENTS = {slug: make(said, LANGUAGES) for slug, make in TEMPLATES.items()}
EVERY = pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
QUESTIONS = [(document, question) for document in DOCUMENTS.values() for question in document.questions]


def words_of(document: SurveyDocument) -> list[Words]:
    found = [document.title, document.about, document.who_reads, document.what_happens_next]
    found += [document.series.note] if document.series else []
    for question in document.questions:
        found += [question.title, question.help, *(question.ends or ())]
        found += [option.label for option in (*question.options, *question.places)]
        found += [words for hard in question.hard_words for words in (hard.word, hard.meaning)]
    return found


def gates(document: SurveyDocument) -> list[Question]:
    """The questions that others depend on, and consent."""
    asked_for = {condition.concept for question in document.questions for condition in question.conditions}
    return [q for q in document.questions if q.concept in asked_for or q.kind == "consent"]


def walked(document: SurveyDocument, chosen: Mapping[str, str | None]) -> dict[str, GivenAnswer]:
    """The answers of somebody who goes through page by page; ``None`` skips a question."""
    answers: dict[str, GivenAnswer] = {}
    seen: list[str] = []
    while question := next((q for q in path(document, answers) if q.concept not in seen), None):
        seen.append(question.concept)
        code = chosen.get(question.concept, first(question))
        if code is None:
            continue
        given = type_of(question).read(question, form(question, code), "en")
        if given is not None:
            answers[question.concept] = given
    assert seen == [question.concept for question in path(document, answers)]
    return answers


@EVERY
class TestEachTemplate:
    def test_it_stands_under_its_own_slug(self, document: SurveyDocument) -> None:
        assert TEMPLATES[document.slug](said, LANGUAGES) == document

    def test_it_asks_five_to_fifteen_questions(self, document: SurveyDocument) -> None:
        assert 5 <= len(document.questions) <= 15

    def test_it_says_how_long_it_takes(self, document: SurveyDocument) -> None:
        assert minutes(document) <= document.minutes <= minutes(document) + 2

    def test_it_has_paths_without_problems(self, document: SurveyDocument) -> None:
        assert path_problems(document) == ()

    def test_it_asks_each_concept_once(self, document: SurveyDocument) -> None:
        concepts = [question.concept for question in document.questions]
        assert len(set(concepts)) == len(concepts)
        assert all(CODE.fullmatch(concept) for concept in concepts)

    def test_it_offers_each_option_once(self, document: SurveyDocument) -> None:
        for question in document.questions:
            codes = [option.code for option in question.options]
            assert len(set(codes)) == len(codes), question.concept
            assert all(CODE.fullmatch(code) for code in codes), question.concept
            assert RATHER_NOT_SAY not in codes

    def test_it_brings_what_each_kind_needs(self, document: SurveyDocument) -> None:
        for question in document.questions:
            chooses = {"single_choice", "multiple_choice", "faces", "ranking", "sorting", *IMPLIED}
            assert (len(question.options) >= 2) == (question.kind in chooses), question.concept
            assert (question.ends is not None) == (question.kind == "number_scale"), question.concept
            assert bool(question.places) == (question.kind == "sorting"), question.concept
            assert question.most < len(question.options) or question.most == 0

    def test_it_depends_only_on_what_was_asked_before(self, document: SurveyDocument) -> None:
        for place, question in enumerate(document.questions):
            earlier = {each.concept: each for each in document.questions[:place]}
            for condition in question.conditions:
                codes = {option.code for option in earlier[condition.concept].options}
                assert condition.codes, question.concept
                assert set(condition.codes) < codes, question.concept

    def test_it_has_every_word_in_every_language(self, document: SurveyDocument) -> None:
        assert [
            words for words in words_of(document) if words.keys() != set(LANGUAGES) or not all(words.values())
        ] == []

    def test_it_is_easy_to_read(self, document: SurveyDocument) -> None:
        english = {words["en"] for words in words_of(document)}
        hard = {line for line in english if problem_codes(line, explained=EXPLAINED)}
        assert hard <= {TOLD}

    def test_it_is_asked_first_whether_a_young_person_wants_to_take_part(self, document: SurveyDocument) -> None:
        kinds = [question.kind for question in document.questions]
        assert (kinds[0] == "consent") == (document.audience == "young_person")
        assert "consent" not in kinds[1:]

    def test_it_explains_the_words_that_nobody_must_know(self, document: SurveyDocument) -> None:
        said_before: set[str] = set()
        for question in document.questions:
            said_before |= {hard.word["en"] for hard in question.hard_words}
            shown = " ".join([question.title["en"], question.help["en"], *(o.label["en"] for o in question.options)])
            assert "EHC" not in shown or "EHC plan" in said_before, question.concept

    def test_it_is_the_same_after_it_was_stored(self, document: SurveyDocument) -> None:
        assert from_json(to_json(document)) == document


class TestPictures:
    def test_it_has_every_symbol(self) -> None:
        known = {each.name: each for each in read_symbols((ROOT / "static/src/symbols.txt").read_text())}
        icons = json.loads((PACKAGES / SYMBOL_SET / "icons.json").read_text())
        used = {q.symbol for _, q in QUESTIONS} | {o.symbol for _, q in QUESTIONS for o in (*q.options, *q.places)}
        assert used - known.keys() == set()
        assert all(draw(known[name], icons).startswith("<svg") for name in used)

    def test_it_shows_no_picture_twice_on_one_page(self) -> None:
        for document, question in QUESTIONS:
            symbols = [option.symbol for option in question.options]
            if question.kind != "year_group":
                assert len(set(symbols)) == len(symbols), (document.slug, question.concept)


class TestKinds:
    def test_it_uses_every_kind_of_question(self) -> None:
        assert {question.kind for _, question in QUESTIONS} == set(get_args(QuestionKind))


class TestSharedConcepts:
    def test_it_asks_a_concept_in_one_kind_and_with_one_set_of_options(self) -> None:
        shapes = defaultdict(set)
        for _, question in QUESTIONS:
            codes = tuple(option.code for option in question.options)
            shapes[question.concept].add((question.kind, codes, question.most, question.limit))
        assert {concept: shape for concept, shape in shapes.items() if len(shape) > 1} == {}

    def test_it_asks_a_concept_in_the_same_words_in_each_edition(self) -> None:
        wordings = defaultdict(set)
        for document, q in QUESTIONS:
            shown = [q.title, q.help, *(q.ends or ()), *(o.label for o in (*q.options, *q.places))]
            pictures = [q.symbol, *(o.symbol for o in q.options)]
            wordings[document.edition, q.concept].add((*(words["en"] for words in shown), *pictures))
        assert {key: wording for key, wording in wordings.items() if len(wording) > 1} == {}

    @pytest.mark.parametrize(
        ("concept", "slugs"),
        [
            ("felt_listened_to", {"post-ehcp", "yearly-families", "service-schools", "service-families", "new-school"}),
            ("overall_satisfaction", {"post-ehcp", "lets-talk-event", "short-break-after", "parenting-course-after"}),
            ("told_what_happens_next", {"post-ehcp", "yearly-families", "my-life-parent-carer", "service-families"}),
            ("short_break_helped", {"yearly-families", "short-break-after"}),
            ("life_quality", {"my-life-young-person", "school-wellbeing", "short-break-before", "short-break-after"}),
        ],
    )
    def test_it_can_be_compared_across_surveys(self, concept: str, slugs: set[str]) -> None:
        assert slugs <= {slug for slug, document in DOCUMENTS.items() if document.question(concept)}


class TestMyLife:
    FORMS = (my_life.young_person, my_life.parent_carer, my_life.practitioner)

    def test_it_asks_all_three_the_same_about_life_and_help(self) -> None:
        asked = [{q.concept for q in make(said, LANGUAGES).questions} for make in self.FORMS]
        shared = {"life_now", "life_quality", "enough_help", "help_makes_difference", "matters_most_next"}
        assert set.intersection(*asked) == shared

    def test_it_marks_where_the_row_of_years_begins_anew(self) -> None:
        series = [make(said, LANGUAGES).series for make in self.FORMS]
        assert series[0] is not None
        assert series[0].code == "my-life"
        assert series[0].moment == "yearly"
        assert "new start" in series[0].note["en"]
        assert series == [series[0]] * 3


@pytest.mark.parametrize("family", [short_break, parenting_course], ids=["short_break", "parenting_course"])
class TestPairs:
    def test_it_asks_the_same_before_and_after(self, family: object) -> None:
        before, after = (make(said, LANGUAGES) for make in (family.before, family.after))  # type: ignore[attr-defined]
        assert before.questions[:5] == after.questions[:5]
        assert {q.concept for q in before.questions[5:]}.isdisjoint(q.concept for q in after.questions[5:])

    def test_it_says_which_of_the_pair_it_is(self, family: object) -> None:
        before, after = (make(said, LANGUAGES).series for make in (family.before, family.after))  # type: ignore[attr-defined]
        assert (before.code, before.moment, after.moment) == (after.code, "before", "after")
        assert before.note == after.note != {}


class TestEditions:
    def test_it_asks_the_same_in_both(self) -> None:
        standard, easy = DOCUMENTS["friends-and-family"], DOCUMENTS["friends-and-family-easy-read"]
        assert (standard.edition, easy.edition) == ("standard", "easy_read")

        def meant(document: SurveyDocument) -> list[tuple[str, str, list[str]]]:
            return [(q.concept, q.kind, [option.code for option in q.options]) for q in document.questions]

        assert meant(standard) == meant(easy)
        titles = zip(standard.questions, easy.questions, strict=True)
        assert all(one.title != other.title for one, other in titles)

    def test_it_counts_from_very_good_to_very_poor(self) -> None:
        question = DOCUMENTS["friends-and-family"].question("friends_and_family")
        assert question is not None
        codes = [option.code for option in question.options]
        assert codes == ["very_good", "good", "neither", "poor", "very_poor", "dont_know"]


class TestSlotForPartners:
    def test_it_stands_before_what_partners_ask_already(self) -> None:
        document = DOCUMENTS[yearly_families.SLUG]
        slot = document.question(yearly_families.SLOT)
        assert slot is not None
        assert slot.kind == "information"
        after = document.questions[document.questions.index(slot) + 1 :]
        assert [question.concept for question in after[:2]] == ["people_work_together", "help_makes_difference"]


@EVERY
class TestAnyPath:
    def test_it_can_be_answered_whatever_was_chosen(self, document: SurveyDocument) -> None:
        deciding = gates(document)
        choices = [(*(option.code for option in q.options), RATHER_NOT_SAY, None) for q in deciding]
        reached: set[str] = set()
        for chosen in product(*choices):
            answers = walked(document, {q.concept: code for q, code in zip(deciding, chosen, strict=True)})
            asked = path(document, answers)
            reached |= {question.concept for question in asked}
            declined = asked[0].kind == "consent" and chosen[deciding.index(asked[0])] != "yes"
            assert (len(asked) == 1) == declined
        assert reached == {question.concept for question in document.questions}

    def test_it_can_be_answered_with_every_option(self, document: SurveyDocument) -> None:
        for question in document.questions:
            codes = [option.code for option in question.options] or ["0", "10"]
            for code in (*codes, RATHER_NOT_SAY) if question.kind != "information" else ():
                posted = form(question, code)
                given = type_of(question).read(question, posted, "en")
                assert given is not None
                again = type_of(question).filled(question, given)
                assert type_of(question).read(question, again, "en") == given
                assert code == RATHER_NOT_SAY or type_of(question).summary(question, given, "cy")


async def the_round(store: Store, slug: str) -> OpenRound:
    async def unit() -> OpenRound:
        version = await publish(DOCUMENTS[slug], today=TODAY)
        id = await open_round(
            version,
            term="2026-autumn",
            identity_mode="anonymous",
            link=f"link-{slug}",
            opens_on=TODAY,
            closes_on=None,
        )
        return next(each for each in await rounds() if each.id == id)

    return await store.write(unit)


class TestSending:
    async def test_it_is_stored_when_everything_was_answered(self, store: Store) -> None:
        stored = 0
        for slug, document in DOCUMENTS.items():
            round = await the_round(store, slug)
            id: uuid.UUID = await begun(store, round)
            answered: set[str] = set()
            while question := await self.next_question(store, id, round, answered):
                posted = form(question, first(question))

                async def unit(question: Question = question, posted: dict[str, str] = posted) -> object:
                    return await answering.answer(id, round, question.concept, posted, today=TODAY)  # noqa: B023

                kept = await store.write(unit)
                assert isinstance(kept, answering.Answered)
                assert kept.problem is None, (slug, question.concept)
                answered.add(question.concept)
            await store.write(lambda: answering.send(id, round, now=NOW, secret=SECRET))  # noqa: B023
            stored += sum(document.question(each).kind != "information" for each in answered)  # type: ignore[union-attr]
        assert await store.read(Draft.count) == 0
        assert await store.read(Answer.count) == stored

    async def next_question(self, store: Store, id: uuid.UUID, round: OpenRound, answered: set[str]) -> Question | None:
        draft = await store.read(lambda: answering.load(id, round, today=TODAY))
        return next((q for q in path(round.document, draft.answers) if q.concept not in answered), None)
