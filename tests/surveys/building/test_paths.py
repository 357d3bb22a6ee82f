from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from surveys.answers import GivenAnswer, Part
from surveys.building.codes import SOME_OF, own_codes
from surveys.building.editing import conditioned
from surveys.building.paths import PathProblem, answers_that_lead_to, as_answers, path_problems
from surveys.building.readiness import Facts, what_is_left
from surveys.document import RATHER_NOT_SAY, OnlyIf, Question, SurveyDocument
from surveys.question_types import type_of
from surveys.routing import after, lets_go_on, path
from tests.surveys.building.drawn_surveys import forms, question_of, survey_of, surveys


def asked_if(question: Question, *conditions: OnlyIf) -> Question:
    return conditioned(question, conditions)


def choice(number: int) -> Question:
    return question_of("single_choice", number)


class TestBrokenConditions:
    def test_it_finds_nothing_wrong_with_a_straight_survey(self) -> None:
        assert path_problems(survey_of(choice(1), question_of("free_text", 2))) == ()

    def test_it_finds_a_question_that_asks_for_itself(self) -> None:
        first = asked_if(choice(1), OnlyIf("question_1", ("yes",)))
        found = path_problems(survey_of(first, choice(2)))
        assert found == (PathProblem("asks_itself", "question_1", "question_1"),)

    def test_it_finds_a_condition_on_a_later_question(self) -> None:
        first = asked_if(choice(1), OnlyIf("question_2", ("yes",)))
        assert path_problems(survey_of(first, choice(2))) == (PathProblem("asks_later", "question_1", "question_2"),)

    def test_it_finds_a_circle(self) -> None:
        first = asked_if(choice(1), OnlyIf("question_3", ("yes",)))
        third = asked_if(choice(3), OnlyIf("question_1", ("yes",)))
        found = path_problems(survey_of(first, choice(2), third))
        assert found == (PathProblem("circle", "question_1", "question_3"),)

    def test_it_finds_a_condition_on_a_removed_question(self) -> None:
        second = asked_if(choice(2), OnlyIf("gone", ("yes",)))
        found = path_problems(survey_of(choice(1), second))
        assert found == (PathProblem("asks_removed_question", "question_2", "gone"),)

    def test_it_finds_a_condition_on_a_removed_option(self) -> None:
        second = asked_if(choice(2), OnlyIf("question_1", ("yes", "gone")))
        found = path_problems(survey_of(choice(1), second))
        assert found == (PathProblem("asks_removed_option", "question_2", "gone"),)

    def test_it_finds_a_condition_on_words(self) -> None:
        for kind in ("free_text", "date", "ranking", "sorting", "information"):
            second = asked_if(choice(2), OnlyIf("question_1", ("yes",)))
            found = path_problems(survey_of(question_of(kind, 1), second, choice(3)))
            assert found == (PathProblem("asks_without_codes", "question_2", "question_1"),), kind

    def test_it_lets_a_question_ask_who_would_rather_not_say(self) -> None:
        second = asked_if(choice(2), OnlyIf("question_1", (RATHER_NOT_SAY,)))
        assert path_problems(survey_of(question_of("free_text", 1), second)) == ()

    def test_it_finds_the_same_question_twice(self) -> None:
        assert path_problems(survey_of(choice(1), choice(1))) == (PathProblem("asked_twice", "question_1"),)


class TestDeadEnds:
    def test_it_finds_a_survey_without_questions(self) -> None:
        assert path_problems(survey_of()) == (PathProblem("no_questions"),)

    def test_it_finds_a_survey_that_asks_nothing(self) -> None:
        document = survey_of(question_of("consent", 1), question_of("information", 2))
        assert path_problems(document) == (PathProblem("nothing_to_answer"),)

    def test_it_finds_a_choice_without_cards(self) -> None:
        empty = replace(choice(1), options=())
        assert PathProblem("no_options", "question_1") in path_problems(survey_of(empty, choice(2)))

    def test_it_finds_a_card_that_stands_twice(self) -> None:
        doubled = replace(choice(1), options=choice(1).options * 2)
        assert path_problems(survey_of(doubled)) == (PathProblem("option_twice", "question_1", "yes"),)

    def test_it_finds_a_request_for_consent_that_nobody_can_give(self) -> None:
        consent = question_of("consent", 1)
        refused = replace(consent, options=consent.options[1:])
        assert PathProblem("consent_without_yes", "question_1") in path_problems(survey_of(refused, choice(2)))


class TestQuestionsThatNobodyReaches:
    def test_it_finds_conditions_that_exclude_each_other(self) -> None:
        second = asked_if(choice(2), OnlyIf("question_1", ("yes",)), OnlyIf("question_1", ("no",)))
        assert path_problems(survey_of(choice(1), second)) == (PathProblem("never_asked", "question_2"),)

    def test_it_finds_them_across_questions(self) -> None:
        second = asked_if(choice(2), OnlyIf("question_1", ("yes",)))
        third = asked_if(choice(3), OnlyIf("question_2", ("no",)), OnlyIf("question_1", ("no",)))
        assert path_problems(survey_of(choice(1), second, third)) == (PathProblem("never_asked", "question_3"),)

    def test_it_knows_that_several_can_be_chosen(self) -> None:
        first = question_of("multiple_choice", 1)
        second = asked_if(choice(2), OnlyIf("question_1", ("yes",)), OnlyIf("question_1", ("no",)))
        assert path_problems(survey_of(first, second)) == ()
        assert path_problems(survey_of(replace(first, most=1), second)) == (PathProblem("never_asked", "question_2"),)

    def test_it_finds_what_is_asked_of_those_who_did_not_agree(self) -> None:
        second = asked_if(choice(2), OnlyIf("question_1", ("no",)))
        document = survey_of(question_of("consent", 1), second, choice(3))
        assert path_problems(document) == (PathProblem("never_asked", "question_2"),)

    def test_it_finds_nothing_behind_a_consent_that_only_some_are_asked_for(self) -> None:
        consent = asked_if(question_of("consent", 2), OnlyIf("question_1", ("yes",)))
        third = asked_if(choice(3), OnlyIf("question_1", ("yes", "no")))
        assert path_problems(survey_of(choice(1), consent, third)) == ()


