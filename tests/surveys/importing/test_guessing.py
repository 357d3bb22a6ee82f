import pytest

from surveys.importing.guessing import guess_mapping
from surveys.importing.mapping import Column, ValueCode
from surveys.importing.reading import read_sheet
from tests.surveys.importing.files import QUESTIONS, csv_bytes, google_forms, microsoft_forms, surveymonkey


def guessed(content: bytes, filename: str = "a.csv") -> dict[str, Column]:
    sheet = read_sheet(content, filename)
    return {column.header: column for column in guess_mapping(sheet, QUESTIONS).columns}


def uses(content: bytes, filename: str = "a.csv") -> dict[str, tuple[str, str | None]]:
    return {header: (column.role, column.concept) for header, column in guessed(content, filename).items()}


def one_column(header: str, values: list[str]) -> Column:
    return guessed(csv_bytes([[header, "other"], *([value, "x"] for value in values)]))[header]


class TestFilesOfSurveyTools:
    def test_it_knows_microsoft_forms(self) -> None:
        assert uses(microsoft_forms(), "a.xlsx") == {
            "ID": ("identifier", None),
            "Start time": ("ignore", None),
            "Completion time": ("submitted_at", None),
            "Email": ("ignore", None),
            "Name": ("ignore", None),
            "Last modified time": ("ignore", None),
            "Did we keep you up to date?": ("answer", "kept_up_to_date"),
            "How happy are you with how it went?": ("answer", "overall_satisfaction"),
            "What went well?": ("free_text", "went_well"),
            "Anything else to tell us?": ("ignore", None),
        }

    def test_it_knows_google_forms(self) -> None:
        assert uses(google_forms()) == {
            "Timestamp": ("submitted_at", None),
            "Email address": ("ignore", None),
            "Did you feel listened to?": ("answer", "felt_listened_to"),
            "What could be better?": ("free_text", "could_be_better"),
        }

    def test_it_knows_surveymonkey(self) -> None:
        found = uses(surveymonkey())
        assert found["Respondent ID"] == ("identifier", None)
        assert found["Date Created"] == ("submitted_at", None)
        assert found["How happy are you with how it went?"] == ("answer", "overall_satisfaction")
        assert found["What went well?"] == ("free_text", "went_well")
        ignored = {
            "Collector ID",
            "Date Modified",
            "IP Address",
            "Email Address",
            "First Name",
            "Custom Data 1",
        }
        assert all(found[header] == ("ignore", None) for header in ignored)

    def test_it_gives_every_column_into_which_a_choice_was_spread_to_its_question(self) -> None:
        content = csv_bytes(
            [
                ["Respondent ID", "Collector ID", "Did you feel listened to?", "", ""],
                ["", "", "Yes", "No", "Other (please specify)"],
                ["1180001", "4", "Yes", "", ""],
                ["1180002", "4", "", "No", "Now and then, not always"],
            ]
        )
        concepts = [concept for _, concept in uses(content).values()]
        assert concepts[2:4] == ["felt_listened_to", "felt_listened_to"]
        assert concepts[4] != "felt_listened_to"


class TestPersonalDetails:
    @pytest.mark.parametrize(
        "header",
        [
            *("Name", "Your name", "Child's full name (optional)", "E-mail:", "Email Address", "IP Address"),
            *("Phone number", "Postcode", "3. Date of birth", "NHS number", "UPN", "Imię i nazwisko"),
        ],
    )
    def test_it_ignores_a_column_that_is_named_so(self, header: str) -> None:
        column = one_column(header, ["Quite long words here to read", "Other words are there to see"])
        assert (column.role, column.reason) == ("ignore", "personal_detail")

    @pytest.mark.parametrize("value", ["a.b@example.org", "203.0.113.7", "07700 900123", "+447700900123", "B91 3QB"])
    def test_it_ignores_a_column_of_them_whatever_its_name(self, value: str) -> None:
        column = one_column("What went well?", [value, value, "Nothing to say", "They rang me back the same day"])
        assert (column.role, column.reason) == ("ignore", "personal_detail")

    def test_it_ignores_a_question_that_asks_for_one_among_others(self) -> None:
        column = one_column("If we may contact you, leave your name and e-mail", ["Of course you may do that", "No"])
        assert (column.role, column.reason) == ("ignore", "personal_detail")

    def test_it_keeps_a_comment_in_which_somebody_mentions_one(self) -> None:
        comments = [f"Comment number {word} is about the letters" for word in ("one", "two", "three", "four")]
        assert one_column("What went well?", [*comments, "a.b@example.org"]).role == "free_text"


