from __future__ import annotations

import itertools
import re

from hypothesis import given, settings

from surveys.building.editing import conditioned
from surveys.building.picture import HEIGHT, WIDTH, picture
from surveys.document import OnlyIf, SurveyDocument
from tests.surveys.building.drawn_surveys import question_of, survey_of, surveys


class TestPicture:
    @settings(max_examples=100, deadline=None)
    @given(surveys(longest=12))
    def test_it_draws_each_question_and_each_condition(self, document: SurveyDocument) -> None:
        drawn = picture(document)
        assert [box.question for box in drawn.boxes] == list(document.questions)
        assert [(line.asked.concept, line.condition) for line in drawn.lines] == [
            (question.concept, condition) for question in document.questions for condition in question.conditions
        ]

    @settings(max_examples=100, deadline=None)
    @given(surveys(longest=12))
    def test_it_draws_no_two_things_over_each_other(self, document: SurveyDocument) -> None:
        for rtl in (False, True):
            drawn = picture(document, rtl=rtl)
            places = {box.question.concept: box for box in drawn.boxes}
            ends = [box.y for box in drawn.boxes]
            assert all(second - first > HEIGHT for first, second in itertools.pairwise(ends))
            assert all(box.x >= 0 and box.x + WIDTH <= drawn.width for box in drawn.boxes)
            lanes: dict[str, list[tuple[int, int]]] = {}
            for line in drawn.lines:
                found = re.fullmatch(r"M(\d+) (\d+)H(\d+)V(\d+)H(\d+)", line.d)
                assert found
                top, bottom = int(found[2]), int(found[4])
                assert places[line.condition.concept].y < top < bottom < places[line.asked.concept].y + HEIGHT
                assert all(bottom <= a or b <= top for a, b in lanes.get(found[3], []))
                lanes.setdefault(found[3], []).append((top, bottom))

    def test_it_is_mirrored_from_right_to_left(self) -> None:
        second = conditioned(question_of("faces", 2), [OnlyIf("question_1", ("yes",))])
        document = survey_of(question_of("faces", 1), second)
        left, right = picture(document), picture(document, rtl=True)
        assert left.width == right.width
        assert [box.x for box in right.boxes] == [left.width - box.x - WIDTH for box in left.boxes]
        assert left.boxes[0].x < left.boxes[1].x

    def test_it_leaves_out_lines_that_go_nowhere(self) -> None:
        first = conditioned(question_of("faces", 1), [OnlyIf("question_2", ("yes",)), OnlyIf("gone", ("yes",))])
        assert picture(survey_of(first, question_of("faces", 2))).lines == ()
