from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from surveys.building import editing
from surveys.building.editing import EditProblem, conditioned
from surveys.building.minutes import minutes
from surveys.building.paths import path_problems
from surveys.document import HardWord, OnlyIf, SurveyDocument
from tests.surveys.building.drawn_surveys import question_of, said, survey_of, surveys

THREE = survey_of(
    question_of("yes_no", 1),
    conditioned(question_of("faces", 2), [OnlyIf("question_1", ("yes",))]),
    conditioned(question_of("free_text", 3), [OnlyIf("question_2", ("yes",))]),
)


def concepts(document: SurveyDocument) -> list[str]:
    return [question.concept for question in document.questions]


class TestMoving:
    @settings(max_examples=60, deadline=None)
    @given(surveys(), st.data())
    def test_it_goes_back_to_where_it_was(self, document: SurveyDocument, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(document.questions) - 1))
        concept = document.questions[place].concept
        down = editing.moved(document, concept, 1)
        if place == len(document.questions) - 1:
            assert down == document
        else:
            assert editing.place_of(down, concept) == place + 1
            assert editing.moved(down, concept, -1) == document

    def test_it_knows_no_other_question(self) -> None:
        with pytest.raises(EditProblem, match="no_such_question"):
            editing.moved(THREE, "question_9", 1)


class TestRemoving:
    def test_it_names_those_that_ask_for_it(self) -> None:
        assert [q.concept for q in editing.those_that_ask_for(THREE, {"question_1"})] == ["question_2"]
        assert [q.concept for q in editing.all_that_need(THREE, "question_1")] == ["question_2", "question_3"]

    @settings(max_examples=100, deadline=None)
    @given(surveys(), st.data())
    def test_it_leaves_no_condition_on_what_is_gone(self, document: SurveyDocument, data: st.DataObject) -> None:
        concept = data.draw(st.sampled_from(concepts(document)))
        for too in (False, True):
            left = editing.without(document, concept, with_those_that_need_it=too)
            assert concept not in concepts(left)
            broken = {problem.code for problem in path_problems(left)}
            assert broken.isdisjoint({"asks_removed_question"})

    def test_it_takes_those_that_need_it_along(self) -> None:
        assert concepts(editing.without(THREE, "question_2", with_those_that_need_it=True)) == ["question_1"]
        left = editing.without(THREE, "question_1")
        assert concepts(left) == ["question_2", "question_3"]
        assert left.questions[0].conditions == ()
        assert left.questions[1].conditions == (OnlyIf("question_2", ("yes",)),)


class TestAdding:
    def test_it_adds_after_a_question_or_at_the_end(self) -> None:
        fourth = question_of("faces", 4)
        assert concepts(editing.with_question(THREE, fourth))[-1] == "question_4"
        assert concepts(editing.with_question(THREE, fourth, after="question_1"))[1] == "question_4"
        with pytest.raises(EditProblem, match="already_asked"):
            editing.with_question(THREE, question_of("faces", 3))


class TestMinutes:
    def test_they_follow_the_questions(self) -> None:
        long = THREE
        for number in range(4, 20):
            long = editing.with_question(long, question_of("free_text", number))
        assert long.minutes == minutes(long) > THREE.minutes

    def test_they_stay_when_somebody_has_set_them(self) -> None:
        by_hand = replace(THREE, minutes=40)
        assert editing.with_question(by_hand, question_of("faces", 4)).minutes == 40

    def test_they_count_the_longest_route_alone(self) -> None:
        gate = question_of("yes_no", 1)
        routes = [
            conditioned(question_of("free_text", number), [OnlyIf("question_1", (code,))])
            for code, numbers in (("yes", range(2, 6)), ("no", range(6, 9)))
            for number in numbers
        ]
        assert minutes(survey_of(gate, *routes)) == minutes(survey_of(gate, *routes[:4]))

    def test_they_count_words_and_thinking(self) -> None:
        short = survey_of(question_of("yes_no", 1))
        wordy = survey_of(replace(question_of("yes_no", 1), help=said("word " * 260)))
        assert minutes(short) == 1
        assert minutes(wordy) == 3


class TestWords:
    def test_it_changes_every_piece_of_text_and_nothing_else(self) -> None:
        sorting = replace(
            question_of("sorting", 1),
            picture="file",
            picture_alt=said("A sun"),
            hard_words=(HardWord(said("EHC plan"), said("A paper.")),),
        )
        scale = question_of("number_scale", 2)
        document = survey_of(sorting, scale)
        for question in document.questions:
            changed = document
            for field, text in editing.words_of_question(question, "en").items():
                changed = editing.with_words(changed, question.concept, "en", {field: f"{text}, in other words"})
            after = changed.question(question.concept)
            assert after is not None
            assert all(t.endswith(", in other words") for t in editing.words_of_question(after, "en").values())
            assert editing.words_of_question(after, "pl") == dict.fromkeys(editing.words_of_question(after, "en"), "")

    def test_it_takes_words_away_when_they_are_emptied(self) -> None:
        changed = editing.with_words(THREE, "question_1", "en", {"help": "  "})
        assert changed.questions[0].help == {}

    def test_it_keeps_one_title(self) -> None:
        with pytest.raises(EditProblem, match="no_title"):
            editing.with_words(THREE, "question_1", "en", {"title": ""})
        worded = editing.with_words(THREE, "question_1", "pl", {"title": "Pytanie"})
        assert worded.questions[0].title == {"en": "What about 1?", "pl": "Pytanie"}
