"""Answers collected elsewhere, in the browser: from a file of Microsoft Forms to stored answers."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from surveys.tables import ImportedFile, Submission
from tests.pages import CheckingClient, Page
from voice.people import signing_in
from voice.people.roles import Role

HEADERS = (
    "ID",
    "Start time",
    "Completion time",
    "Email",
    "Name",
    "Did you feel listened to?",
    "How happy are you with how it went?",
    "What could be better?",
)
DAY = dt.datetime(2026, 10, 5, 9, 30)  # noqa: DTZ001 - spreadsheets know no time zones


def answer(number: int, listened: str, happy: str, words: str, **other: Any) -> tuple[Any, ...]:
    done = other.get("done", DAY + dt.timedelta(hours=number))
    return (number, DAY, done, "anonymous", "", listened, happy, words)


ROWS = (
    answer(1, "Yes", "Very happy", "Ring us back sooner."),
    answer(2, "No way", "Unhappy", "Nobody rang."),
    answer(3, "No way", "In between", ""),
    answer(4, "Mostly", "Happy", "=not a formula", done=dt.datetime(2031, 1, 1)),  # noqa: DTZ001
)


def workbook(*rows: tuple[Any, ...], headers: tuple[str, ...] = HEADERS) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(headers)
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client: CheckingClient, name: str, content: bytes, *, status: int = 200, **fields: str) -> Page:
    page = client.get("/work/import")
    return client.post(page.action(), {**page.form(), **fields}, files={"file": (name, content)}, status=status)


@pytest.fixture
def analyst(client: CheckingClient) -> CheckingClient:
    client.sign_in(Role.ANALYST)
    return client


def explain(client: CheckingClient, page: Page) -> Page:
    """Says that “No way” means no, and that families answered."""
    chooser = page.one("select[name^=code-]").attributes["name"] or ""
    return client.submit(page, None, **{chooser: "no", "who": "parent_carer"})


class TestFromFileToAnswers:
    def test_it_takes_in_a_file_of_microsoft_forms(self, analyst: CheckingClient) -> None:
        columns = upload(analyst, "Autumn.xlsx", workbook(*ROWS), survey="Our autumn form")
        assert columns.h1 == "What are the columns?"
        assert "Microsoft Forms" in columns.text
        assert "4 rows." in columns.text
        refused = analyst.submit(columns, status=422)
        assert "Say below what each value in this column means." in refused.problem
        preview = explain(analyst, refused)
        assert preview.h1 == "What will happen"
        assert "3 rows are new." in preview.text
        assert "We cannot read 1 row." in preview.text
        assert "This date is in the future" in preview.text
        assert analyst.unit(Submission.count) == 0, "nothing is stored before somebody says so"
        done = analyst.submit(preview)
        assert "We added 3 rows." in done.text
        assert "We could not read 1 row." in done.text
        stored = analyst.answers()
        assert {(row["concept"], row["code"]) for row in stored if row["code"]} == {
            ("felt_listened_to", "yes"),
            ("felt_listened_to", "no"),
            ("overall_satisfaction", "very_happy"),
            ("overall_satisfaction", "unhappy"),
            ("overall_satisfaction", "in_between"),
        }
        assert {row["text"] for row in stored} == {"", "Ring us back sooner.", "Nobody rang."}
        assert {(row["round"], row["mode"], row["submitted_at"]) for row in stored} == {
            ("2026-autumn", "imported", "2026-10")
        }

    def test_it_adds_nothing_for_the_same_file_and_remembers_its_columns(self, analyst: CheckingClient) -> None:
        content = workbook(*ROWS[:3])
        analyst.submit(explain(analyst, upload(analyst, "Autumn.xlsx", content)))
        columns = upload(analyst, "Autumn (1).xlsx", content)
        assert columns.form()["survey"] == "Autumn", "the survey is remembered too"
        preview = analyst.submit(columns)
        assert preview.h1 == "What will happen", "what “No way” means was remembered"
        assert "0 rows are new." in preview.text
        assert "We have 3 rows already." in preview.text
        done = analyst.submit(preview)
        assert "We added 0 rows." in done.text
        assert analyst.unit(Submission.count) == 3

    def test_it_adds_only_what_is_new_in_a_longer_file(self, analyst: CheckingClient) -> None:
        analyst.submit(explain(analyst, upload(analyst, "Autumn.xlsx", workbook(*ROWS[:2]))))
        longer = workbook(*ROWS[:3], answer(9, "Yes", "Happy", "Thank you"))
        preview = analyst.submit(upload(analyst, "Autumn.xlsx", longer))
        assert "2 rows are new." in preview.text
        assert "We added 2 rows." in analyst.submit(preview).text

    def test_it_never_takes_in_who_answered(self, analyst: CheckingClient) -> None:
        named = [(*row[:3], f"p{row[0]}@example.org", "Asha Invented", *row[5:]) for row in ROWS[:3]]
        columns = upload(analyst, "Named.xlsx", workbook(*named))
        analyst.submit(explain(analyst, columns))
        stored = " ".join(value for row in analyst.answers() for value in row.values())
        assert "example.org" not in stored
        assert "Asha" not in stored

    def test_it_lists_what_was_taken_in(self, analyst: CheckingClient) -> None:
        analyst.submit(explain(analyst, upload(analyst, "Autumn.xlsx", workbook(*ROWS))))
        cells = [cell.text() for cell in analyst.get("/work/import").tree.css("tbody th, tbody td")]
        assert cells == ["Autumn.xlsx", "18 November 2026", "4", "3", "0", "1"]

    def test_it_keeps_no_file_after_taking_it_in(self, analyst: CheckingClient) -> None:
        preview = explain(analyst, upload(analyst, "Autumn.xlsx", workbook(*ROWS)))
        assert list((analyst.settings.data / "waiting").iterdir())
        analyst.submit(preview)
        assert list((analyst.settings.data / "waiting").iterdir()) == []
        assert analyst.submit(preview, status=404).h1 == "This file is no longer here"
        assert analyst.unit(Submission.count) == 3


class TestWhoAnswered:
    TABLE = b"What went well?\nPeople rang us back when they said they would.\n"

    def test_it_takes_nobody_for_a_family_unless_somebody_says_so(self, analyst: CheckingClient) -> None:
        columns = upload(analyst, "Comments.csv", self.TABLE)
        assert columns.form()["who"] == ""
        refused = analyst.submit(columns, status=422)
        assert refused.problem == "Choose who answered."
        assert refused.problem_field.attributes["id"] == "who"
        analyst.submit(analyst.submit(refused, who="school"))
        assert [row["respondent_kind"] for row in analyst.unit(lambda: Submission.select().run())] == ["school"]
        assert upload(analyst, "Comments (1).csv", self.TABLE).form()["who"] == "school", "it is remembered"

    def test_it_goes_by_a_column_that_says_so(self, analyst: CheckingClient) -> None:
        table = b"Who are you?,What went well?\nParent,People rang us back in time.\nTeacher,The meeting was short.\n"
        analyst.submit(analyst.submit(upload(analyst, "Comments.csv", table)))
        stored = analyst.unit(lambda: Submission.select().run())
        assert {row["respondent_kind"] for row in stored} == {"parent_carer", "school"}


class TestAnotherUseOfTheSameColumns:
    TABLE = (
        b"Date,How was it?,What could be better?\n"
        b"03/10/2026,Good,Ring us back sooner please.\n"
        b"04/10/2026,Bad,Nobody rang us back at all.\n"
        b"never,Bad,A row without a day at all.\n"
    )

    def taken_in(self, analyst: CheckingClient, **uses: str) -> Page:
        """The preview of the table with these uses of its columns."""
        uses = {"use-0": "submitted_at", "who": "parent_carer", **uses}
        return analyst.submit(upload(analyst, "Autumn.csv", self.TABLE), **uses)

    def test_it_says_that_the_rows_are_here_and_replaces_them(self, analyst: CheckingClient) -> None:
        analyst.submit(self.taken_in(analyst, **{"use-2": "free_text:went_well"}), {"go": "keep"})
        preview = self.taken_in(analyst, **{"use-0": "ignore", "use-2": "free_text:could_be_better"})
        assert "1 row is new." in preview.text
        assert "We have 2 rows already, and they say something else now." in preview.text
        kept = analyst.submit(preview, {"go": "keep"})
        assert "We had 2 rows already, with other answers. We kept the first ones." in kept.text
        assert [row["concept"] for row in analyst.answers()].count("went_well") == 2
        done = analyst.submit(self.taken_in(analyst, **{"use-0": "ignore"}), {"go": "replace"})
        assert "We replaced 2 rows." in done.text
        assert {row["concept"] for row in analyst.answers()} == {"could_be_better"}
        assert analyst.unit(Submission.count) == 3

    def test_it_takes_out_what_can_no_longer_be_read(self, analyst: CheckingClient) -> None:
        uses = {"use-2": "free_text:could_be_better"}
        analyst.submit(self.taken_in(analyst, **{**uses, "use-0": "ignore"}), {"go": "keep"})
        preview = self.taken_in(analyst, **{**uses, "use-0": "submitted_at"})
        assert "We have 1 row that we cannot read any more." in preview.text
        analyst.submit(preview, {"go": "replace"})
        assert analyst.unit(Submission.count) == 2

    def test_it_says_under_which_other_name_the_rows_are_here(self, analyst: CheckingClient) -> None:
        uses = {"use-2": "free_text:could_be_better"}
        analyst.submit(self.taken_in(analyst, **uses), {"go": "keep"})
        preview = self.taken_in(analyst, **uses, survey="Another name")
        assert "2 of these rows are here under another name: autumn" in " ".join(preview.text.split())


class TestQuestionsOfTheBank:
    TABLE = b"How are they in class?,Remarks\nSafe,The toilets should have locks.\nNot safe,Nothing more to say.\n"

    def test_it_offers_them_by_heading_and_takes_their_answers(self, analyst: CheckingClient) -> None:
        columns = upload(analyst, "School.csv", self.TABLE, survey="School form")
        groups = [group.attributes["label"] for group in columns.tree.css("#use-0 optgroup")]
        assert groups[0] == "Answers to our question"
        assert {"Valued, seen and included", "Other questions of the bank"} <= set(groups)
        uses = {"use-0": "answer:safe_at_school", "use-1": "free_text:better_school", "who": "young_person"}
        refused = analyst.submit(columns, None, status=422, **uses)
        choosers = [each.attributes["name"] or "" for each in refused.tree.css("select[name^=code-0-]")]
        assert "I agree a lot" in refused.one(f"select[name={choosers[0]}]").text()
        codes = dict(zip(choosers, ("agree", "disagree"), strict=True))
        analyst.submit(analyst.submit(refused, None, **uses, **codes))
        stored = {(row["concept"], row["code"] or row["text"]) for row in analyst.answers()}
        assert ("safe_at_school", "agree") in stored
        assert ("better_school", "The toilets should have locks.") in stored

    def test_it_knows_a_heading_that_is_the_wording_of_one(self, analyst: CheckingClient) -> None:
        columns = upload(analyst, "School.csv", b"What would make school better?\nLocks on the doors, please.\n")
        assert columns.form()["use-0"] == "free_text:better_school"


class TestRowsThatStayOut:
    def test_it_hands_out_all_of_them_as_a_file(self, analyst: CheckingClient) -> None:
        rows = "".join(f"=soon{n},Ring us back on that day.\n" for n in range(150))
        table = f"Date,What could be better?\n03/10/2026,Ring us back sooner.\n{rows}".encode()
        uses = {"use-0": "submitted_at", "who": "parent_carer"}
        preview = analyst.submit(upload(analyst, "Autumn.csv", table), **uses)
        assert "And 50 more." in preview.text
        told = analyst.client.get(preview.one("a[download]").attributes["href"] or "")
        assert told.status_code == 200
        lines = told.content.decode("utf-8-sig").splitlines()
        assert lines[:2] == ["row,column,why,what_stands_there", "3,Date,date_not_read,'=soon0"]
        assert len(lines) == 151


class TestFilesThatCannotBeRead:
    PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4

    def test_it_says_why_and_stores_nothing(self, analyst: CheckingClient) -> None:
        for name, content, said in (
            ("empty.csv", b"", "This file is empty."),
            ("blank.csv", b"\n\n,,\n", "This file is empty."),
            ("picture.csv", self.PICTURE, "This file is not what its name says."),
            ("picture.xlsx", self.PICTURE, "This file is not what its name says."),
            ("table.xlsx", b"a,b\n1,2\n", "This file is not what its name says."),
            ("table.csv", workbook(*ROWS), "This file is not what its name says."),
            ("broken.xlsx", workbook(*ROWS)[:900], "This file is not what its name says."),
            ("headings.csv", b"What went well?,When\n", "This file has no rows below its headings."),
        ):
            page = upload(analyst, name, content, survey="Kept in the box", status=422)
            assert said in page.problem, name
            assert page.problem_field.attributes["id"] == "file"
            assert page.form()["survey"] == "Kept in the box"
        assert not (analyst.settings.data / "waiting").exists()
        assert analyst.unit(ImportedFile.count) == 0

    def test_it_asks_for_a_file_when_none_was_chosen(self, analyst: CheckingClient) -> None:
        page = analyst.get("/work/import")
        assert analyst.submit(page, status=422).problem == "Choose a file first."

    def test_it_answers_a_file_of_50_mb_with_a_page_in_the_readers_language(self, analyst: CheckingClient) -> None:
        content = b"What went well?\n" + b"a" * 50_000_000
        page = upload(analyst, "large.csv", content, status=413)
        assert "This file is larger than 20 MB." in page.problem
        analyst.client.cookies.set("language", "ur")
        page = upload(analyst, "large.csv", content, status=413)
        assert page.language == "ur"
        assert "20 MB" not in page.problem or "larger" not in page.problem
        assert not (analyst.settings.data / "waiting").exists()


class TestWhoseFileItIs:
    def test_it_opens_for_nobody_else(self, analyst: CheckingClient) -> None:
        columns = upload(analyst, "Autumn.xlsx", workbook(*ROWS))
        analyst.unit(lambda: signing_in.add_member("second@first-start.invalid", Role.ANALYST))
        analyst.client.cookies.clear()
        analyst.sign_in(Role.OFFICER)
        for place in (columns.path, columns.path.replace("columns", "preview")):
            assert analyst.get(place, status=404).h1 == "This file is no longer here"
        token = analyst.get("/work/import").form()["_csrf_token"]
        analyst.post(columns.path.replace("columns", "preview"), {"_csrf_token": token}, status=404)
        assert analyst.unit(Submission.count) == 0

    def test_it_takes_no_path_for_a_token(self, analyst: CheckingClient) -> None:
        for token in ("..", "%2e%2e%2fsecret.key", "x" * 22, "."):
            analyst.get(f"/work/import/{token}/columns", status=404)
