from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.importing.converting import Converted, ImportedAnswer, RowProblem, convert
from surveys.importing.guessing import guess_mapping
from surveys.importing.mapping import Column, Mapping, ValueCode
from surveys.importing.reading import read_sheet
from tests.surveys.importing.files import (
    QUESTIONS,
    TODAY,
    comment_rows,
    csv_bytes,
    google_forms,
    microsoft_forms,
    surveymonkey,
    xlsx_bytes,
)

HEADERS = ("ref", "day", "happy", "note")
COLUMNS = (
    Column("ref", "identifier"),
    Column("day", "submitted_at"),
    Column("happy", "answer", "overall_satisfaction"),
    Column("note", "free_text", "went_well"),
)


def converted(content: bytes, mapping: Mapping | None = None, filename: str = "a.csv") -> Converted:
    sheet = read_sheet(content, filename)
    use = mapping or guess_mapping(sheet, QUESTIONS)
    return convert(sheet, use, QUESTIONS, today=TODAY, default_language="en")


def of_rows(rows: Sequence[Sequence[object]], mapping: Mapping = Mapping(COLUMNS)) -> Converted:  # noqa: B008
    return converted(csv_bytes([HEADERS, *rows]), mapping)


def problem_of(*row: object) -> tuple[str | None, str, str]:
    result = of_rows([row, ("ok", "", "Happy", "")])
    assert [one.key for one in result.rows] == [of_rows([("ok", "", "Happy", "")]).rows[0].key]
    (problem,) = result.problems
    return problem.header, problem.code, problem.excerpt


class TestFilesOfSurveyTools:
    def test_it_converts_microsoft_forms(self) -> None:
        result = converted(microsoft_forms(3), filename="a.xlsx")
        assert not result.problems
        assert [row.submitted_on for row in result.rows] == [date(2025, 6, 3)] * 3
        assert [answer.code for answer in result.rows[1].answers] == ["yes", None]
        assert result.rows[0].answers == (
            ImportedAnswer("kept_up_to_date", code="no"),
            ImportedAnswer("overall_satisfaction", code="unhappy"),
            ImportedAnswer("went_well", text="The officer rang me back on day 1 and explained each step."),
        )

    def test_it_converts_google_forms(self) -> None:
        result = converted(google_forms())
        assert [row.submitted_on for row in result.rows] == [date(2025, 6, 3), date(2025, 6, 13)]
        assert result.rows[1].answers[1].text == "Ring when you say\nyou will ring."

    def test_it_converts_surveymonkey_with_its_american_dates(self) -> None:
        result = converted(surveymonkey())
        assert result.date_order == "month_first"
        assert [row.submitted_on for row in result.rows] == [date(2025, 6, 3), date(2025, 6, 4)]
        assert result.rows[0].answers == (
            ImportedAnswer("overall_satisfaction", code="very_happy"),
            ImportedAnswer("went_well", text="They listened to both of us."),
        )

    def test_it_carries_no_personal_detail(self) -> None:
        for content, filename in ((google_forms(), "a.csv"), (surveymonkey(), "a.csv")):
            assert not {"example.org", "203.0.113"} & set(repr(converted(content, filename=filename)).split("'"))
            assert "example.org" not in repr(converted(content, filename=filename))
            assert "203.0.113" not in repr(converted(content, filename=filename))


