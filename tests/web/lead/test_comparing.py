"""Pages that lay numbers side by side."""

from __future__ import annotations

from tests.comparing.asked import course, two_surveys
from tests.pages import CheckingClient, Page
from voice.people.roles import Role


def plain(page: Page) -> str:
    """What is read, without the signs that say which way a line runs."""
    return " ".join(page.text.split()).translate(dict.fromkeys(range(0x2066, 0x206A)))


class TestWhereSurveysDisagree:
    def test_it_says_what_will_be_here(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        for address in ("/lead/disagreements", "/lead/before-after", "/lead/compare"):
            assert "Here you " in client.get(address).text

    def test_it_shows_both_sides_and_what_could_explain_it(self, client: CheckingClient) -> None:
        client.unit(two_surveys)
        client.sign_in(Role.LEAD)
        page = client.get("/lead/disagreements?term=2026-autumn")
        assert [each.text(strip=True) for each in page.tree.css(".disagreement h2")] == ["Did we keep you up to date?"]
        text = plain(page)
        assert "They are 40 points apart." in text
        assert "We looked at 2 pairs. 1 of them disagrees." in text
        assert "80% of 100 people" in text
        assert "40% of 60 people" in text
        assert "In the last year, did anyone tell you how your plan was going?" in text
        assert "How many people “How was getting your child’s plan?” went to." in text
        assert "70% of those who got “The yearly survey of the forum” did not answer. If 97% of them" in text
        link = page.tree.css_first(".goes-on a").attributes["href"] or ""
        assert link.startswith(
            "/work/actions/new?from=disagreement&key=kept_up_to_date~forum-yearly~2026-autumn~post-ehcp"
        )
        assert client.get("/lead/disagreements?term=1999-spring", status=404)

    def test_it_reads_in_urdu(self, client: CheckingClient) -> None:
        client.unit(two_surveys)
        client.sign_in(Role.LEAD)
        page = client.get("/lead/disagreements?lang=ur")
        assert page.tree.css_first("html").attributes["dir"] == "rtl"


class TestBeforeAndAfter:
    def test_it_follows_people_only_where_they_told_both(self, client: CheckingClient) -> None:
        client.unit(course)
        client.sign_in(Role.LEAD)
        text = plain(client.get("/lead/before-after"))
        assert "Each person told us both. So we see who moved." in text
        assert "We cannot tell who is in both." in text
        assert "+30 points." in text


class TestCompare:
    def test_it_compares_one_question_by_two_things_at_most(self, client: CheckingClient) -> None:
        client.unit(two_surveys)
        client.sign_in(Role.LEAD)
        page = client.get("/lead/compare?concept=kept_up_to_date&by=survey&and=term")
        rows = [" ".join(row.text(separator=" ").split()) for row in page.tree.css("table.compared tbody tr")]
        assert rows[0].startswith("The yearly survey of the forum 40% of 60")
        assert rows[-1].startswith("All together 65% of 160")
        for wrong in ("by=hair", "by=term&and=hair", "concept=nothing"):
            assert client.get(f"/lead/compare?{wrong}", status=404)
