"""The page of who was not heard, and the pages where figures of who there is come in."""

from __future__ import annotations

import pytest

from tests.evidence.families import families
from tests.pages import CheckingClient, Page
from voice.demonstration.population import load_population
from voice.people.roles import Role
from voice.unheard import figures

GOOD = """dimension,category,count,year
need,Autism,900,2025
need,Hearing,60,2025
need,Rare,40,2025
need,Total,1000,2025
"""
CHOOSING = "#choosing"


def send_in(client: CheckingClient, text: str, *, status: int = 200, name: str = "figures.csv") -> Page:
    page = client.get("/work/population")
    form = "form[enctype]"
    return client.post(page.action(form), page.form(form), files={"file": (name, text.encode())}, status=status)


def decide(client: CheckingClient, page: Page, *, status: int = 200, go: str = "take_in", **fields: str) -> Page:
    return client.submit(page, {"go": go}, form=CHOOSING, status=status, **fields)


def kept(client: CheckingClient) -> int:
    return len(client.unit(figures.files))


@pytest.fixture
def analyst(client: CheckingClient) -> CheckingClient:
    client.sign_in(Role.ANALYST)
    return client


class TestFigures:
    def test_they_are_shown_before_they_count_and_can_be_removed(self, analyst: CheckingClient) -> None:
        page = send_in(analyst, GOOD)
        assert "We do not know 1 group of this file." in page.text
        assert page.form(CHOOSING)["means-2"] == "others"
        assert page.form(CHOOSING)["year"] == "2025"
        page = decide(analyst, page, source="Register")
        assert page.path == "/work/population"
        assert "Register" in page.one("#files ~ article").text()
        form = "article form"
        assert analyst.post(page.action(form), page.form(form), status=422).problem.startswith("Tick the box")
        analyst.post(page.action(form), {**page.form(form), "sure": "yes"})
        assert kept(analyst) == 0

    def test_wrong_rows_are_told_and_nothing_is_kept_or_lost(self, analyst: CheckingClient) -> None:
        page = send_in(analyst, GOOD.replace("60", "-60").replace("Rare,40", "Rare,many"))
        page = decide(analyst, page, status=422, source="Our register", year="This year", **{"means-2": "msi"})
        assert page.problem.startswith("Put these rows right")
        rows = [" ".join(row.text(separator=" ").split()) for row in page.tree.css("#wrong ~ div tbody tr")]
        assert rows == ["3 This number is below zero. -60", "4 This is no number. many"]
        typed = page.form(CHOOSING)
        assert (typed["source"], typed["year"], typed["means-2"]) == ("Our register", "This year", "msi")
        assert kept(analyst) == 0
        mended = {"file": ("figures.csv", GOOD.encode())}
        again = analyst.post(page.action(".mended"), page.form(".mended"), files=mended)
        typed = again.form(CHOOSING)
        assert (typed["source"], typed["year"], typed["means-2"]) == ("Our register", "This year", "msi")

    def test_a_total_that_is_wrong_is_told_or_left_out(self, analyst: CheckingClient) -> None:
        page = send_in(analyst, GOOD.replace("1000", "1100"))
        page = decide(analyst, page, status=422)
        assert "This total is wrong. The groups together make 1,000." in page.text
        decide(analyst, page, **{"means-3": "leave_out"})
        assert kept(analyst) == 1

    def test_numbers_that_the_source_hides_need_a_yes(self, analyst: CheckingClient) -> None:
        page = decide(analyst, send_in(analyst, GOOD.replace("Hearing,60", "Hearing,c")), status=422)
        assert page.problem == "Tick the box if we may keep these numbers as not known."
        decide(analyst, page, hidden="yes")
        assert analyst.unit(figures.populations)["need"].people["hi"] is None

    def test_it_asks_what_the_columns_are_and_remembers_it(self, analyst: CheckingClient) -> None:
        odd = "who,how_many_of_them\nAutism,900\nRare,40\n"
        page = send_in(analyst, odd)
        assert page.problem == "Choose the column that says how many people."
        page = decide(analyst, page, go="look", **{"column-0": "need", "column-1": "count"})
        page = decide(analyst, page, status=422, **{"means-1": "msi"})
        assert page.problem == "Write of which year the figures are."
        decide(analyst, page, year="2026")
        again = send_in(analyst, odd)
        assert (again.form(CHOOSING)["column-0"], again.form(CHOOSING)["means-1"]) == ("need", "msi")
        decide(analyst, again, go="throw_away")
        analyst.get(again.path, status=404)

    @pytest.mark.parametrize(("text", "problem"), [("", "This file is empty."), ("%PDF-1.7", "This file is not what")])
    def test_a_file_that_is_no_table_is_told(self, analyst: CheckingClient, text: str, problem: str) -> None:
        assert send_in(analyst, text, status=422).problem.startswith(problem)


class TestWhoWasNotHeard:
    def test_it_says_what_is_missing_before_there_are_figures(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        page = client.get("/lead/unheard")
        assert "We do not know yet how many people there are." in page.text
        assert not page.tree.css("a[href='/work/population']"), "an analyst sends them in"

    def test_it_tells_the_largest_gaps_with_a_way_to_reach_each(self, client: CheckingClient) -> None:
        client.run(lambda: load_population(client.parts.store, today=client.parts.today))
        client.unit(lambda: families(30, language="ur", felt_listened_to="yes"))
        client.sign_in(Role.OFFICER)
        page = client.get("/lead/unheard")
        assert "We heard 194 people this term." in page.text
        missed = page.tree.css(".missed")
        assert len(missed) == 3
        assert "We heard nobody" in missed[0].text()
        assert missed[0].css("svg.bar .bar-range")
        assert missed[0].css(".reach a[href='/work/translating']")
        for link in page.tree.css(".missed h3 a"):
            assert page.tree.css("#" + (link.attributes["href"] or "").partition("#")[2])
        assert "51" in page.one("#need-3").text()
        text = page.text
        assert "We do not ask this. So we do not know." in text
        assert "not by chance" in text
        client.sign_in(Role.LEAD)
        page = client.get("/lead/unheard")
        assert not page.tree.css(".reach a[href='/work/sessions/new']"), "a lead plans no session"
        assert "Plan a session where they already meet" in page.text

    def test_weights_stand_behind_a_link_and_refuse_kindly(self, client: CheckingClient) -> None:
        client.run(lambda: load_population(client.parts.store, today=client.parts.today))
        client.sign_in(Role.LEAD)
        page = client.get("/lead/unheard")
        assert not page.tree.css("#weighted")
        page = client.get("/lead/unheard?weighted=need")
        assert "Nobody else can speak for them" in page.text
        assert "Take care." in page.text
        assert not page.tree.css("#weighted ~ div table")
        page = client.get("/lead/unheard?weighted=setting")
        assert page.one("#weighted")
        client.get("/lead/unheard?weighted=theme", status=404)
        client.get("/lead/unheard?term=2020-autumn", status=404)
        client.client.cookies.set("language", "ur")
        assert client.get("/lead/unheard?weighted=age_band").language == "ur"

    def test_it_hides_what_fewer_than_ten_said(self, client: CheckingClient) -> None:
        client.unit(lambda: families(9, felt_listened_to="yes"))
        client.sign_in(Role.LEAD)
        assert "We heard fewer than 10 people this term." in client.get("/lead/unheard").text
