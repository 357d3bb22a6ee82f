"""LimeSurvey's files: what becomes of their questions, and what is listed."""

from __future__ import annotations

from typing import Any

import pytest

from surveys.document import OnlyIf
from surveys.exchange.carried import Carried, FormProblem
from surveys.exchange.limesurvey_reading import read_limesurvey
from tests.surveys.exchange.forms import lss, section


def same(message: str) -> dict[str, str]:
    return {"en": message, "de": f"{message} (de)"}


def question(qid: int, type: str, title: str, text: str = "", **more: object) -> dict[str, object]:
    return {
        "qid": qid,
        "parent_qid": more.pop("parent_qid", 0),
        "gid": more.pop("gid", 1),
        "type": type,
        "title": title,
        "question": text or f"{title}?",
        "other": "N",
        "mandatory": "N",
        "question_order": qid,
        "language": "en",
        "scale_id": 0,
        "relevance": "1",
        **more,
    }


def answer(qid: int, code: str, text: str, order: int = 1) -> dict[str, object]:
    return {"qid": qid, "code": code, "answer": text, "sortorder": order, "language": "en", "scale_id": 0}


GROUP = section("groups", {"gid": 1, "group_name": "All", "group_order": 1, "language": "en"})
TITLE = section("surveys_languagesettings", {"surveyls_language": "en", "surveyls_title": "Our clubs"})


def read(*questions: dict[str, object], more: str = "", groups: str = GROUP) -> Carried:
    return read_limesurvey(lss(groups, TITLE, section("questions", *questions), more), same)


def listed(carried: Carried) -> list[tuple[Any, ...]]:
    return [(left.reason, left.column, left.about) for left in carried.left]


ANSWERS = section("answers", answer(1, "A2", "No", 2), answer(1, "A1", "Yes", 1))
ROWS = section(
    "subquestions",
    question(11, "T", "SQ001", "Art", parent_qid=2),
    question(12, "T", "SQ002", "Sport", parent_qid=2),
)


