from __future__ import annotations

from msgspec.structs import replace

from surveys.building.editing import conditioned
from surveys.building.minutes import SECONDS, minutes
from surveys.document import OnlyIf, QuestionKind, SurveyDocument
from tests.surveys.building.drawn_surveys import question_of, survey_of

CODES = ("yes", "no", "not_sure")


def branching(kind: QuestionKind, most: int = 0) -> SurveyDocument:
    """A choice whose every answer leads to a recording."""
    recordings = [
        conditioned(question_of("recording", number), [OnlyIf("question_1", (code,))])
        for number, code in enumerate(CODES, start=2)
    ]
    return survey_of(replace(question_of(kind, 1), most=most), *recordings)


class TestMinutes:
    def test_it_counts_one_branch_of_a_choice_of_one(self) -> None:
        assert minutes(branching("single_choice")) == 2

    def test_it_counts_every_branch_that_can_be_chosen_together(self) -> None:
        assert minutes(branching("multiple_choice")) * 60 > 3 * SECONDS["recording"]
        assert minutes(branching("multiple_choice")) == minutes(branching("multiple_choice", most=3)) == 4
        assert minutes(branching("multiple_choice", most=2)) == 3

    def test_it_counts_a_question_once_that_several_answers_lead_to(self) -> None:
        after = conditioned(question_of("recording", 2), [OnlyIf("question_1", CODES)])
        several = survey_of(question_of("multiple_choice", 1), after)
        assert minutes(several) == minutes(branching("single_choice"))
