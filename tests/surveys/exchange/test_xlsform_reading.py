"""Forms that others made: what becomes of their questions, and that nothing is lost without a word."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from surveys.document import OnlyIf, SurveyDocument
from surveys.exchange.carried import Carried, FormProblem, Left
from surveys.exchange.xlsform_reading import read_xlsform
from surveys.importing.sheet import Limits
from tests.surveys.exchange.forms import rows, xlsform

CHOICES = """
list_name | name | label
yesno | yes | Yes
yesno | no | No
places | home | Home
places | club | Club
places | school | School
"""


def same(message: str) -> dict[str, str]:
    return {"en": message, "pl": f"{message} (pl)"}


def read(survey: str, choices: str = CHOICES, **settings: str) -> Carried:
    return read_xlsform(xlsform(rows(survey), rows(choices), settings or {"form_title": "Clubs"}), same)


def kinds(document: SurveyDocument) -> dict[str, str]:
    return {question.concept: question.kind for question in document.questions}


def reasons(carried: Carried) -> list[tuple[Any, ...]]:
    return [(left.reason, left.row, left.column, left.about) for left in carried.left]


class TestKinds:
    def test_it_knows_each_kind_that_we_ask(self) -> None:
        carried = read("""
            type | name | label | parameters | appearance
            note | intro | Hello
            select_one places | where | Where?
            select one places | where_too | Where too?
            select_multiple places | all | Where else?
            rank places | best | Best first
            text | why | Why?
            date | day | When?
            audio | say | Say it
            image | snap | Show it
            image | sketch | Draw it | | draw
            range | score | How much? | start=0 end=10 step=1
            """)
        assert kinds(carried.document) == {
            "intro": "information",
            "where": "single_choice",
            "where_too": "single_choice",
            "all": "multiple_choice",
            "best": "ranking",
            "why": "free_text",
            "day": "date",
            "say": "recording",
            "snap": "photo",
            "sketch": "drawing",
            "score": "number_scale",
        }
        assert carried.left == ()
        where = carried.document.question("where")
        assert where is not None
        assert [(option.code, option.label) for option in where.options] == [
            ("home", {"en": "Home"}),
            ("club", {"en": "Club"}),
            ("school", {"en": "School"}),
        ]

    def test_it_says_what_becomes_something_else(self) -> None:
        carried = read("""
            type | name | label | parameters | constraint
            acknowledge | ok | I agree
            integer | age | How old?
            integer | score | 0 to 10? | | . >= 0 and . <= 10
            range | stars | Stars? | start=1 end=5 step=1
            range | many | Many? | start=0 end=500
            select_one yesno or_other | more | More?
            """)
        assert kinds(carried.document) == {
            "ok": "consent",
            "age": "free_text",
            "score": "number_scale",
            "stars": "single_choice",
            "many": "free_text",
            "more": "single_choice",
        }
        assert reasons(carried) == [
            ("acknowledge_as_consent", 2, "type", "ok"),
            ("number_as_words", 3, "type", "age"),
            ("range_as_choices", 5, "type", "stars"),
            ("number_as_words", 6, "type", "many"),
            ("other_words_left_out", 7, "type", "more"),
        ]
        stars, more = carried.document.question("stars"), carried.document.question("more")
        assert stars is not None
        assert more is not None
        assert [option.label["en"] for option in stars.options] == ["1", "2", "3", "4", "5"]
        assert [option.code for option in more.options] == ["yes", "no", "other"]

    def test_it_leaves_out_what_is_no_question_of_ours_and_says_so(self) -> None:
        carried = read("""
            type | name | label | appearance | calculation
            start | begun
            deviceid | device
            calculate | sum | | | 1 + 1
            geopoint | place | Where are you?
            image | sign | Sign here | signature
            select_one_from_file a.csv | far | Far?
            telepathy | mind | Think
            text | why | Why?
            """)
        assert list(kinds(carried.document)) == ["why"]
        assert [(reason, row, about) for reason, row, _, about in reasons(carried)] == [
            ("from_device", 2, "start"),
            ("from_device", 3, "deviceid"),
            ("calculated", 4, "calculate"),
            ("kind_not_known", 5, "geopoint"),
            ("kind_not_known", 6, "image"),
            ("choices_elsewhere", 7, "select_one_from_file a.csv"),
            ("kind_not_known", 8, "telepathy"),
        ]

    def test_it_keeps_limits_and_lists_other_checks(self) -> None:
        carried = read("""
            type | name | label | constraint | required | appearance | constraint_message | media::image
            text | why | Why? | string-length(.) < 101 | yes | multiline
            select_multiple places | all | Where? | count-selected(.) <= 2 and selected(., 'home') | | likert shiny
            date | day | When? | . <= today() | | | Not yet! | day.png
            """)
        why, where = carried.document.question("why"), carried.document.question("all")
        assert why is not None
        assert where is not None
        assert (why.limit, where.most) == (100, 2)
        assert reasons(carried) == [
            ("required_left_out", 2, "required", "why"),
            ("check_left_out", 3, "constraint", "selected(., 'home')"),
            ("look_left_out", 3, "appearance", "shiny"),
            ("column_left_out", 4, "constraint_message", "Not yet!"),
            ("picture_left_out", 4, "media::image", "day.png"),
            ("check_left_out", 4, "constraint", ". <= today()"),
        ]


class TestConditions:
    @pytest.mark.parametrize(
        ("relevant", "conditions"),
        [
            ("${go}='yes'", [OnlyIf("go", ("yes",))]),
            ("'yes' = ${go}", [OnlyIf("go", ("yes",))]),
            ("selected(${all}, 'home')", [OnlyIf("all", ("home",))]),
            ("selected(${go}, 'yes')", [OnlyIf("go", ("yes",))]),
            ("${go} = 'yes' or ${go} = 'no'", [OnlyIf("go", ("yes", "no"))]),
            (
                "(${go} = 'yes') and (selected(${all}, 'home') or selected(${all}, 'club'))",
                [OnlyIf("go", ("yes",)), OnlyIf("all", ("home", "club"))],
            ),
            ("${score} >= 9", [OnlyIf("score", ("9", "10"))]),
            ("${score} = 3", [OnlyIf("score", ("3",))]),
        ],
    )
    def test_it_carries_simple_ones(self, relevant: str, conditions: list[OnlyIf]) -> None:
        carried = self.asked(relevant)
        assert carried.left == ()
        assert list(carried.document.questions[-1].conditions) == conditions

    @pytest.mark.parametrize(
        "relevant", ["${where} != 'home'", "not(${where} = 'home')", "not(selected(${where}, 'home'))"]
    )
    def test_it_turns_them_around_and_says_that_an_answer_is_needed(self, relevant: str) -> None:
        carried = self.asked(relevant)
        assert [left.reason for left in carried.left] == ["needs_an_answer"]
        assert carried.document.questions[-1].conditions == (OnlyIf("where", ("club", "school", "rather_not_say")),)

    @pytest.mark.parametrize(
        "relevant",
        [
            "${go} = 'yes' or ${where} = 'home'",
            "not(selected(${all}, 'home'))",
            "${all} = 'home'",
            "${why} = 'because'",
            "string-length(${why}) > 3",
            "count-selected(${all}) > 1",
            "${go} = ${where}",
            "((((",
            "${go} = 'yes' and",
            "$ = = 2",
            "'; DROP TABLE survey; --",
            "(" * 500 + "${go} = 'yes'" + ")" * 500,
        ],
    )
    def test_it_lists_what_it_cannot_say_and_asks_always(self, relevant: str) -> None:
        carried = self.asked(relevant)
        assert carried.left == (Left("condition_left_out", "survey", 7, "relevant", relevant),)
        assert carried.document.questions[-1].conditions == ()

    def asked(self, relevant: str) -> Carried:
        asked = rows("""
            type | name | label | parameters
            select_one yesno | go | Go?
            select_one places | where | Where?
            select_multiple places | all | Where else?
            range | score | How much? | start=0 end=10
            text | why | Why?
            """)
        last = {"type": "text", "name": "last", "label": "Last?", "relevant": relevant}
        return read_xlsform(xlsform([*asked, last], rows(CHOICES), {"form_title": "Clubs"}), same)

    def test_it_names_loops_and_questions_and_answers_that_are_not_there(self) -> None:
        carried = read("""
            type | name | label | relevant
            select_one yesno | itself | Itself? | ${itself} = 'yes'
            select_one yesno | one | One? | ${two} = 'yes'
            select_one yesno | two | Two? | ${one} = 'yes'
            select_one yesno | three | Three? | ${gone} = 'yes'
            select_one yesno | four | Four? | ${one} = 'perhaps'
            """)
        assert reasons(carried) == [
            ("asked_later", 2, "relevant", "itself"),
            ("asked_later", 3, "relevant", "two"),
            ("question_not_known", 5, "relevant", "gone"),
            ("answer_not_known", 6, "relevant", "perhaps"),
        ]
        assert [len(question.conditions) for question in carried.document.questions] == [0, 0, 1, 0, 0]

    def test_it_takes_an_acknowledgement_for_a_yes(self) -> None:
        carried = read("""
            type | name | label | relevant
            acknowledge | ok | I agree
            text | why | Why? | ${ok} = 'OK'
            """)
        assert carried.document.questions[1].conditions == (OnlyIf("ok", ("yes",)),)


class TestGroups:
    def test_it_takes_groups_apart_and_keeps_when_they_are_asked(self) -> None:
        carried = read("""
            type | name | label | relevant
            select_one yesno | go | Go?
            begin_group | outer | Outer | ${go} = 'yes'
            select_one places | where | Where?
            begin group | inner | Inner | ${where} = 'club'
            text | why | Why? | ${go} = 'yes' or ${go} = 'no'
            end group
            end_group
            text | last | Last?
            """)
        assert [question.conditions for question in carried.document.questions] == [
            (),
            (OnlyIf("go", ("yes",)),),
            (OnlyIf("go", ("yes",)), OnlyIf("where", ("club",)), OnlyIf("go", ("yes", "no"))),
            (),
        ]
        assert [(left.reason, left.about) for left in carried.left] == [
            ("group_flattened", "outer"),
            ("group_flattened", "inner"),
        ]

    def test_it_leaves_out_repeats_with_all_that_is_in_them(self) -> None:
        carried = read("""
            type | name | label
            begin_repeat | child | Each child
            text | name | Name?
            begin_group | more | More
            text | age | Age?
            end_group
            end_repeat
            text | last | Last?
            """)
        assert list(kinds(carried.document)) == ["last"]
        assert [(left.reason, left.row, left.about) for left in carried.left] == [
            ("repeat_left_out", 2, "child"),
            ("in_repeat", 3, "name"),
            ("in_repeat", 4, "more"),
            ("in_repeat", 5, "age"),
        ]

    def test_it_bears_groups_that_do_not_match(self) -> None:
        carried = read("""
            type | name | label
            end_group
            begin_group | open | Open
            text | last | Last?
            """)
        assert [left.reason for left in carried.left] == ["group_not_open", "group_flattened", "group_not_closed"]
        assert list(kinds(carried.document)) == ["last"]


class TestWords:
    def test_it_reads_every_language_and_says_where_words_are_missing(self) -> None:
        carried = read(
            """
            type | name | label::English (en) | label::polski (pl) | hint::English (en) | hint::polski (pl)
            text | why | Why? | Dlaczego? | A few words. |
            select_one yesno | go | Go? |
            """,
            """
            list_name | name | label::English (en) | label::Polish
            yesno | yes | Yes | Tak
            yesno | no | No |
            """,
            form_title="Clubs",
            default_language="English (en)",
        )
        assert carried.document.languages == ("en", "pl")
        assert carried.document.questions[0].title == {"en": "Why?", "pl": "Dlaczego?"}
        assert [(left.reason, left.sheet, left.row, left.column, left.about) for left in carried.left] == [
            ("words_missing", "choices", 3, "label", "pl"),
            ("words_missing", "survey", 2, "hint", "pl"),
            ("words_missing", "survey", 3, "label", "pl"),
        ]

    def test_it_takes_plain_labels_for_the_default_language(self) -> None:
        carried = read(
            "type | name | label\ntext | why | Dlaczego?", form_title="Kluby", default_language="Polish (pl)"
        )
        assert carried.document.questions[0].title == {"pl": "Dlaczego?"}
        assert carried.document.title == {"pl": "Kluby"}
        assert carried.document.languages == ("pl",)

    def test_it_lists_words_that_name_an_answer_and_columns_it_does_not_know(self) -> None:
        carried = read("""
            type | name | label | label::Klingon (tlhIngan Hol)
            text | who | Who? | nuq?
            text | why | Why, ${who}?
            """)
        assert [left.reason for left in carried.left] == ["column_left_out", "words_name_an_answer"]


class TestNames:
    def test_it_tells_questions_of_one_name_apart(self) -> None:
        carried = read("""
            type | name | label | relevant
            select_one yesno | go | Go?
            text | go | Go again?
            text | | Nameless?
            text | a.b | Dotted? | ${go} = 'yes'
            """)
        assert list(kinds(carried.document)) == ["go", "go_2", "question_4", "a_b"]
        assert carried.document.questions[3].conditions == (OnlyIf("go", ("yes",)),), "the first of the name"
        assert [(left.reason, left.row) for left in carried.left] == [
            ("name_twice", 3),
            ("no_name", 4),
            ("name_changed", 5),
        ]

    def test_it_lists_missing_and_doubled_choices(self) -> None:
        carried = read(
            """
            type | name | label
            select_one nowhere | lost | Lost?
            select_multiple | bare | Bare?
            select_one twice | two | Two?
            """,
            """
            list_name | name | label
            twice | a | A
            twice | a | A again
            twice | | No name
            """,
        )
        assert list(kinds(carried.document)) == ["two"]
        assert [(left.reason, left.about) for left in carried.left] == [
            ("no_name", "No name"),
            ("choice_twice", "a"),
            ("choices_missing", "nowhere"),
            ("choices_missing", "bare"),
        ]


class TestTheSurveyItself:
    def test_it_takes_title_and_name_and_counts_the_minutes(self) -> None:
        carried = read(
            "type | name | label\ntext | why | Why?", form_title="Our clubs", form_id="Clubs 2026", style="pages"
        )
        document = carried.document
        assert (document.slug, document.title, document.minutes) == ("clubs-2026", {"en": "Our clubs"}, 2)
        assert carried.left == ()

    def test_it_lists_settings_and_sheets_that_it_does_not_know(self) -> None:
        content = xlsform(rows("type | name | label\ntext | why | Why?"), (), {"form_title": "T", "public_key": "abc"})
        assert reasons(read_xlsform(content, same)) == [("setting_left_out", 2, "public_key", "abc")]

    def test_it_lists_rows_that_are_switched_off(self) -> None:
        carried = read("type | name | label | disabled\ntext | old | Old? | yes\ntext | why | Why?")
        assert reasons(carried) == [("row_switched_off", 2, "disabled", "old")]


class TestFilesThatAreNoForm:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "not_what_its_name_says"),
            (b"type,name\ntext,a\n", "not_what_its_name_says"),
            (b"PK\x03\x04 broken", "not_what_its_name_says"),
            (xlsform([{"type": "text", "name": "a", "label": "A?"}])[:900], "not_what_its_name_says"),
            (xlsform([]), "no_questions"),
            (xlsform(rows("type | name | label\nstart | begun")), "no_questions"),
        ],
    )
    def test_it_says_why(self, content: bytes, code: str) -> None:
        with pytest.raises(FormProblem) as refused:
            read_xlsform(content, same)
        assert refused.value.code == code

    def test_it_needs_a_sheet_of_questions(self) -> None:
        renamed = self.repacked(xlsform([{"type": "text"}]), "xl/workbook.xml", b'"survey"', b'"replies"')
        with pytest.raises(FormProblem) as refused:
            read_xlsform(renamed, same)
        assert refused.value.code == "no_survey_sheet"

    def test_it_unpacks_no_bomb(self) -> None:
        content = xlsform([{"type": "note", "name": f"n{n}", "label": "a" * 30_000} for n in range(100)])
        with pytest.raises(FormProblem) as refused:
            read_xlsform(content, same, Limits(unpacked_size=100_000))
        assert refused.value.code == "too_large"

    def test_it_reads_no_endless_form(self) -> None:
        content = xlsform([{"type": "note", "name": f"n{n}", "label": "Hello"} for n in range(5001)])
        with pytest.raises(FormProblem) as refused:
            read_xlsform(content, same)
        assert refused.value.code == "too_many_rows"

    def repacked(self, content: bytes, name: str, old: bytes, new: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as repacked:
            for entry in archive.namelist():
                read = archive.read(entry)
                repacked.writestr(entry, read.replace(old, new) if entry == name else read)
        return out.getvalue()