class TestKinds:
    def test_it_knows_each_kind_that_we_ask(self) -> None:
        carried = read(
            question(1, "L", "go"),
            question(2, "M", "clubs"),
            question(3, "Y", "sure"),
            question(4, "5", "stars"),
            question(5, "D", "day"),
            question(6, "T", "why"),
            question(7, "X", "note"),
            question(8, "G", "sex"),
            question(9, "R", "best"),
            question(10, "|", "snap"),
            more=ANSWERS
            + ROWS
            + section("answers_of_nobody")
            + section("question_attributes", {"qid": 10, "attribute": "allowed_filetypes", "value": "png, jpg"}),
        )
        assert {q.concept: q.kind for q in carried.document.questions} == {
            "go": "single_choice",
            "clubs": "multiple_choice",
            "sure": "yes_no",
            "stars": "single_choice",
            "day": "date",
            "why": "free_text",
            "note": "information",
            "sex": "single_choice",
            "snap": "photo",
        }
        assert listed(carried) == [("choices_missing", "best", "")]
        go, clubs, sure, stars = carried.document.questions[:4]
        assert [(option.code, option.label["en"]) for option in go.options] == [("A1", "Yes"), ("A2", "No")]
        assert [(option.code, option.label["en"]) for option in clubs.options] == [("SQ001", "Art"), ("SQ002", "Sport")]
        assert [option.code for option in sure.options] == ["yes", "no"]
        assert [option.code for option in stars.options] == ["1", "2", "3", "4", "5"]

    def test_it_makes_a_question_of_each_row_of_a_table(self) -> None:
        carried = read(
            question(2, "F", "like", "How do you like"),
            question(3, "L", "last", relevance='like_SQ002.NAOK == "B"'),
            more=ROWS + section("answers", answer(2, "G", "Good"), answer(2, "B", "Bad", 2), answer(3, "A", "A")),
        )
        assert [(q.concept, q.title["en"]) for q in carried.document.questions] == [
            ("like_SQ001", "How do you like – Art"),
            ("like_SQ002", "How do you like – Sport"),
            ("last", "last?"),
        ]
        assert carried.document.questions[2].conditions == (OnlyIf("like_SQ002", ("B",)),)
        assert listed(carried) == [("matrix_flattened", "like", "2")]

    def test_it_says_what_it_leaves_out(self) -> None:
        carried = read(
            question(1, "O", "go", other="Y", mandatory="Y"),
            question(2, "*", "sum"),
            question(3, "I", "tongue"),
            question(4, ";", "grid"),
            question(5, "N", "age", preg="/^[0-9]+$/"),
            question(6, "T", "secret"),
            question(7, "L", "empty"),
            question(8, "T", "go"),
            more=ANSWERS
            + section(
                "question_attributes",
                {"qid": 6, "attribute": "hidden", "value": "1"},
                {"qid": 5, "attribute": "suffix", "value": "years"},
                {"qid": 1, "attribute": "other_replace_text", "value": "None of these"},
            )
            + section("quota", {"id": 1}),
        )
        assert [q.concept for q in carried.document.questions] == ["go", "age", "go_2"]
        assert [option.label["en"] for option in carried.document.questions[0].options] == [
            "Yes",
            "No",
            "None of these",
        ]
        assert listed(carried) == [
            ("required_left_out", "go", ""),
            ("other_words_left_out", "go", ""),
            ("other_words_left_out", "go", ""),
            ("calculated", "sum", "*"),
            ("kind_not_known", "tongue", "I"),
            ("kind_not_known", "grid", ";"),
            ("check_left_out", "age", "/^[0-9]+$/"),
            ("number_as_words", "age", ""),
            ("setting_left_out", "age", "suffix=years"),
            ("row_switched_off", "secret", ""),
            ("choices_missing", "empty", ""),
            ("name_twice", "go", "go_2"),
            ("setting_left_out", "", ""),
        ]


class TestConditions:
    @pytest.mark.parametrize(
        ("relevance", "condition"),
        [
            ('go.NAOK == "A1"', OnlyIf("go", ("A1",))),
            ('((go.NAOK == "A1"))', OnlyIf("go", ("A1",))),
            ('go == "A1" or go.code eq "A2"', OnlyIf("go", ("A1", "A2"))),
            ('((77X1X1.NAOK == "A2"))', OnlyIf("go", ("A2",))),
            ('((clubs_SQ002.NAOK == "Y"))', OnlyIf("clubs", ("SQ002",))),
            ('((77X1X2SQ001.NAOK == "Y"))', OnlyIf("clubs", ("SQ001",))),
            ('sure.NAOK == "N"', OnlyIf("sure", ("no",))),
            ('go == "-oth-"', OnlyIf("go", ("other",))),
        ],
    )
    def test_it_carries_simple_ones(self, relevance: str, condition: OnlyIf) -> None:
        carried = self.asked(relevance)
        assert carried.document.questions[-1].conditions == (condition,)
        assert {left.reason for left in carried.left} == {"other_words_left_out"}

    @pytest.mark.parametrize("relevance", ["!is_empty(go.NAOK)", 'go == "A1" or sure == "Y"', "count(that.clubs) > 1"])
    def test_it_lists_the_others(self, relevance: str) -> None:
        carried = self.asked(relevance)
        assert carried.document.questions[-1].conditions == ()
        assert {left.reason for left in carried.left} == {"other_words_left_out", "condition_left_out"}

    def test_it_lists_a_loop(self) -> None:
        carried = self.asked('last == "A1"')
        assert ("asked_later", "last", "last") in listed(carried)

    def asked(self, relevance: str) -> Carried:
        return read(
            question(1, "L", "go", other="Y"),
            question(2, "M", "clubs"),
            question(3, "Y", "sure"),
            question(4, "T", "last", relevance=relevance),
            more=ANSWERS + ROWS,
        )

    def test_it_keeps_when_a_group_is_asked(self) -> None:
        groups = section(
            "groups",
            {"gid": 2, "group_name": "Second", "group_order": 2, "language": "en", "grelevance": 'go == "A1"'},
            {"gid": 1, "group_name": "First", "group_order": 1, "language": "en", "description": "<p>Hello</p>"},
        )
        carried = read(question(2, "T", "why", gid=2), question(1, "L", "go"), more=ANSWERS, groups=groups)
        assert [(q.concept, q.conditions) for q in carried.document.questions] == [
            ("go", ()),
            ("why", (OnlyIf("go", ("A1",)),)),
        ]
        assert listed(carried) == [
            ("group_flattened", "First", ""),
            ("setting_left_out", "First", "description"),
            ("group_flattened", "Second", ""),
        ]


