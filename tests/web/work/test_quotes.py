"""Reading quotes: what the machine found is hidden, unless a person says that it may stay."""

from __future__ import annotations

from tests.evidence.bank import voice
from tests.pages import CheckingClient, Page
from tests.themes.said import said
from voice.evidence.keeping import keep
from voice.evidence.tables import QuoteDecision
from voice.people.roles import Role

WORDS = "My son Tomasz waited. Mrs Okafor rang on 07700 900123."


def shown(client: CheckingClient) -> dict[str, str]:
    async def unit() -> list[dict[str, str]]:
        return await QuoteDecision.select(QuoteDecision.decision, QuoteDecision.shown)

    return {row["shown"]: row["decision"] for row in client.unit(unit)}


def form_of(page: Page) -> str:
    id = page.one("article.voice h2").id.removeprefix("voice-")
    return f'form:has(input[name=voice][value="{id}"])'


class TestHiding:
    def test_it_hides_what_was_found_but_for_what_a_person_unticks(self, client: CheckingClient) -> None:
        client.unit(lambda: keep([voice(WORDS)]))
        client.sign_in(Role.ANALYST)
        page = client.get("/work/quotes")
        assert [mark.text() for mark in page.tree.css("blockquote mark")] == ["Tomasz", "Okafor", "07700 900123"]
        boxes = [box.attributes["name"] or "" for box in page.tree.css(".hidden-words input")]
        assert len(boxes) == 3
        assert shown(client) == {}
        form = form_of(page)
        fields = {**page.form(form), "go": "release", "hide": "waited"}
        page.one(f'[name="{boxes[1]}"]')
        del fields[boxes[1]]
        client.post(page.action(form), fields)
        assert shown(client) == {"My son [name] […]. Mrs Okafor rang on [phone number].": "released"}
        released = client.get("/work/quotes?show=released")
        assert released.tree.css("blockquote")[0].text() == "My son [name] […]. Mrs Okafor rang on [phone number]."

    def test_it_releases_nothing_that_was_not_seen_as_it_is(self, client: CheckingClient) -> None:
        client.unit(lambda: keep([voice(WORDS)]))
        client.sign_in(Role.ANALYST)
        page = client.get("/work/quotes")
        again = client.submit(page, {"go": "release"}, form=form_of(page), seen="3", status=422)
        assert again.problem == "We looked again and found something else. Please read this text again."
        assert shown(client) == {}

    def test_it_releases_several_with_all_that_was_found_hidden(self, client: CheckingClient) -> None:
        client.unit(lambda: keep([voice(f"My son Tomasz waited {n} days.") for n in range(3)]))
        client.sign_in(Role.ANALYST)
        page = client.get("/work/quotes")
        ticked = [box.attributes["name"] or "" for box in page.tree.css('input[form=together][type="checkbox"]')][:2]
        seen = {
            box.attributes["name"] or "": box.attributes["value"] or ""
            for box in page.tree.css('input[form=together][type="hidden"]')
        }
        left = client.post(
            page.action("#together"),
            {**page.form("#together"), **seen, **dict.fromkeys(ticked, "yes"), "go": "together"},
        )
        assert "1 text in this list." in left.text
        assert len(shown(client)) == 2
        assert all(words.startswith("My son [name] waited") for words in shown(client))

    def test_it_lists_the_words_about_a_theme(self, client: CheckingClient) -> None:
        async def unit() -> None:
            await said("We waited for a year.", "waiting", "kept_in_touch")
            await said("Thank you all so much.", "thanks", sentiment="positive")

        client.unit(unit)
        client.sign_in(Role.ANALYST)
        page = client.get("/work/quotes?theme=waiting")
        assert "1 text in this list." in page.text
        assert page.one("blockquote").text() == "We waited for a year."
        released = page.one('.tabs a[href*="show=released"]').attributes["href"]
        assert str(page.url.join(released)).endswith("&show=released&theme=waiting")
        one = page.one("input[name=voice]").attributes["value"]
        assert client.get(f"/work/quotes?voice={one}").one("blockquote").text() == "We waited for a year."
        client.get("/work/quotes?voice=x", status=404)
