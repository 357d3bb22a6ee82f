"""Surveys from and for other tools, and answers as a file, in the browser."""

from __future__ import annotations

import csv
import io
import zipfile

import httpx
import openpyxl
import pytest

from surveys.building import drafting
from surveys.document import OnlyIf
from surveys.exchange.xlsform_reading import read_xlsform
from surveys.tables import SurveyDraft
from tests.pages import CheckingClient, Page
from tests.surveys.every_kind import both, document, three_people
from tests.surveys.exchange.forms import lss, rows, section, xlsform
from voice.people.roles import Role

FORM = xlsform(
    rows("""
        type | name | label::English (en) | label::Polish (pl) | relevant
        select_one yesno | go | Do you go to a club? | Chodzisz do klubu?
        text | which | Which one? | Do którego? | ${go} = 'yes'
        geopoint | place | Where is it? | Gdzie?
        text | why | Why not? | | string-length(${which}) > 3
        """),
    rows("""
        list_name | name | label::English (en) | label::Polish (pl)
        yesno | yes | Yes | Tak
        yesno | no | No | Nie
        """),
    {"form_title": "Our clubs", "form_id": "our_clubs"},
)


@pytest.fixture
def officer(client: CheckingClient) -> CheckingClient:
    client.sign_in(Role.OFFICER)
    return client


def send_in(client: CheckingClient, name: str, content: bytes, *, status: int = 200) -> Page:
    page = client.get("/work/exchange")
    fields = page.form("#bring-in")
    return client.post(page.action("#bring-in"), fields, files={"file": (name, content)}, status=status)


class TestBringingASurveyIn:
    def test_it_shows_what_comes_along_before_it_makes_a_draft(self, officer: CheckingClient) -> None:
        page = send_in(officer, "clubs.xlsx", FORM)
        assert page.h1 == "What comes along"
        assert "3 questions come along." in page.text
        assert "Languages: English, Polski" in page.text
        told = [[cell.text() for cell in row.css("th, td")] for row in page.tree.css("tbody tr")]
        assert told == [
            ["survey, row 4, type", "We do not ask this kind of question. We left it out.", "geopoint"],
            ["survey, row 5, label", "Its words are missing in one language.", "pl"],
            [
                "survey, row 5, relevant",
                "We cannot say when to ask it. We ask it always. Please set it yourself.",
                "string-length(${which}) > 3",
            ],
        ]
        assert officer.unit(SurveyDraft.count) == 0, "nothing is stored before somebody says so"
        draft_page = officer.submit(page)
        assert draft_page.path.startswith("/work/builder/")
        assert draft_page.h1 == "Our clubs"
        [draft] = officer.unit(drafting.drafts)
        assert (draft.document.slug, draft.document.languages) == ("our-clubs", ("en", "pl"))
        assert draft.document.questions[1].conditions == (OnlyIf("go", ("yes",)),)
        officer.get(page.path, status=404)

    def test_it_never_puts_a_draft_in_place_of_another(self, officer: CheckingClient) -> None:
        officer.submit(send_in(officer, "clubs.xlsx", FORM))
        officer.submit(send_in(officer, "clubs.xlsx", FORM))
        drafts = officer.unit(drafting.drafts)
        assert sorted(draft.document.slug for draft in drafts) == ["our-clubs", "our-clubs-2"]

    def test_it_belongs_to_where_its_maker_works(self, client: CheckingClient) -> None:
        client.sign_in_at_a_school(Role.OFFICER)
        page = client.submit(send_in(client, "clubs.xlsx", FORM))
        assert client.get(f"{page.path}/discard").tree.css("main form")
        client.sign_in(Role.OFFICER)
        client.get(f"{page.path}/discard", status=200)
        discard = client.get(f"{page.path}/discard")
        client.submit(discard, status=404)

    def test_it_takes_a_file_of_limesurvey(self, officer: CheckingClient) -> None:
        content = lss(
            section("surveys_languagesettings", {"surveyls_language": "en", "surveyls_title": "My clubs"}),
            section("questions", {"qid": 1, "parent_qid": 0, "type": "T", "title": "why", "question": "<p>Why?</p>"}),
        )
        page = send_in(officer, "survey.lss", content)
        assert "All of it comes along." in page.text
        assert officer.submit(page).h1 == "My clubs"

    def test_it_says_what_is_wrong_with_a_file(self, officer: CheckingClient) -> None:
        only_french = xlsform(rows("type | name | label::French (fr)\ntext | why | Pourquoi ?"))
        for name, content, said in (
            ("notes.docx", b"PK", "Choose an XLSForm (.xlsx) or a LimeSurvey file (.lss)."),
            ("form.xlsx", b"not a workbook", "We cannot open this file."),
            ("form.lss", b"<html>", "We cannot open this file."),
            ("form.lss", b"<html/>", "This is not a survey file of LimeSurvey."),
            ("form.xlsx", xlsform([]), "We found no question in this file that we can ask."),
            ("form.xlsx", only_french, "This survey is in no language that we have."),
        ):
            page = send_in(officer, name, content, status=422)
            assert said in page.problem, name
            assert page.problem_field.attributes["id"] == "file"
        page = officer.get("/work/exchange")
        assert officer.submit(page, form="#bring-in", status=422).problem == "Choose a file first."

    def test_it_shows_a_waiting_form_to_nobody_else(self, officer: CheckingClient) -> None:
        page = send_in(officer, "clubs.xlsx", FORM)
        officer.sign_in(Role.ADMINISTRATOR)
        officer.get(page.path, status=404)


