import msgspec
import pytest

from surveys.importing.guessing import guess_mapping
from surveys.importing.mapping import (
    Column,
    Mapping,
    MappingProblem,
    SeenValue,
    ValueCode,
    fingerprint,
    mapping_problems,
    seen_values,
)
from surveys.importing.reading import read_sheet
from tests.surveys.importing.files import QUESTIONS, csv_bytes, google_forms, microsoft_forms

SHEET = read_sheet(b"id,score,note\n1,5,Kind\n2,4,Quick\n3,5.0,Slow\n", "a.csv")


class TestFingerprints:
    def test_it_is_the_same_for_the_next_file_of_a_form(self) -> None:
        first, next_one = (read_sheet(microsoft_forms(answers), "a.xlsx") for answers in (2, 9))
        assert fingerprint(first) == fingerprint(next_one)

    def test_it_disregards_order_case_and_spacing(self) -> None:
        moved = read_sheet(b"Note ,ID,  score\nKind,1,5\n", "b.csv")
        assert fingerprint(moved) == fingerprint(SHEET)

    def test_it_differs_when_a_column_is_added(self) -> None:
        assert fingerprint(read_sheet(b"id,score,note,more\n1,5,x,y\n", "b.csv")) != fingerprint(SHEET)


class TestSeenValues:
    def test_it_counts_values_once_however_they_are_written(self) -> None:
        assert seen_values(SHEET, "score") == (SeenValue("5", 2), SeenValue("4", 1))

    def test_it_leaves_blanks_out_and_stops_at_the_most_frequent(self) -> None:
        sheet = read_sheet(csv_bytes([["a", "b"], ["x", ""], ["X ", "1"], ["y", "2"]]), "a.csv")
        assert seen_values(sheet, "a", most=1) == (SeenValue("x", 2),)
        assert seen_values(sheet, "b") == (SeenValue("1", 1), SeenValue("2", 1))


class TestKeepingAMapping:
    def test_it_comes_back_from_json_as_it_was(self) -> None:
        mapping = guess_mapping(read_sheet(microsoft_forms(), "a.xlsx"), QUESTIONS)
        assert msgspec.json.decode(msgspec.json.encode(mapping), type=Mapping) == mapping

    def test_it_refuses_json_with_an_unknown_role(self) -> None:
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(b'{"columns":[{"header":"a","role":"owner"}]}', type=Mapping)


class TestProblems:
    def problems(self, *columns: Column) -> list[tuple[str | None, str]]:
        return [(one.header, one.code) for one in mapping_problems(SHEET, Mapping(columns), QUESTIONS)]

    def test_it_has_none_when_the_mapping_fits(self) -> None:
        values = (ValueCode("5", "very_happy"), ValueCode("4", None))
        assert not self.problems(
            Column("ID", "identifier"),
            Column("score", "answer", "overall_satisfaction", values),
            Column("note", "free_text", "imported.note"),
        )

    @pytest.mark.parametrize(
        ("column", "code"),
        [
            (Column("gone", "free_text", "went_well"), "header_not_in_file"),
            (Column("score", "answer"), "concept_missing"),
            (Column("score", "answer", "unheard_of"), "concept_not_known"),
            (Column("score", "answer", "went_well"), "concept_not_known"),
            (Column("score", "free_text", "overall_satisfaction"), "concept_not_known"),
            (Column("score", "answer", "overall_satisfaction", (ValueCode("5", "great"),)), "code_not_known"),
            (Column("score", "respondent_kind", None, (ValueCode("5", "king"),)), "code_not_known"),
        ],
    )
    def test_it_names_the_column_at_fault(self, column: Column, code: str) -> None:
        assert (column.header, code) in self.problems(column, Column("note", "free_text", "imported.note"))

    def test_it_names_columns_that_share_what_only_one_can_be(self) -> None:
        twice = self.problems(Column("id", "identifier"), Column("score", "identifier"))
        assert ("id", "role_twice") in twice
        assert ("score", "role_twice") in twice
        assert ("note", "header_twice") in self.problems(Column("note", "ignore"), Column("Note", "ignore"))

    def test_it_names_a_question_that_nothing_answers(self) -> None:
        problems = self.problems(Column("note", "question"), Column("score", "answer", "overall_satisfaction"))
        assert problems == [("note", "question_without_text")]

    def test_it_names_a_mapping_that_imports_nothing(self) -> None:
        assert self.problems(Column("id", "identifier")) == [(None, "nothing_to_import")]

    def test_it_refuses_personal_details_whatever_a_person_chose(self) -> None:
        sheet = read_sheet(google_forms(), "a.csv")
        mapping = Mapping((Column("Email address", "free_text", "imported.email"),))
        assert mapping_problems(sheet, mapping, ()) == (MappingProblem("Email address", "personal_detail"),)