class TestWords:
    def test_it_reads_the_texts_of_newer_files_in_every_language(self) -> None:
        bare = {name: value for name, value in question(1, "L", "go").items() if name not in ("question", "language")}
        content = lss(
            GROUP,
            section(
                "surveys_languagesettings",
                {"surveyls_language": "en", "surveyls_title": "Our clubs", "surveyls_welcometext": "<p>Welcome</p>"},
                {"surveyls_language": "de", "surveyls_title": "Unsere Clubs", "surveyls_welcometext": "Willkommen"},
            ),
            section("questions", bare),
            section(
                "question_l10ns",
                {
                    "qid": 1,
                    "question": "<p>Do you <b>go</b>?</p><script>x()</script>",
                    "help": "A&amp;B",
                    "language": "en",
                },
                {"qid": 1, "question": "Gehst du?", "language": "de"},
            ),
            section("answers", {"aid": 5, "qid": 1, "code": "A1", "sortorder": 1, "scale_id": 0}),
            section(
                "answer_l10ns",
                {"aid": 5, "answer": "Yes", "language": "en"},
                {"aid": 5, "answer": "Ja", "language": "de"},
            ),
            languages=("en", "de"),
        )
        carried = read_limesurvey(content, same)
        document = carried.document
        assert (document.slug, document.languages) == ("our-clubs", ("en", "de"))
        assert document.title == {"en": "Our clubs", "de": "Unsere Clubs"}
        assert document.about == {"en": "Welcome", "de": "Willkommen"}
        [go] = document.questions
        assert go.title == {"en": "Do you go?", "de": "Gehst du?"}
        assert go.help == {"en": "A&B"}
        assert go.options[0].label == {"en": "Yes", "de": "Ja"}
        assert listed(carried) == [("style_removed", "go", ""), ("words_missing", "go", "de")]

    def test_it_lists_pictures_and_answers_in_words(self) -> None:
        carried = read(
            question(1, "T", "why", 'Why, {TOKEN:FIRSTNAME}? <img src="/upload/a.png">'),
            question(2, "T", "how", "How?"),
        )
        assert listed(carried) == [("picture_left_out", "why", ""), ("words_name_an_answer", "why", "")]


class TestFilesThatAreNoSurvey:
    BOMB = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><document>&b;</document>'
    OUTSIDE = b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><document>&a;</document>'

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "not_what_its_name_says"),
            (b"\x89PNG\r\n", "not_what_its_name_says"),
            (lss(TITLE)[:200], "not_what_its_name_says"),
            (BOMB, "not_what_its_name_says"),
            (OUTSIDE, "not_what_its_name_says"),
            (b"<html></html>", "not_a_survey"),
            (lss(TITLE, kind="Label set"), "not_a_survey"),
            (lss(TITLE), "no_questions"),
            (lss(GROUP, section("questions", question(2, "*", "sum"))), "no_questions"),
        ],
    )
    def test_it_says_why(self, content: bytes, code: str) -> None:
        with pytest.raises(FormProblem) as refused:
            read_limesurvey(content, same)
        assert refused.value.code == code
