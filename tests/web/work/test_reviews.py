"""Registers of reviews and who took part, as officers meet them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.pages import CheckingClient, Page
from voice.capture.reviews.tables import Review
from voice.people.roles import Role

HEADER = "Child reference,Pupil name,Review date,Year group,School,Notes,Participation"


def register(*rows: str) -> str:
    return "\n".join((HEADER, *rows))


def send(client: CheckingClient, content: str | bytes, name: str = "register.csv", *, status: int = 200) -> Page:
    page = client.get("/work/reviews/register")
    data = content.encode() if isinstance(content, str) else content
    token = page.form('form[action="/work/reviews/register"]')
    return client.post("/work/reviews/register", token, files={"file": (name, data)}, status=status)


def many(school: str, year: str, way: str, people: int, *, start: int, day: str = "12/11/2026") -> list[str]:
    return [f"C{start + at},,{day},{year},{school},,{way}" for at in range(people)]


def lines(page: Page) -> list[list[str]]:
    return [[cell.text() for cell in row.css("th, td")] for row in page.tree.css("table tbody tr")]


async def everything() -> list[dict[str, object]]:
    return await Review.select()


@pytest.fixture
def officer(client: CheckingClient) -> CheckingClient:
    client.sign_in(Role.OFFICER)
    return client


class TestARegister:
    def test_it_comes_in_without_names_and_without_references(self, officer: CheckingClient) -> None:
        page = send(officer, register("AB 12,Zebulon Smith,27/3/2027,Y7,Oak School,shy,", "CD9,Ann,2027-05-01,R,,,"))
        assert "These columns say who somebody is. We left them out: Pupil name" in page.text
        assert "We do not use these columns: Notes" in page.text
        stored = officer.unit(everything)
        assert {(row["year_group"], row["setting"]) for row in stored} == {("year_7", "Oak School"), ("reception", "")}
        for secret in ("AB12", "AB 12", "CD9", "Zebulon", "Ann", "shy"):
            assert secret not in str(stored)

    def test_it_counts_nothing_twice(self, officer: CheckingClient) -> None:
        same = "AB12,,27/3/2027,Year 7,Oak School,,"
        content = register(same, "ab 12,,27/03/2027,7,Oak School,,", "AB12,,28/4/2027,Year 7,Oak School,,")
        first = send(officer, content)
        assert [each.text() for each in first.tree.css(".class-counts dd")] == ["2", "0", "1"]
        again = send(officer, content)
        assert [each.text() for each in again.tree.css(".class-counts dd")] == ["0", "2", "1"]
        assert len(officer.unit(everything)) == 2

    def test_it_lists_what_cannot_be_read_and_what_contradicts(self, officer: CheckingClient) -> None:
        page = send(
            officer,
            register(
                "AB12,,27/3/2027,Year 7,Oak School,,",
                "AB12,,27/3/2027,Year 8,Oak School,,",
                ",,27/3/2027,Year 8,Oak School,,",
                "CD9,,soon,Year 8,Oak School,,",
                "CD10,,31/2/2027,Year 8,Oak School,,",
                "CD11,,1/6/1327,Year 8,Oak School,,",
                "EF1,,1/6/2027,Big class,Oak School,,danced",
            ),
        )
        told = {row[0] + " " + row[1]: row[2] for row in lines(page)}
        assert told["3 "].startswith("Row 2 has the same review with something else here: Year group.")
        assert told["4 "].startswith("This row has no reference.")
        assert {row for row, words in told.items() if "cannot read this day" in words} == {
            "5 soon",
            "6 31/2/2027",
            "7 1/6/1327",
        }
        assert {"8 Big class", "8 danced"} <= set(told)
        stored = officer.unit(everything)
        assert sorted(row["year_group"] for row in stored) == ["", "year_7"]
        other = send(officer, register("AB12,,27/3/2027,Year 9,Oak School,,attended"))
        assert "We kept what we had." in other.text
        assert {row["participation"] for row in officer.unit(everything)} == {"", "attended"}, "a blank is filled in"

    def test_it_reads_a_workbook(self, officer: CheckingClient) -> None:
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active.append(["Reference", "Date of review", "NC year", "Placement"])
        book.active.append([1234, dt.date(2027, 3, 27), 11, "Oak School"])
        packed = io.BytesIO()
        book.save(packed)
        send(officer, packed.getvalue(), "register.xlsx")
        assert [row["year_group"] for row in officer.unit(everything)] == ["year_11"]

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            ("", "Please choose a file."),
            ("Review date,Year\n27/3/2027,7", "We see no column with the child’s reference."),
            ("Reference,Year\nAB12,7", "We see no column with the day of the review."),
            ("Reference,Review date", ""),
        ],
    )
    def test_it_says_what_is_missing(self, officer: CheckingClient, content: str, told: str) -> None:
        page = send(officer, content, status=422)
        assert page.problem
        if content.startswith(("Review", "Reference,Year")):
            assert page.problem.startswith(told)


class TestParticipation:
    def test_it_counts_by_term_year_group_and_school_with_small_numbers_hidden(self, officer: CheckingClient) -> None:
        rows = [
            *many("Oak School", "7", "attended", 20, start=100),
            *many("Oak School", "7", "sent views", 11, start=150),
            *many("Oak School", "7", "not asked", 12, start=200),
            *many("Elm School", "8", "not asked", 3, start=300),
            *many("Elm School", "8", "sent views", 17, start=400),
            *many("Elm School", "8", "", 12, start=600),
            *many("Ash College", "12", "chose not to", 15, start=500, day="3/2/2027"),
        ]
        send(officer, register(*rows))
        page = officer.get("/work/reviews?year=2026")
        told = {row[0]: row[1:] for row in lines(page)}
        assert told["Ash College"] == ["0", "15", "15", "0%"]
        assert told["Elm School"] == ["–", "–", "20", "–"], "three took no part: too few to say"
        assert told["Oak School"] == ["–", "–", "43", "–"], "the others would give the three away"
        assert told["Spring 2027"] == ["0", "0", "0", "15", "0", "15", "0%"]
        assert told["All"] == ["48", "30", "78", "62%"]
        assert "12 reviews wait for a note." in page.text
        answer = officer.client.get("/work/reviews/participation?year=2026")
        table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        hidden = {(row["group"], row["how"]) for row in table if row["reviews"] == "hidden" and row["by"] == "setting"}
        assert hidden == {(school, how) for school in ("Oak School", "Elm School") for how in ("active", "not_active")}
        assert {row["by"] for row in table} == {"term", "year_group", "setting"}
        assert {row["reviews"] for row in table if row["how"] == "all" and row["group"] == "all"} == {"78"}

    def test_it_notes_how_a_child_took_part_by_reference(self, officer: CheckingClient) -> None:
        send(officer, register("AB12,,27/3/2027,Y7,Oak School,,", "AB12,,20/11/2026,Y7,Oak School,,"))
        form = 'form[action$="/participation"]'
        page = officer.submit(officer.get("/work/reviews"), form=form, reference="ab 12", way="spoken_for")
        assert "Noted for the review of 20 November 2026." in page.text
        officer.submit(page, form=form, reference="AB12", on="2027-03-27", way="attended")
        stored = {str(row["review_date"]): row["participation"] for row in officer.unit(everything)}
        assert stored == {"2026-11-20": "spoken_for", "2027-03-27": "attended"}
        for wrong in (
            {"reference": ""},
            {"reference": "XX"},
            {"reference": "AB12", "on": "2027-01-01"},
            {"on": "soon"},
        ):
            page = officer.submit(page, form=form, status=422, **{"reference": "AB12", "way": "attended", **wrong})
            assert page.problem

    def test_a_family_tells_that_it_sent_its_views_and_learns_nothing(self, officer: CheckingClient) -> None:
        send(officer, register("AB12,,20/11/2026,Y7,,,", "CD9,,20/11/2026,Y7,,,attended"))
        officer.client.cookies.clear()
        told = {officer.post("/my-views/took-part", {"reference": each}).text for each in ("ab12", "CD9", "XX1")}
        assert len(told) == 1, "nobody learns who has a review"
        assert officer.post("/my-views/took-part", {"reference": " "}, status=422).problem
        assert sorted(row["participation"] for row in officer.unit(everything)) == ["attended", "sent_views"]


class TestTheCommand:
    def test_it_takes_a_register_in(self, tmp_path: Path) -> None:
        file = tmp_path / "register.csv"
        file.write_text(register("AB12,Zebulon,27/3/2027,Y7,Oak School,,", "CD9,Ann,soon,Y7,Oak School,,"))
        voice = (sys.executable, "-c", "import sys; from voice.commands import main; sys.exit(main())")
        command = [*voice, "reviews", "import", str(file), "--data", str(tmp_path / "data")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "1 reviews added" in done.stdout
        assert "Pupil name: left out, because it says who somebody is" in done.stdout
        assert "row 3: bad date: soon" in done.stderr
        file.write_text("Name,Date\nAnn,27/3/2027")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "no column with the child's reference" in done.stderr
