"""What is typed from a paper form means what a page with the same question would send."""

from __future__ import annotations

import pytest

from surveys.answers import AnswerProblem, GivenAnswer, Part
from surveys.document import RATHER_NOT_SAY, Option, Question, QuestionKind
from surveys.question_types import complete, type_of
from surveys.typed import form_of

OPTIONS = tuple(Option(code, "yes", {"en": code.title()}) for code in ("bus", "car", "walk"))


def question(kind: QuestionKind, *, most: int = 0) -> Question:
    options = OPTIONS if kind in ("single_choice", "multiple_choice", "ranking", "sorting", "faces") else ()
    plain = Question("travel", kind, "yes", {"en": "How?"}, {"en": ""}, options, most=most)
    return complete(plain, lambda message: {"en": message})


def read(asked: Question, typed: str) -> GivenAnswer | None:
    form = form_of(asked, typed)
    return None if form is None else type_of(asked).read(asked, form, "en")


class TestWhatIsTyped:
    @pytest.mark.parametrize(
        ("kind", "typed", "expected"),
        [
            ("single_choice", "2", GivenAnswer("en", code="car")),
            ("single_choice", " ۲ ", GivenAnswer("en", code="car")),
            ("faces", "3", GivenAnswer("en", code="walk")),
            ("yes_no", "2", GivenAnswer("en", code="no")),
            ("consent", "1", GivenAnswer("en", code="yes")),
            ("number_scale", "0", GivenAnswer("en", code="0")),
            ("number_scale", "10", GivenAnswer("en", code="10")),
            ("multiple_choice", "3 1", GivenAnswer("en", parts=(Part("bus"), Part("walk")))),
            ("multiple_choice", "3, 1", GivenAnswer("en", parts=(Part("bus"), Part("walk")))),
            ("ranking", "2 3 1", GivenAnswer("en", parts=(Part("walk"), Part("bus"), Part("car")))),
            (
                "sorting",
                "1 3 2",
                GivenAnswer("en", parts=(Part("bus", "good"), Part("car", "not_good"), Part("walk", "not_sure"))),
            ),
            ("date", "27 3 2015", GivenAnswer("en", code="2015-03-27")),
            ("date", "27/3/2015", GivenAnswer("en", code="2015-03-27")),
            ("postcode_area", "b91 2ab", GivenAnswer("en", code="B91")),
            ("free_text", "3 buses,\nno seat", GivenAnswer("en", text="3 buses,\nno seat")),
            ("recording", "We wrote it down.", GivenAnswer("en", text="We wrote it down.")),
        ],
    )
    def test_it_is_read_as_the_answer_that_is_meant(
        self, kind: QuestionKind, typed: str, expected: GivenAnswer
    ) -> None:
        assert read(question(kind), typed) == expected

    @pytest.mark.parametrize("kind", ["single_choice", "multiple_choice", "ranking", "sorting", "date", "free_text"])
    def test_a_line_says_that_somebody_would_rather_not_say(self, kind: QuestionKind) -> None:
        assert read(question(kind), "-") == GivenAnswer("en", code=RATHER_NOT_SAY)

    @pytest.mark.parametrize("typed", ["", "  ", "?"])
    def test_an_empty_line_and_one_that_nobody_could_read_are_no_answers(self, typed: str) -> None:
        assert read(question("single_choice"), typed) is None

    @pytest.mark.parametrize(
        ("kind", "typed", "code"),
        [
            ("single_choice", "4", "number_not_there"),
            ("single_choice", "0", "number_not_there"),
            ("single_choice", "1 2", "number_wanted"),
            ("single_choice", "car", "number_wanted"),
            ("single_choice", "²", "number_wanted"),
            ("number_scale", "11", "number_not_there"),
            ("multiple_choice", "1 2 3 1", "number_wanted"),
            ("multiple_choice", "1 9", "number_not_there"),
            ("ranking", "1 2", "places_unclear"),
            ("ranking", "1 1 2", "places_unclear"),
            ("sorting", "1 1", "not_all_sorted"),
            ("date", "31 2 2015", "no_such_day"),
            ("date", "2015", "date_half"),
            ("postcode_area", "12", "not_a_postcode"),
        ],
    )
    def test_what_cannot_be_meant_is_a_problem(self, kind: QuestionKind, typed: str, code: str) -> None:
        with pytest.raises(AnswerProblem) as problem:
            read(question(kind), typed)
        assert problem.value.code == code

    def test_too_many_ticks_are_told(self) -> None:
        with pytest.raises(AnswerProblem, match="too_many"):
            read(question("multiple_choice", most=2), "1 2 3")
