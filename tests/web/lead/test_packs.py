"""Packs: chosen on a page, made of one source, and never an empty file or another number than the pages have."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
from pptx import Presentation

from tests.evidence.families import families
from tests.pages import CheckingClient, Page
from tests.paper.test_printing import letters
from voice.evidence.reading import read_new_voices
from voice.packs import showing
from voice.packs.contents import KINDS
from voice.people.roles import Role
from voice.web import wordings

KIND = "The plan writer was kind and lovely."
WAITING = "We waited far too long. Terrible."
PARTS = "section=measures&section=themes"


def answered(client: CheckingClient) -> None:
    """Enough for shares, one share that is hidden because of one family, and themes of which one is small."""

    async def work() -> None:
        await families(31, felt_listened_to="yes", kept_up_to_date="yes", went_well=KIND)
        await families(21, felt_listened_to="a_little", kept_up_to_date="no", could_be_better=WAITING)
        await families(9, kept_up_to_date="mostly", knew_next_steps="yes")
        await families(1, child_views_heard="no")
        await families(12, child_views_heard="yes")
        await families(14, term="2026-summer", felt_listened_to="no")

    client.unit(work)
    client.run(lambda: read_new_voices(client.parts.store))


def file(client: CheckingClient, format: str, query: str = PARTS) -> bytes:
    answer = client.client.get(f"/lead/packs/file?kind=board&chosen=yes&language=en&format={format}&{query}")
    assert answer.status_code == 200
    assert f".{format}" in answer.headers["content-disposition"]
    return answer.content


def on_the_page(page: Page) -> tuple[dict[str, tuple[str, str]], list[list[str]]]:
    """Of each measure its share and of how many; and the table of themes."""
    measures = {}
    for each in page.tree.css(".measure"):
        headline = each.css_first(".headline span")
        found = re.fullmatch(r"(\d+%) of (\d+) families", headline.text().strip()) if headline else None
        measures[each.css_first("h3").text()] = (found[1], found[2]) if found else ("hidden", "")
    themes = [[" ".join(cell.text().split()) for cell in row.css("th, td")] for row in page.tree.css("table.themes tr")]
    return measures, themes


def in_word(content: bytes) -> Iterator[list[list[str]]]:
    for table in docx.Document(io.BytesIO(content)).tables:
        yield [[cell.text for cell in row.cells] for row in table.rows]


def in_powerpoint(content: bytes) -> Iterator[list[list[str]]]:
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_table:
                yield [[cell.text for cell in row.cells] for row in shape.table.rows]  # type: ignore[attr-defined]


def in_excel(content: bytes) -> Iterator[list[list[str]]]:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        yield [[_shown(cell) for cell in row] for row in sheet.iter_rows(min_row=4)]


def _shown(cell: Any) -> str:
    if isinstance(cell.value, int | float):
        return f"{cell.value:.0%}" if cell.number_format == "0%" else str(cell.value)
    return cell.value or ""


def beginning(tables: Iterator[list[list[str]]], head: str) -> dict[str, list[str]]:
    """The rows of the tables whose first heading is this, by their first cell: those told in parts are whole again."""
    found: dict[str, list[str]] = {}
    for table in tables:
        for first, *others in table[1:] if table and table[0][0] == head else []:
            found[first] = [*found.get(first, []), *others]
    return found


class TestTheNumbers:
    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    def test_each_file_has_those_of_the_leads_page_and_no_others(self, client: CheckingClient) -> None:
        answered(client)
        client.sign_in(Role.LEAD)
        measures, themes = on_the_page(client.get("/lead/said"))
        assert measures["They felt listened to"] == ("60%", "52")
        assert {said for said, _n in measures.values()} > {"hidden"}
        for read, format in ((in_word, "docx"), (in_powerpoint, "pptx"), (in_excel, "xlsx")):
            content = file(client, format)
            told = beginning(read(content), "What we ask")
            assert told.keys() == measures.keys()
            for name, (share, of) in measures.items():
                assert told[name][0] == share
                if of:
                    assert told[name][2] == of
            assert [[name, *row] for name, row in beginning(read(content), "Theme").items()] == themes[1:]
        said = letters("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file(client, "pdf"))).pages))
        for row in themes[1:]:
            assert letters("".join(row)) in said
        for name, (share, _of) in measures.items():
            assert letters(name + share) in said

    def test_a_share_is_rounded_as_the_pages_round_it(self) -> None:
        shares = [(part, of) for of in range(1, 61) for part in range(of + 1)]
        assert all(
            showing.percent_words(showing.percent_of(part / of).percent, "bn" if of % 2 else "en")
            == _in("bn" if of % 2 else "en", part / of)
            for part, of in shares
        )


def _in(language: str, share: float) -> str:
    from voice.languages import speak

    speak(language)
    try:
        return wordings.share(share)
    finally:
        speak("en")


class TestThePage:
    def test_before_anybody_answered_it_says_so_and_makes_no_file(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        assert "as soon as somebody has answered" in client.get("/lead/packs").text
        page = client.get(f"/lead/packs/file?format=pdf&{PARTS}", status=422)
        assert page.response.headers["content-type"].startswith("text/html")

    def test_it_makes_no_file_with_nothing_in_it(self, client: CheckingClient) -> None:
        client.unit(lambda: families(3, felt_listened_to="yes"))
        client.sign_in(Role.LEAD)
        for way in ("file?format=xlsx&", "look?"):
            page = client.get(f"/lead/packs/{way}chosen=yes&section=settings&section=quotes", status=422)
            assert page.problem.startswith("There is nothing to put in it yet.")
        page = client.get("/lead/packs/file?format=pdf&chosen=yes", status=422)
        assert page.problem == "Choose at least one part."
        assert page.problem_field.tag == "fieldset"

    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    def test_every_kind_can_be_looked_at_in_its_language(self, client: CheckingClient) -> None:
        answered(client)
        client.sign_in(Role.LEAD)
        for kind in KINDS:
            page = client.get(f"/lead/packs?kind={kind}")
            assert page.one(".tabs a[aria-current=true]").attributes["href"] == f"?kind={kind}&term=2026-autumn"
            query = "&".join(f"section={each}" for each in KINDS[kind].sections)
            shown = client.get(f"/lead/packs/look?kind={kind}&language=en&{query}")
            assert len(shown.tree.css("section h2")) >= 2
            assert "http://testserver.local/lead" in shown.text
            assert bool(shown.tree.css("#plain")) == KINDS[kind].large
        page = client.get(f"/lead/packs/look?language=ur&{PARTS}")
        assert page.language == "en"
        inside = page.one("div[lang=ur]")
        assert inside.attributes["dir"] == "rtl"
        assert "60%" in inside.text()
        assert "they felt listened" not in inside.text().lower()
        page = client.get(f"/lead/packs/look?{PARTS}")
        row = next(each for each in page.tree.css("tbody tr") if "what their child" in each.text())
        assert [cell.text().strip() for cell in row.css("td")][:3] == ["hidden", "", "13"]
        assert "Most families said so, and some did not." in row.text()
        assert not row.css("svg")

    def test_it_knows_no_other_kinds_terms_languages_or_formats_and_says_when_it_fails(
        self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client.unit(lambda: families(12, felt_listened_to="yes"))
        client.sign_in(Role.LEAD)
        for query in ("kind=x", "term=1999-spring", "language=xx"):
            client.get(f"/lead/packs?{query}", status=404)
        client.get(f"/lead/packs/file?format=exe&{PARTS}", status=404)

        async def fails(*_: object) -> bytes:
            raise RuntimeError

        monkeypatch.setattr("voice.packs.writing.in_another_process", fails)
        page = client.get(f"/lead/packs/file?format=pdf&chosen=yes&{PARTS}", status=503)
        assert "We could not make the file." in page.problem