class TestCodes:
    @pytest.mark.parametrize("value", ["Very happy", "very  HAPPY ", "very_happy", "Bardzo zadowolona", "Very happy;"])
    def test_it_reads_labels_in_any_language(self, value: str) -> None:
        assert of_rows([("", "", value, "")]).rows[0].answers[0].code == "very_happy"

    @pytest.mark.parametrize("value", ["5", "5.0", " 5 ", "'5", '="5"'])
    def test_it_reads_the_values_it_was_told(self, value: str) -> None:
        told = Column("happy", "answer", "overall_satisfaction", (ValueCode("5", "very_happy"),))
        assert of_rows([("", "", value, "")], Mapping((told,))).rows[0].answers[0].code == "very_happy"

    def test_it_does_not_know_a_number_it_was_not_told(self) -> None:
        assert problem_of("a", "", "5", "") == ("happy", "value_not_known", "5")

    def test_it_prefers_what_it_was_told_to_the_labels(self) -> None:
        told = Column("happy", "answer", "overall_satisfaction", (ValueCode("Happy", "unhappy"),))
        assert of_rows([("", "", "happy", "")], Mapping((told,))).rows[0].answers[0].code == "unhappy"

    @pytest.mark.parametrize(("value", "code"), [(True, "yes"), (False, "no")])
    def test_it_reads_yes_and_no_that_became_true_and_false(self, value: bool, code: str) -> None:
        mapping = Mapping((Column("told", "answer", "kept_up_to_date"),))
        for content, name in (
            (xlsx_bytes([["told"], [value]]), "a.xlsx"),
            (csv_bytes([["told"], [value]]), "a.csv"),
        ):
            assert converted(content, mapping, name).rows[0].answers[0].code == code

    def test_it_takes_the_same_answer_in_two_columns_once(self) -> None:
        columns = tuple(Column(header, "answer", "felt_listened_to") for header in ("one", "two"))
        content = csv_bytes([["one", "two"], ["Yes", "yes"], ["Yes", ""], ["Yes", "No"]])
        result = converted(content, Mapping(columns))
        assert [len(row.answers) for row in result.rows] == [1, 1]
        assert [(one.row_number, one.header, one.code) for one in result.problems] == [(4, "two", "answered_twice")]

    def test_it_reads_language_and_kind_of_respondent(self) -> None:
        columns = (
            Column("lang", "language"),
            Column("who", "respondent_kind", values=(ValueCode("Mum", "parent_carer"),)),
            Column("note", "free_text", "went_well"),
        )
        rows = [["lang", "who", "note"], ["Polish", "mum", "a"], ["", "young person", "b"], ["xx", "", "c"]]
        result = converted(csv_bytes(rows), Mapping(columns))
        assert [(row.language, row.respondent_kind) for row in result.rows] == [
            ("pl", "parent_carer"),
            ("en", "young_person"),
        ]
        assert result.problems == (RowProblem(4, "lang", "value_not_known", "xx"),)


class TestRowsThatCannotBeRead:
    @pytest.mark.parametrize(
        ("row", "problem"),
        [
            (("a", "", "Splendid", "Kind"), ("happy", "value_not_known", "Splendid")),
            (("a", "soon", "Happy", ""), ("day", "date_not_read", "soon")),
            (("a", "31/02/2025", "Happy", ""), ("day", "date_not_read", "31/02/2025")),
            (("a", "16/01/2026", "Happy", ""), ("day", "date_out_of_range", "16/01/2026")),
            (("a", "31/12/1999", "Happy", ""), ("day", "date_out_of_range", "31/12/1999")),
            (("a", "", "#N/A", "Kind"), ("happy", "formula_error", "#N/A")),
            (("a", "", "Happy", "#REF!"), ("note", "formula_error", "#REF!")),
            (("a", "", "Happy", "x" * 10_001), ("note", "text_too_long", "x" * 59 + "…")),
            (("a", "03/06/2025", "", " "), (None, "nothing_answered", "")),
            (("a", "", "Happy", "", "more"), (None, "too_many_cells", "more")),
        ],
    )
    def test_it_lists_them_while_the_others_go_in(
        self, row: tuple[str, ...], problem: tuple[str | None, str, str]
    ) -> None:
        assert problem_of(*row) == problem

    def test_it_lists_every_problem_of_a_row(self) -> None:
        result = of_rows([("a", "soon", "Splendid", "Kind")])
        assert [problem.code for problem in result.problems] == ["date_not_read", "value_not_known"]
        assert result.rows_kept_out == 1

    def test_it_takes_today_and_the_longest_text(self) -> None:
        assert len(of_rows([("a", TODAY, "", "x" * 10_000)]).rows) == 1

    def test_it_leaves_unknown_values_out_when_told_to(self) -> None:
        mapping = Mapping(COLUMNS, leave_out_unknown=True)
        result = of_rows([("a", "", "Splendid", "Kind"), ("b", "", "Splendid", "")], mapping)
        assert [row.answers for row in result.rows] == [(ImportedAnswer("went_well", text="Kind"),)]
        assert [(one.row_number, one.code) for one in result.problems] == [(3, "nothing_answered")]
        assert result.columns[2].left_out == 2

    def test_it_lists_a_row_that_swallowed_the_rest_of_the_file(self) -> None:
        content = b'ref,day,happy,note\na,,Happy,\nb,,Happy,"open\nc,,Happy,\n'
        result = converted(content, Mapping(COLUMNS))
        assert [(one.row_number, one.code) for one in result.problems] == [(3, "quote_left_open")]

    def test_it_refuses_a_mapping_that_does_not_fit(self) -> None:
        with pytest.raises(ValueError, match="header_not_in_file"):
            of_rows([("a", "", "Happy", "")], Mapping((Column("gone", "free_text", "went_well"),)))