def everything_to_answer(question: Question) -> list[GivenAnswer | None]:
    """Every answer that routing can tell apart."""
    codes = own_codes(question)
    found: list[GivenAnswer | None] = [None]
    if question.kind != "information":
        found.append(GivenAnswer("en", code=RATHER_NOT_SAY))
    if question.kind in SOME_OF:
        most = question.most or len(codes)
        for size in range(1, most + 1):
            found += [
                GivenAnswer("en", parts=tuple(Part(code) for code in chosen))
                for chosen in itertools.combinations(codes, size)
            ]
    else:
        found += [GivenAnswer("en", code=code) for code in codes]
    return found


def everybody(document: SurveyDocument) -> Iterator[frozenset[str]]:
    """What is asked of each person who could answer, going through the survey question by question."""
    waiting: list[tuple[dict[str, GivenAnswer], frozenset[str]]] = [({}, frozenset())]
    while waiting:
        answers, seen = waiting.pop()
        following = next((q for q in path(document, answers) if q.concept not in seen), None)
        if following is None:
            yield seen
            continue
        for answer in everything_to_answer(following):
            given_now = answers if answer is None else answers | {following.concept: answer}
            waiting.append((given_now, seen | {following.concept}))


class TestAnySurvey:
    @settings(max_examples=150, deadline=None)
    @given(surveys(longest=4))
    def test_it_says_that_nobody_reaches_a_question_exactly_when_nobody_does(self, document: SurveyDocument) -> None:
        assume(sum(len(everything_to_answer(q)) > 6 for q in document.questions) <= 1)
        reached = frozenset().union(*everybody(document))
        for question in document.questions:
            led = answers_that_lead_to(document, question.concept)
            assert (led is not None) == (question.concept in reached), question.concept

    @settings(max_examples=200, deadline=None)
    @given(surveys(mostly_good=False))
    def test_it_leads_to_a_question_by_answers_that_can_be_given(self, document: SurveyDocument) -> None:
        for question in document.questions:
            chosen = answers_that_lead_to(document, question.concept)
            if chosen is not None:
                answers = as_answers(document, chosen)
                assert answers.keys() == chosen.keys()
                assert question.concept in {q.concept for q in path(document, answers)}

    # Of those that are drawn with faults four in five are not ready; the others make sure of enough that are.
    @settings(max_examples=120, deadline=None)
    @given(surveys() | surveys(mostly_good=False), st.data())
    def test_a_survey_that_is_ready_can_be_answered_to_its_end(
        self, document: SurveyDocument, data: st.DataObject
    ) -> None:
        facts = Facts(identity_mode="anonymous", has_help_contact=True, symbols={"sun"})
        assume(what_is_left(document, facts) == ())
        answers: dict[str, GivenAnswer] = {}
        seen: list[str] = []
        question: Question | None = path(document, answers)[0]
        while question is not None:
            assert question.concept not in seen, "went round in a circle"
            seen.append(question.concept)
            if not data.draw(st.booleans(), label="skip"):
                given_now = type_of(question).read(question, data.draw(forms(question)), "en")
                if given_now is not None:
                    answers[question.concept] = given_now
            asked = path(document, answers)
            question = after(asked, question.concept)
        last = document.question(seen[-1])
        assert last is not None
        assert seen == [q.concept for q in path(document, answers)]
        assert not lets_go_on(last, answers) or not any(
            q.concept not in seen and not q.conditions for q in document.questions
        )
        for each in document.questions:
            assert answers_that_lead_to(document, each.concept) is not None

    @settings(max_examples=300, deadline=None)
    @given(surveys(), st.data())
    def test_somebody_who_changes_answers_is_asked_what_those_who_answered_so_at_once_are(
        self, document: SurveyDocument, data: st.DataObject
    ) -> None:
        answers: dict[str, GivenAnswer] = {}
        for _ in range(data.draw(st.integers(1, 14), label="changes")):
            asked = path(document, answers)
            question = data.draw(st.sampled_from(asked), label="gone back to")
            answer = data.draw(st.sampled_from(everything_to_answer(question)), label="answered")
            answers = {concept: kept for concept, kept in answers.items() if concept != question.concept}
            if answer is not None:
                answers[question.concept] = answer
        asked = path(document, answers)
        assert asked == path(document, {q.concept: answers[q.concept] for q in asked if q.concept in answers})
        seen: frozenset[str] = frozenset()
        at_once: dict[str, GivenAnswer] = {}
        while following := next((q for q in path(document, at_once) if q.concept not in seen), None):
            seen |= {following.concept}
            if following.concept in answers:
                at_once[following.concept] = answers[following.concept]
        assert seen == {q.concept for q in asked}


class TestSixtyQuestions:
    def test_it_is_fast(self) -> None:
        questions = [choice(1)]
        for number in range(2, 61):
            questions.append(asked_if(choice(number), OnlyIf(f"question_{number - 1}", ("yes", "no"))))
        began = time.process_time()  # what else the machine does meanwhile is not counted
        assert path_problems(survey_of(*questions)) == ()
        assert time.process_time() - began < 0.5
