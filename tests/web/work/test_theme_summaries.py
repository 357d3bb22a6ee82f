"""An analyst makes a summary of a theme and releases it; a lead reads it."""

from __future__ import annotations

import csv
import io

import pytest

from tests.pages import CheckingClient
from tests.themes.said import an_analyst, many, released, said
from voice.people.roles import Role
from voice.web.work import theme_sayings, theme_summaries


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    for each in (theme_summaries, theme_sayings):
        monkeypatch.setattr(each, "PATIENCE", None)


ADDRESS = "/work/themes/summaries/2026-autumn/waiting"


def spoken(client: CheckingClient, n: int = 24) -> None:
    async def unit() -> None:
        by = await an_analyst()
        for place, id in enumerate(await many(n, "We waited {n} months. Nobody rang us.", "waiting")):
            if place < 3:
                await released(id, f"We waited {place} months. Nobody rang us.", by=by)
        glad = await said("The wait was short and it was lovely.", "waiting", sentiment="positive", score=0.9)
        await released(glad, "The wait was short and it was lovely.", by=by)
        await many(2, "Young and waiting {n} weeks.", "waiting", respondent_kind="young_person")

    client.unit(unit)


class TestMakingASummary:
    def test_it_goes_from_proposals_to_a_page_for_the_lead(self, client: CheckingClient) -> None:
        spoken(client)
        client.sign_in(Role.ANALYST)
        listed = client.get("/work/themes/summaries")
        assert "27" in listed.one("table").text()
        page = client.get(ADDRESS)
        assert "27 of 27 people spoke about this." in page.text
        form = f'form[action="{ADDRESS}"]'
        chosen = [value for name, value in page.form(form).items() if name.startswith("use-")]
        assert sorted(chosen) == ["disagrees", "negative", "says", "typical"], "the one who is glad is used once"
        assert len(page.tree.css("#to-release ~ blockquote")) > 2
        preview = client.submit(page, {"go": "preview"}, form=form, promised="We will ring within 5 days.")
        assert "This is a preview." in preview.text
        assert client.get("/lead/themes").h1 == "What people say, theme by theme"
        client.get("/lead/themes/2026-autumn/waiting", status=404)
        done = client.submit(preview, form="#release form")
        assert "A lead sees this one." in done.text
        client.get("/work/themes/headings?theme=waiting")
        filing = client.get("/work/themes/headings?theme=waiting")
        client.submit(filing, {"at-0-1": "yes", "go": "file"}, form="form:has(input[value=waiting])")

        client.sign_in(Role.LEAD)
        client.get(ADDRESS, status=403)
        lead = client.get("/lead/themes/2026-autumn/waiting")
        text = " ".join(lead.text.split())
        assert "27 of 27 people spoke about this. That is about 10 in 10. Most of them are negative about it." in text
        assert "We waited 0 months." in {each.text() for each in lead.tree.css("#says ~ blockquote")} | {
            each.text().partition(" Nobody")[0] for each in lead.tree.css("blockquote")
        }
        assert "The wait was short and it was lovely." in text
        assert "We will ring within 5 days. Analyst" in text
        assert "The groups are too small. We show no numbers of them." in text
        assert "We find needs in time" in text
        assert "A person checked 0 of 27 comments with this theme." in text
        rows = list(csv.DictReader(io.StringIO(client.client.get("/lead/themes/file").text.removeprefix("\ufeff"))))
        assert [(row["heading"], row["theme"], row["people"]) for row in rows] == [
            ("We find needs in time", "Waiting", "27")
        ]

    def test_it_shows_no_words_of_a_small_group(self, client: CheckingClient) -> None:
        spoken(client, 4)
        client.sign_in(Role.ANALYST)
        page = client.get(ADDRESS)
        preview = client.submit(page, {"go": "preview"}, form=f'form[action="{ADDRESS}"]')
        assert "Fewer than 10 people speak about this theme." in preview.text
        assert not preview.tree.css("blockquote, #release form")
        assert "lovely" not in preview.text

    def test_it_says_what_is_wrong(self, client: CheckingClient) -> None:
        spoken(client)
        client.sign_in(Role.ANALYST)
        page = client.get(ADDRESS)
        form = f'form[action="{ADDRESS}"]'
        same = {name: "typical" for name in page.form(form) if name.startswith("use-")}
        wrong = client.submit(page, {"go": "keep", **same}, form=form, status=422, promised="Kept")
        assert wrong.problem.startswith("Choose one quote for each place.")
        assert "Kept" in wrong.one("#promised").text()
        client.get("/work/themes/summaries/2026-autumn/no-such-theme", status=404)
        client.get("/work/themes/summaries/1999-autumn/waiting", status=404)
        client.get(f"{ADDRESS}/preview", status=404)

    def test_it_adds_a_heading_of_their_own(self, client: CheckingClient) -> None:
        client.sign_in(Role.ANALYST)
        page = client.get("/work/themes/headings")
        last = "section:last-of-type form"
        assert (
            client.submit(page, {"go": "add"}, form=last, status=422).problem
            == "Write the set of headings and the heading."
        )
        added = client.submit(page, {"go": "add"}, form=last, framework="Our pledges", heading="We ring back")
        assert "We ring back" in added.text
        gone = client.submit(added, {"go": "remove"}, form=".bank-line form")
        assert "We ring back" not in gone.text


class TestWordsAndChanges:
    def test_it_shows_their_phrases_and_what_changed(self, client: CheckingClient) -> None:
        spoken(client)

        async def before() -> None:
            await many(12, "The bus was late for {n} days.", "getting_there", said_on="2026-05")
            await many(2, "We waited {n} days then.", "waiting", said_on="2026-05")

        client.unit(before)
        client.sign_in(Role.ANALYST)
        words = client.get(f"{ADDRESS}/words")
        assert "Nobody rang" in words.one("table.words-table").text()
        young = client.get(f"{ADDRESS}/words?kind=young_person")
        assert "2 people" in young.text
        assert "No words are said by so many people." in young.text
        client.get(f"{ADDRESS}/words?kind=nobody", status=404)
        changes = client.get("/work/themes/changes/2026-autumn")
        rows = {row.css_first("th").text(): row.text() for row in changes.tree.css("tbody tr")}
        assert "That is a fall." in rows["Getting there"]
        assert "Fewer than 10 people" in rows["Waiting"]
        assert "Summer 2026" in changes.text
        nothing = client.get("/work/themes/changes/2026-summer")
        assert "We heard nothing in an earlier term." in nothing.text
