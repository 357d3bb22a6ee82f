"""Which questions a person is asked."""

from __future__ import annotations

import msgspec

from surveys.answers import GivenAnswer, Part
from surveys.document import RATHER_NOT_SAY, OnlyIf, Question, SurveyDocument
from surveys.routing import after, before, first_open, path, still_to_come
from surveys.templates import post_ehcp

DOCUMENT = post_ehcp.document(lambda message: {"en": message}, ("en",))


def given(**codes: str) -> dict[str, GivenAnswer]:
    return {concept: GivenAnswer("en", code=code) for concept, code in codes.items()}


def concepts(**codes: str) -> list[str]:
    return [question.concept for question in path(DOCUMENT, given(**codes))]


def more(document: SurveyDocument, answers: dict[str, GivenAnswer], place: str) -> int:
    return still_to_come(document, path(document, answers), answers, place)


class TestPath:
    def test_it_asks_the_question_of_the_route_alone(self) -> None:
        new, yearly = concepts(plan_route="new_assessment"), concepts(plan_route="annual_review")
        assert set(new) ^ set(yearly) == {"knew_next_steps", "child_took_part"}
        assert "knew_next_steps" in new
        assert len(new) == len(yearly) == 11

    def test_it_asks_neither_while_the_route_is_not_known(self) -> None:
        assert concepts() == concepts(plan_route=RATHER_NOT_SAY)
        assert len(concepts()) == 10

    def test_it_says_how_many_may_still_come(self) -> None:
        assert more(DOCUMENT, {}, "plan_route") == 1
        assert more(DOCUMENT, {}, "kept_up_to_date") == 0
        assert more(DOCUMENT, given(plan_route="annual_review"), "plan_route") == 0


class TestConditions:
    def document(self, *, also: bool) -> SurveyDocument:
        words = {"en": "Words"}
        bus, walk = OnlyIf("travel", ("bus",)), OnlyIf("age", ("under_11",))
        travel = Question("travel", "multiple_choice", "bus", words, words)
        age = Question("age", "age_band", "child", words, words)
        fear = Question("fear", "free_text", "worry", words, words, only_if=bus, also_if=(walk,) if also else ())
        return msgspec.structs.replace(DOCUMENT, questions=(travel, age, fear))

    def test_it_finds_a_choice_among_several(self) -> None:
        both = {"travel": GivenAnswer("en", parts=(Part("walk"), Part("bus")))}
        other = {"travel": GivenAnswer("en", parts=(Part("walk"),))}
        assert len(path(self.document(also=False), both)) == 3
        assert len(path(self.document(also=False), other)) == 2

    def test_it_asks_when_all_conditions_hold(self) -> None:
        document = self.document(also=True)
        answers = {"travel": GivenAnswer("en", parts=(Part("bus"),))}
        assert len(path(document, answers)) == 2
        assert more(document, answers, "age") == 1
        assert len(path(document, answers | given(age="under_11"))) == 3
        assert len(path(document, answers | given(age="over_11"))) == 2


class TestABranchThatWasLeft:
    def document(self) -> SurveyDocument:
        words = {"en": "Words"}
        first = Question("first", "single_choice", "bus", words, words)
        second = Question("second", "single_choice", "bus", words, words, only_if=OnlyIf("first", ("a",)))
        third = Question("third", "single_choice", "bus", words, words, only_if=OnlyIf("second", ("x",)))
        last = Question("last", "free_text", "bus", words, words)
        return msgspec.structs.replace(DOCUMENT, questions=(first, second, third, last))

    def test_it_leads_nowhere(self) -> None:
        there = path(self.document(), given(first="a", second="x", third="yes"))
        assert [question.concept for question in there] == ["first", "second", "third", "last"]
        left = path(self.document(), given(first="b", second="x", third="yes"))
        assert [question.concept for question in left] == ["first", "last"]

    def test_it_is_counted_only_while_it_can_still_be_taken(self) -> None:
        assert more(self.document(), {}, "first") == 2
        assert more(self.document(), given(second="x"), "first") == 2
        assert more(self.document(), given(first="a"), "second") == 1
        assert more(self.document(), given(first="b", second="x"), "first") == 0
        assert more(self.document(), given(first="b"), "second") == 0


class TestNeighbours:
    def test_it_goes_from_the_first_to_the_last_and_back(self) -> None:
        asked = path(DOCUMENT, given(plan_route="annual_review"))
        there, here = [asked[0]], after(asked, asked[0].concept)
        while here:
            there.append(here)
            here = after(asked, here.concept)
        assert tuple(there) == asked
        assert before(asked, asked[0].concept) is None
        assert [before(asked, question.concept) for question in asked[1:]] == list(asked[:-1])


class TestGoingOn:
    def test_it_goes_on_after_the_last_answer(self) -> None:
        answers = given(plan_route="annual_review", kept_up_to_date="no")
        question = first_open(path(DOCUMENT, answers), answers)
        assert question is not None
        assert question.concept == "child_took_part"

    def test_it_begins_at_the_first_and_ends_after_the_last(self) -> None:
        first = first_open(path(DOCUMENT, {}), {})
        assert first is not None
        assert first.concept == "plan_route"
        answers = given(told_what_happens_next="no")
        assert first_open(path(DOCUMENT, answers), answers) is None