class TestQuestionsOfOurs:
    def test_it_finds_them_by_their_wording_in_any_language(self) -> None:
        column = one_column("2. Czy informowaliśmy na bieżąco? *", ["Tak", "Nie"])
        assert (column.concept, column.reason) == ("kept_up_to_date", "title_same")

    def test_it_finds_them_by_a_wording_much_like_theirs(self) -> None:
        column = one_column("Did you feel that you were listened to?", ["Yes", "No"])
        assert (column.concept, column.reason) == ("felt_listened_to", "title_alike")

    def test_it_does_not_take_the_opposite_for_the_same(self) -> None:
        assert one_column("Did you never feel listened to?", ["Yes", "No"]).concept != "felt_listened_to"

    def test_it_finds_them_by_answers_that_tell(self) -> None:
        column = one_column("Q4", ["Very happy", "unhappy", "In between"])
        assert (column.concept, column.reason) == ("overall_satisfaction", "values_match")

    def test_it_does_not_go_by_yes_and_no(self) -> None:
        column = one_column("Is your child at school?", ["Yes", "No", "Yes"])
        assert (column.role, column.reason) == ("ignore", "not_known")

    def test_it_never_says_what_a_number_means(self) -> None:
        column = one_column("How happy are you with how it went?", ["1", "5", "3"])
        assert (column.role, column.concept, column.values) == ("answer", "overall_satisfaction", ())
        assert one_column("Score out of five", ["1", "5", "3"]).role == "ignore"


class TestOtherColumns:
    def test_it_takes_long_varied_text_for_a_comment(self) -> None:
        column = one_column("Q7", ["The officer rang me back", "We waited a long time", "Nobody told us anything"])
        assert (column.role, column.concept, column.reason) == ("free_text", "imported.q7", "long_text")

    def test_it_gives_comments_named_alike_concepts_of_their_own(self) -> None:
        rows = [
            ["The officer rang me back", "We waited too long"],
            ["They were kind to us", "Nobody called at all"],
        ]
        found = uses(csv_bytes([["1. Comments", "2. Comments"], *rows]))
        assert len({concept for _, concept in found.values()}) == 2

    def test_it_ignores_what_it_does_not_know(self) -> None:
        column = one_column("Area", ["North", "South", "North"])
        assert (column.role, column.reason) == ("ignore", "not_known")

    def test_it_says_that_a_column_is_empty(self) -> None:
        assert one_column("What went well?", ["", " "]).reason == "empty"

    def test_it_finds_the_day_by_its_values(self) -> None:
        column = one_column("Received", ["03/06/2025", "04/06/2025"])
        assert (column.role, column.reason) == ("submitted_at", "dates")

    def test_it_finds_the_language_and_who_answered(self) -> None:
        assert one_column("Language", ["English (United Kingdom)", "polski", "ur"]).role == "language"
        column = one_column("I am a...", ["Parent or carer", "Young person", "SENCO at a school", "Robot"])
        assert column.values == (
            ValueCode("SENCO at a school", "school"),
            ValueCode("Young person", "young_person"),
            ValueCode("Parent or carer", "parent_carer"),
        )

    def test_it_takes_a_repeating_column_for_no_identifier(self) -> None:
        assert one_column("ID", ["7", "7", "7", "7"]).role == "ignore"


class TestColumnOfQuestions:
    ROWS = (
        ("What went well?", "The officer rang me back"),
        ("What was slow?", "We waited a long time"),
        ("What went well?", "They were kind to all of us"),
    )

    def test_it_goes_with_a_column_of_comments(self) -> None:
        found = guessed(csv_bytes([["question", "text"], *self.ROWS]))
        assert (found["question"].role, found["text"].role) == ("question", "free_text")
        assert found["question"].values == (ValueCode("What went well?", "went_well"),)

    def test_it_is_ignored_without_one(self) -> None:
        found = guessed(csv_bytes([["question", "area"], *((question, "North") for question, _ in self.ROWS)]))
        assert found["question"].role == "ignore"
