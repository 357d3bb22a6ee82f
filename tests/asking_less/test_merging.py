"""One survey carries the questions of another: what falls away, what breaks, and the minutes that families keep."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from surveys.asking_less.merging import Merged, merged
from surveys.building.minutes import minutes
from surveys.document import Question, SurveyDocument
from tests.surveys.building.drawn_surveys import question_of, survey_of


def question(number: int, title: str, kind: str = "single_choice") -> Question:
    return replace(question_of(kind, number), title={"en": title})  # type: ignore[arg-type]


CARRIER = survey_of(question(1, "Is your plan kept?"), question(2, "Do people listen to you?"))
OTHER = replace(
    survey_of(
        replace(question(7, "Do people hear what you say?"), concept="heard"),
        replace(question(8, "Is the bus on time?"), concept="bus"),
        question(2, "Do people listen to you?"),
    ),
    slug="other",
)
HEARD = {("Do people hear what you say?", "Do people listen to you?")}


def ask_the_same(pairs: Sequence[tuple[str, str]]) -> list[bool]:
    return [pair in HEARD for pair in pairs]


def put_together(carrier: SurveyDocument = CARRIER, other: SurveyDocument = OTHER, *series: str) -> Merged:
    return merged(carrier, other, families=(300, 120), same=ask_the_same, has_series=lambda code: code in series)


class TestMerging:
    def test_what_is_asked_already_is_not_asked_again(self) -> None:
        made = put_together()
        assert [each.question.concept for each in made.falls_away] == ["heard", "question_2"]
        assert [each.concept for each in made.questions] == ["bus"]

    def test_families_keep_the_minutes_that_fall_away(self) -> None:
        made = put_together()
        assert made.families == 120
        assert made.minutes == minutes(CARRIER) + made.added
        assert made.saved == minutes(CARRIER) + minutes(OTHER) - made.minutes
        assert made.saved > 0

    def test_other_people_are_not_spared(self) -> None:
        made = put_together(CARRIER, replace(OTHER, audience="young_person"), "bus")
        assert made.families == 0
        assert [each.why for each in made.breaks] == ["other_people"]

    def test_a_series_breaks_where_its_words_or_choices_go(self) -> None:
        assert put_together().breaks == ()
        made = put_together(CARRIER, OTHER, "heard", "bus", "question_2")
        assert [(each.title["en"], each.why) for each in made.breaks] == [
            ("Do people hear what you say?", "other_words")
        ]
        fewer = replace(OTHER.questions[0], options=OTHER.questions[0].options[:1])
        made = put_together(CARRIER, replace(OTHER, questions=(fewer,)), "heard")
        assert [each.why for each in made.breaks] == ["other_choices"]

    def test_the_same_code_for_another_kind_of_question_is_another_question(self) -> None:
        other = replace(OTHER, questions=(question(1, "Draw your week.", "drawing"),))
        made = put_together(CARRIER, other)
        assert made.falls_away == ()
        assert made.added >= 1
