"""Forms that no page of ours would send: read as an answer or refused with a problem, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.answers import AnswerProblem, GivenAnswer
from surveys.document import RATHER_NOT_SAY, Question
from surveys.question_types import type_of
from surveys.routing import path
from tests.surveys import every_type

DOCUMENT = every_type.document(lambda message: {"en": message}, ("en",))
CODES = sorted({option.code for question in DOCUMENT.questions for option in question.options + question.places})
FIELDS = ["answer", "text", "reach", "area", "day", "month", "year", "untouched", "move", "go"]
FIELDS += [f"{prefix}-{code}" for prefix in ("option", "rank", "sort") for code in (*CODES, "", "none of ours")]
VALUES = st.one_of(
    st.sampled_from([*CODES, RATHER_NOT_SAY, "yes", "1", "2", "3", "4", "0", "31", "2", "2024", "B91", "b91 3qb", "²"]),
    st.text(max_size=30),
)
FORMS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=12)


class TestStrangeForms:
    @pytest.mark.parametrize("question", DOCUMENT.questions, ids=lambda question: question.kind)
    @settings(max_examples=40)
    @given(form=FORMS)
    def test_it_reads_them_or_says_what_is_wrong(self, question: Question, form: dict[str, str]) -> None:
        kind = type_of(question)
        try:
            answer = kind.read(question, form, "en")
        except AnswerProblem:
            return
        if answer is None:
            assert question.kind == "information"
            return
        assert kind.read(question, kind.filled(question, answer), "en") == answer
        assert kind.values(question, answer).keys() == {variable.name for variable in kind.variables(question)}
        kind.summary(question, answer, "en")

    @given(codes=st.dictionaries(st.sampled_from([q.concept for q in DOCUMENT.questions]), st.sampled_from(CODES)))
    def test_nothing_is_asked_of_those_who_did_not_agree(self, codes: dict[str, str]) -> None:
        answers = {concept: GivenAnswer("en", code=code) for concept, code in codes.items()}
        asked = [question.concept for question in path(DOCUMENT, answers)]
        if codes.get("take_part") == "yes":
            assert len(asked) >= len(DOCUMENT.questions) - 1
        else:
            assert asked == ["welcome", "take_part"]