class TestDates:
    def test_it_reads_day_first_in_britain(self) -> None:
        assert of_rows([("a", "03/06/2025", "Happy", "")]).rows[0].submitted_on == date(2025, 6, 3)

    def test_it_reads_a_whole_column_in_the_order_its_values_show(self) -> None:
        result = of_rows([("a", "03/06/2025", "Happy", ""), ("b", "03/25/2025", "Happy", "")])
        assert [row.submitted_on for row in result.rows] == [date(2025, 3, 6), date(2025, 3, 25)]

    def test_it_reads_the_order_it_was_told(self) -> None:
        result = of_rows([("a", "03/06/2025", "Happy", "")], Mapping(COLUMNS, date_order="month_first"))
        assert result.rows[0].submitted_on == date(2025, 3, 6)


class TestQuestionsInAColumn:
    def test_it_names_the_concept_after_the_question_and_keeps_its_words(self) -> None:
        columns = (
            Column("asked", "question", values=(ValueCode("What was good?", "went_well"),)),
            Column("said", "free_text", "imported.said"),
        )
        rows = [["asked", "said"], ["What was bad?", "Letters"], ["What was good?", "Calls"], ["", "Hm"]]
        result = converted(csv_bytes(rows), Mapping(columns))
        assert [row.answers[0] for row in result.rows] == [
            ImportedAnswer("imported.what_was_bad", text="Letters", question="What was bad?"),
            ImportedAnswer("went_well", text="Calls", question="What was good?"),
            ImportedAnswer("imported.said", text="Hm", question="said"),
        ]


ROW = st.tuples(
    st.sampled_from(["", "1", "2", "34", "R-1", "R-2"]),
    st.sampled_from(["", "03/06/2025", "13/06/2025", "06/13/2025", "soon", "01/01/2030"]),
    st.sampled_from(["", "Happy", "happy", "Splendid", "#N/A"]),
    st.sampled_from(["", "Kind", "Slow", "kind ", "’Tis"]),
).filter(any)
ANONYMOUS_ROW = ROW.map(lambda row: ("", row[1].replace("06/13", "04/06"), row[2] or "Happy", row[3]))


