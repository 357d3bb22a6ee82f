"""Which questions a person is asked."""

from __future__ import annotations

from surveys.answers import GivenAnswer
from surveys.document import RATHER_NOT_SAY
from surveys.routing import after, before, first_open, path, still_to_come
from surveys.templates import post_ehcp

DOCUMENT = post_ehcp.document(lambda message: {"en": message}, ("en",))


def given(**codes: str) -> dict[str, GivenAnswer]:
    return {concept: GivenAnswer("en", code=code) for concept, code in codes.items()}


def concepts(**codes: str) -> list[str]:
    return [question.concept for question in path(DOCUMENT, given(**codes))]


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
        assert still_to_come(DOCUMENT, {}, "plan_route") == 1
        assert still_to_come(DOCUMENT, {}, "kept_up_to_date") == 0
        assert still_to_come(DOCUMENT, given(plan_route="annual_review"), "plan_route") == 0


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
