"""Whatever a file holds, reading it ends in a survey that can be kept, or in a problem that has words."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.document import SurveyDocument
from surveys.exchange.carried import Carried, FormProblem
from surveys.exchange.limesurvey_reading import KINDS, read_limesurvey
from surveys.exchange.reading import read_form
from surveys.exchange.xlsform_reading import read_xlsform
from tests.surveys.exchange.forms import lss, section, xlsform

NINES = "9" * 400
LONGER = "9" * 5000

LETTERS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufffe\uffff"), max_size=12
)
NAMES = st.sampled_from(["a", "b", "yesno", r"a\g<1>b", r"\q", "${a}", "a b", "ż", "9"]) | LETTERS
CONDITIONS = st.sampled_from(
    [
        *(
            "${a} = 'yes'",
            "selected(${a}, 'b')",
            "not(" * 60,
            f"${{a}} > {NINES}",
            "${a} > -1 and ${a} < ٣",
            "a == 'Y'",
        ),
        *(
            f"string-length(.) < {LONGER}",
            "string-length(.) <= ٣",
            f"count-selected(.) <= {NINES}",
            ". >= 0 and . <= 10",
        ),
        *("77X1X1 == 'Y'", "b_a.NAOK = 'Y'", r"\q.NAOK == 'Y'", "((((", "'"),
    ]
)
TYPES = st.sampled_from(
    [
        *("range", "text", "integer", "note", "begin group", "end group", "begin repeat", "end repeat", "rank yesno"),
        *("select_one yesno", "select_multiple yesno or_other", "select_one", "image", "acknowledge", "calculate"),
    ]
)
PARAMETERS = st.sampled_from(
    [
        *(f"end={NINES}", f"start=-{NINES} end={NINES}", f"step={NINES}", f"end={LONGER}", "step=0", "step=0.0000001"),
        *("start=5 end=1", "start=0 end=10 step=1", "start=0.1 end=0.4 step=0.1", "end=٣"),
    ]
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"type": TYPES | LETTERS},
        optional={
            "name": NAMES,
            "label": LETTERS,
            "label::Polish (pl)": LETTERS,
            "hint": LETTERS,
            "relevant": CONDITIONS | LETTERS,
            "constraint": CONDITIONS | LETTERS,
            "parameters": PARAMETERS | LETTERS,
            "gt_kind": st.sampled_from(["sorting", "picture", "help", "free_text", "survey_title", "agreed"]) | LETTERS,
            "appearance": LETTERS,
        },
    ),
    min_size=1,
    max_size=6,
)
CHOICES = st.lists(
    st.fixed_dictionaries({"list_name": st.just("yesno"), "name": NAMES}, optional={"label": LETTERS}), max_size=4
)
SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "form_title": LETTERS,
        "default_language": LETTERS,
        "gt_audience": st.sampled_from(["young_person", "x"]),
        "gt_minutes": st.sampled_from([NINES, "٣", "-1", "3"]),
        "gt_kept_months": st.sampled_from([NINES, "12"]),
    },
)

NUMBERS = st.sampled_from(["0", "1", "٣", "-1", NINES, LONGER, ""])
HTML = st.sampled_from(["<![x[", "<!x", "<p>Hello", "<a href='", "&#99999999999;", "&#x110000;", "<script>"]) | LETTERS
QUESTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "qid": st.sampled_from(["1", "2", "3"]),
            "type": st.sampled_from([*KINDS, "F", "A", "K", "|", "*", "?"]),
            "title": NAMES,
        },
        optional={
            "parent_qid": st.sampled_from(["0", "1", "2"]),
            "question": HTML,
            "help": HTML,
            "relevance": CONDITIONS,
            "question_order": NUMBERS,
            "other": st.just("Y"),
            "gid": st.just("1"),
        },
    ),
    min_size=1,
    max_size=6,
)
ANSWERS = st.lists(
    st.fixed_dictionaries({"qid": st.sampled_from(["1", "2"]), "code": NAMES, "answer": HTML, "sortorder": NUMBERS}),
    max_size=4,
)
ATTRIBUTES = st.lists(
    st.fixed_dictionaries(
        {
            "qid": st.sampled_from(["1", "2"]),
            "attribute": st.sampled_from(["max_answers", "maximum_chars", "allowed_filetypes", "hidden"]),
            "value": NUMBERS,
        }
    ),
    max_size=3,
)


def same(message: str) -> dict[str, str]:
    return {"en": message}


def can_be_kept(carried: Carried) -> bool:
    kept = msgspec.json.encode(carried.document)
    return msgspec.json.decode(kept, type=SurveyDocument) == carried.document


class TestAnyForm:
    @settings(deadline=None, max_examples=40)
    @given(ROWS, CHOICES, SETTINGS)
    def test_an_xlsform(
        self, survey: list[dict[str, str]], choices: list[dict[str, str]], said: dict[str, str]
    ) -> None:
        try:
            carried = read_xlsform(xlsform(survey, choices, said or {"form_title": "Clubs"}), same)
        except FormProblem:
            return
        assert can_be_kept(carried)

    @settings(deadline=None, max_examples=60)
    @given(QUESTIONS, ANSWERS, ATTRIBUTES)
    def test_a_limesurvey_file(
        self, questions: list[dict[str, str]], answers: list[dict[str, str]], attributes: list[dict[str, str]]
    ) -> None:
        content = lss(
            section("questions", *questions),
            section("answers", *answers),
            section("question_attributes", *attributes),
            section("groups", {"gid": "1", "group_name": "One", "grelevance": "1"}),
        )
        try:
            carried = read_limesurvey(content, same)
        except FormProblem:
            return
        assert can_be_kept(carried)


class TestDamagedFiles:
    WHOLE = (
        ("form.xlsx", xlsform([{"type": "text", "name": "a", "label": "How are you?"}])),
        ("form.lss", lss(section("questions", {"qid": "1", "type": "T", "title": "a", "question": "How are you?"}))),
    )

    @pytest.mark.parametrize(("name", "content"), WHOLE)
    @settings(deadline=None, max_examples=40)
    @given(st.data())
    def test_they_are_refused_or_read(self, name: str, content: bytes, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(content)))
        damaged = content[:place] + data.draw(st.binary(max_size=8)) + content[place + data.draw(st.integers(0, 20)) :]
        try:
            assert can_be_kept(read_form(damaged, name, same, ("en",)))
        except FormProblem:
            return

    def test_a_title_with_a_backslash(self) -> None:
        content = lss(
            section(
                "questions",
                {"qid": "1", "type": "M", "title": "a", "question": "Which?", "question_order": "1"},
                {"qid": "2", "type": "T", "title": "b", "question": "Why?", "relevance": r"a_\q == 'Y'"},
                {"qid": "3", "parent_qid": "1", "title": r"\q", "question": "This"},
            )
        )
        assert len(read_limesurvey(content, same).document.questions) == 2

    def test_what_word_puts_into_html(self) -> None:
        said = "<p><![if !supportLists]>Hello<![endif]> <![x[you</p>"
        content = lss(section("questions", {"qid": "1", "type": "T", "title": "a", "question": said}))
        [question] = read_limesurvey(content, same).document.questions
        assert question.title == {"en": "Hello x[you"}

    def test_an_encoding_that_nobody_knows(self) -> None:
        with pytest.raises(FormProblem):
            read_limesurvey(b'<?xml version="1.0" encoding="no-such"?><document/>', same)


class TestRanges:
    @pytest.mark.parametrize("parameters", [f"end={NINES}", f"start=-{NINES} end={NINES}", "end=3 step=0.0000001"])
    def test_one_without_end_is_answered_in_words(self, parameters: str) -> None:
        row = {"type": "range", "name": "a", "label": "How many?", "parameters": parameters}
        carried = read_xlsform(xlsform([row]), same)
        assert [question.kind for question in carried.document.questions] == ["free_text"]
        assert [left.reason for left in carried.left] == ["number_as_words"]

    def test_every_step_is_there(self) -> None:
        row = {"type": "range", "name": "a", "label": "How much?", "parameters": "start=0.1 end=0.4 step=0.1"}
        question = read_xlsform(xlsform([row]), same).document.questions[0]
        assert [option.code for option in question.options] == ["0.1", "0.2", "0.3", "0.4"]