class TestKeys:
    @given(st.lists(ROW, min_size=1, max_size=15))
    def test_it_loses_no_row_and_counts_every_cell(self, rows: list[tuple[str, ...]]) -> None:
        result = of_rows(rows)
        numbers = {row.row_number for row in result.rows} | {one.row_number for one in result.problems}
        assert len(result.rows) + result.rows_kept_out == len(rows) == len(numbers)
        for count in result.columns:
            assert count.read + count.blank + count.left_out + count.not_read == len(rows)

    @given(st.lists(ROW, min_size=1, max_size=15))
    def test_it_gives_every_row_a_key_of_its_own_and_the_same_one_again(self, rows: list[tuple[str, ...]]) -> None:
        keys = [row.key for row in of_rows(rows).rows]
        assert len(set(keys)) == len(keys)
        assert keys == [row.key for row in of_rows(rows).rows]

    @given(st.lists(ROW, min_size=1, max_size=10), st.lists(ROW, max_size=10))
    def test_it_keeps_earlier_keys_when_rows_are_added(
        self, rows: list[tuple[str, ...]], later: list[tuple[str, ...]]
    ) -> None:
        mapping = Mapping(COLUMNS, date_order="day_first")
        first = {row.row_number: row.key for row in of_rows(rows, mapping).rows}
        longer = {row.row_number: row.key for row in of_rows([*rows, *later], mapping).rows}
        assert first.items() <= longer.items()

    @given(st.lists(ANONYMOUS_ROW, min_size=1, max_size=10))
    def test_it_counts_rows_that_are_alike_whatever_their_order(self, rows: list[tuple[str, ...]]) -> None:
        there, back = ({row.key for row in of_rows(order).rows} for order in (rows, rows[::-1]))
        assert there == back

    def test_it_goes_by_the_identifier_when_an_answer_was_corrected(self) -> None:
        before, after = (of_rows([("R-17", "", "Happy", note)]).rows[0].key for note in ("Kind", "Kind, mostly"))
        assert before == after

    def test_it_keeps_keys_when_the_columns_are_used_otherwise(self) -> None:
        rows = [("", "03/06/2025", "Happy", "Kind"), ("", "soon", "Happy", ""), ("", "soon", "Happy", "")]
        ignored = Mapping(tuple(Column(c.header, "ignore") if c.role == "submitted_at" else c for c in COLUMNS))
        before, after = of_rows(rows), of_rows(rows, ignored)
        assert {*(row.key for row in before.rows), *before.kept_out} == {row.key for row in after.rows}
        assert len({row.key for row in after.rows}) == 3

    def test_it_does_not_confuse_running_numbers_of_two_runs_of_a_form(self) -> None:
        spring, summer = (of_rows([("1", day, "Happy", "")]).rows[0].key for day in ("03/03/2025", "03/06/2025"))
        assert spring != summer
        one, other = (of_rows([("1", "", "Happy", note)]).rows[0].key for note in ("Kind", "Slow"))
        assert one != other

    def test_it_gives_a_workbook_and_its_csv_the_same_keys(self) -> None:
        rows = [("1", "03/06/2025", "Happy", "Kind"), ("", "03/06/2025", "Happy", "Slow")]
        book = xlsx_bytes([HEADERS, (1, date(2025, 6, 3), "Happy", "Kind"), (None, date(2025, 6, 3), "Happy", "Slow")])
        in_book = [row.key for row in converted(book, Mapping(COLUMNS), "a.xlsx").rows]
        assert in_book == [row.key for row in of_rows(rows).rows]

    def test_it_does_not_show_the_identifier(self) -> None:
        key = of_rows([("R-17", "", "Happy", "")]).rows[0].key
        assert set(key) <= set("0123456789abcdef")


class TestComments:
    def test_it_takes_all_of_them(self) -> None:
        rows = comment_rows()
        sheet = read_sheet(csv_bytes(rows), "comments.csv")
        mapping = guess_mapping(sheet, QUESTIONS)
        used = {column.header: column.role for column in mapping.columns if column.role != "ignore"}
        assert used == {"id": "identifier", "question": "question", "text": "free_text"}
        result = convert(sheet, mapping, QUESTIONS, today=TODAY, default_language="en")
        assert (len(result.rows), result.problems) == (len(rows) - 1, ())
        assert len({row.key for row in result.rows}) == len(rows) - 1

    def test_it_takes_all_of_them_without_their_identifiers(self) -> None:
        rows = comment_rows()
        result = converted(csv_bytes([row[2:4] for row in rows]))
        assert (len(result.rows), result.problems) == (len(rows) - 1, ())
        assert len({row.key for row in result.rows}) == len(rows) - 1