class TestTakingASurveyOut:
    def test_it_saves_a_published_survey_as_a_form(self, officer: CheckingClient) -> None:
        officer.unit(three_people)
        page = officer.get("/work/exchange")
        fields = page.form("#take-out") | {"survey": "every-kind"}
        answer = officer.client.post(page.action("#take-out"), data=fields)
        assert answer.headers["content-disposition"] == 'attachment; filename="every-kind.xlsx"'
        assert answer.headers["cache-control"] == "no-store"
        assert read_xlsform(answer.content, both).document == document()

    def test_it_shows_what_stays_behind(self, officer: CheckingClient) -> None:
        page = officer.get("/work/exchange")
        seen = officer.submit(page, {"go": "look"}, form="#take-out", survey="post-ehcp")
        assert seen.h1 == "What stays behind"
        assert "The meaning of a hard word stays here." in seen.text
        assert "EHC plan" in seen.text

    def test_it_knows_no_survey_that_is_not_there(self, officer: CheckingClient) -> None:
        page = officer.get("/work/exchange")
        officer.submit(page, form="#take-out", survey="none-such", status=404)


@pytest.fixture
def analyst(client: CheckingClient) -> CheckingClient:
    client.unit(three_people)
    client.sign_in(Role.ANALYST)
    return client


def save_file(client: CheckingClient, **fields: str) -> httpx.Response:
    page = client.get("/work/answers")
    answer = client.client.post(page.action(), data=page.form() | fields)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return answer


class TestAnswersAsAFile:
    def test_it_saves_a_workbook_with_its_dictionary(self, analyst: CheckingClient) -> None:
        answer = save_file(analyst, survey="every-kind", format="xlsx")
        assert 'filename="answers-every-kind.xlsx"' in answer.headers["content-disposition"]
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        assert book.sheetnames == ["answers", "dictionary"]
        header, *people = book["answers"].iter_rows(values_only=True)
        assert len(people) == 3
        assert {"mode", "said_by", "respondent_kind", "mat.bus_label", "mat.bus_missing"} <= set(header)

    @pytest.mark.parametrize("format", ["csv", "jsonl", "parquet", "sav"])
    def test_it_packs_other_files_with_their_dictionary(self, analyst: CheckingClient, format: str) -> None:
        answer = save_file(analyst, survey="every-kind", format=format, term="2026-autumn")
        assert 'filename="answers-every-kind-2026-autumn.zip"' in answer.headers["content-disposition"]
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        name = f"answers-every-kind-2026-autumn.{format}"
        assert sorted(archive.namelist()) == [name, f"{name}.dictionary.csv"]

    def test_it_writes_all_surveys_one_answer_a_row(self, analyst: CheckingClient) -> None:
        answer = save_file(analyst, layout="long", format="csv")
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        read = list(csv.DictReader(io.StringIO(archive.read("answers.csv").decode())))
        assert {row["survey"] for row in read} == {"every-kind"}
        assert {row["said_by"] for row in read} == {"supported", "proxy", "own_words"}

    def test_it_asks_for_a_survey_where_each_has_its_own_columns(self, analyst: CheckingClient) -> None:
        page = analyst.get("/work/answers")
        refused = analyst.submit(page, status=422, format="sav", term="2026-autumn")
        assert refused.problem == "Choose a survey. Only the list of single answers can hold all surveys."
        assert refused.problem_field.attributes["id"] == "survey"
        assert refused.form() | {"format": "sav", "term": "2026-autumn"} == refused.form(), "what was chosen stays"
        analyst.submit(page, status=422, survey="none-such")

    def test_it_gives_the_words_of_the_readers_language(self, analyst: CheckingClient) -> None:
        analyst.client.cookies.set("language", "pl")
        answer = save_file(analyst, survey="every-kind", format="xlsx")
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        header, first, *_ = book["answers"].iter_rows(values_only=True)
        assert str(first[header.index("route_label")]).endswith("(pl)")

    def test_it_keeps_no_copy(
        self, analyst: CheckingClient, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        folder = tmp_path_factory.mktemp("temporary")
        monkeypatch.setattr("tempfile.tempdir", str(folder))
        save_file(analyst, survey="every-kind", format="sav")
        assert list(folder.glob("answers-*")) == []

    def test_it_warns_that_nothing_is_hidden(self, analyst: CheckingClient) -> None:
        assert "Small numbers are not hidden here." in analyst.get("/work/answers").text
