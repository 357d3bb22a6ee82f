"""What holds for every kind of question: forms, summaries, and the columns its answers become."""

from __future__ import annotations

import pytest

from surveys.answers import GivenAnswer, Part
from surveys.document import RATHER_NOT_SAY, Question, Words
from surveys.question_types import IMPLIED, complete, sorting, type_of
from surveys.question_types.variables import Value
from tests.surveys import every_type


def in_two_languages(message: str) -> Words:
    return {"en": message, "cy": f"{message} (cy)"}


DOCUMENT = every_type.document(in_two_languages, ("en", "cy"))
ASKED = {question.concept: question for question in DOCUMENT.questions if question.kind != "information"}

GIVEN: dict[str, tuple[GivenAnswer, dict[str, Value]]] = {
    "take_part": (GivenAnswer("en", code="yes"), {"take_part": "yes"}),
    "year": (GivenAnswer("en", code="reception"), {"year": "reception"}),
    "age": (GivenAnswer("en", code="under_5"), {"age": "under_5"}),
    "travel": (
        GivenAnswer("en", parts=(Part("bus"), Part("taxi"))),
        {"travel.bus": True, "travel.walk": False, "travel.car": False, "travel.taxi": True},
    ),
    "like_taxi": (GivenAnswer("en", code="no"), {"like_taxi": "no"}),
    "best_way": (
        GivenAnswer("en", parts=(Part("car"), Part("bus"), Part("taxi"), Part("walk"))),
        {"best_way.bus": 2, "best_way.walk": 4, "best_way.car": 1, "best_way.taxi": 3},
    ),
    "day": (
        GivenAnswer("en", parts=(Part("lessons", "good"), Part("playground", "good"), Part("lunch", "not_good"))),
        {"day.lessons": "good", "day.playground": "good", "day.lunch": "not_good"},
    ),
    "feelings": (
        GivenAnswer("en", parts=(Part("calm"),)),
        {
            f"feelings.{code}": code == "calm"
            for code in (option.code for option in IMPLIED["feelings"](in_two_languages))
        },
    ),
    "heard": (GivenAnswer("en", code="neither"), {"heard": "neither"}),
    "belong": (GivenAnswer("en", code="7"), {"belong": 7}),
    "happy": (GivenAnswer("en", code="happy"), {"happy": "happy"}),
    "help": (GivenAnswer("en", code="often"), {"help": "often"}),
    "started": (GivenAnswer("en", code="2023-09-04"), {"started": "2023-09-04"}),
    "area": (GivenAnswer("en", code="B91"), {"area": "B91"}),
    "better": (GivenAnswer("en", text="More time."), {"better": "More time."}),
    "contact": (GivenAnswer("en", code="email", reach="a@example.org"), {"contact": "email"}),
}


@pytest.fixture(params=ASKED)
def question(request: pytest.FixtureRequest) -> Question:
    return ASKED[request.param]


class TestForms:
    def test_it_reads_what_it_fills_in(self, question: Question) -> None:
        for given in (GIVEN[question.concept][0], GivenAnswer("en", code=RATHER_NOT_SAY)):
            form = type_of(question).filled(question, given)
            assert type_of(question).read(question, form, "en") == given


class TestSummaries:
    def test_it_says_an_answer_in_the_readers_language(self, question: Question) -> None:
        given = GIVEN[question.concept][0]
        lines = type_of(question).summary(question, given, "cy")
        assert lines
        assert all(lines)
        if question.options:
            assert "(cy)" in lines[0]

    def test_it_leaves_rather_not_say_to_the_page(self, question: Question) -> None:
        if question.concept not in ("better", "area", "belong"):
            assert type_of(question).summary(question, GivenAnswer("en", code=RATHER_NOT_SAY), "en") == ()


class TestColumns:
    def test_it_has_a_value_for_each_column(self, question: Question) -> None:
        given, expected = GIVEN[question.concept]
        kind = type_of(question)
        variables = {variable.name: variable for variable in kind.variables(question)}
        assert kind.values(question, given) == expected
        assert variables.keys() == expected.keys()
        for name, value in expected.items():
            variable = variables[name]
            assert variable.label["cy"]
            match variable.measure:
                case "code":
                    assert value in dict(variable.labels)
                case "number" | "rank":
                    assert type(value) is int
                case "yes_no":
                    assert type(value) is bool
                case _:
                    assert isinstance(value, str)

    def test_it_keeps_rather_not_say_apart(self, question: Question) -> None:
        kind = type_of(question)
        values = kind.values(question, GivenAnswer("en", code=RATHER_NOT_SAY))
        assert values == {variable.name: RATHER_NOT_SAY for variable in kind.variables(question)}

    def test_it_names_no_column_twice(self) -> None:
        names = [each.name for question in DOCUMENT.questions for each in type_of(question).variables(question)]
        assert len(names) == len(set(names))

    def test_it_says_which_part_a_column_is_about(self) -> None:
        travel = ASKED["travel"]
        assert type_of(travel).variables(travel)[0].label == {
            "en": "How do you get to school? – Bus",
            "cy": "How do you get to school? (cy) – Bus (cy)",
        }


class TestWhatAKindImplies:
    def test_it_is_in_the_document_in_every_language(self) -> None:
        for question in DOCUMENT.questions:
            if question.kind in IMPLIED:
                assert len(question.options) > 1
            for option in question.options + question.places:
                assert option.label.keys() == {"en", "cy"}

    def test_it_leaves_options_that_a_survey_brings(self) -> None:
        travel = ASKED["travel"]
        assert complete(travel, in_two_languages) == travel
        own = complete(Question("x", "yes_no", "yes", {}, {}, options=travel.options), in_two_languages)
        assert own.options == travel.options

    def test_it_sorts_in_english_where_a_survey_names_no_places(self) -> None:
        question = Question("x", "sorting", "sort", {}, {}, options=ASKED["travel"].options)
        assert [place.label["en"] for place in sorting.places_of(question)] == ["Good", "Not sure", "Not good"]
