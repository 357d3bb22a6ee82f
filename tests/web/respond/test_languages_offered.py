"""A survey is offered in the languages in which it says everything, and in no other."""

from __future__ import annotations

import msgspec
import pytest

from surveys.publishing import open_round, publish
from surveys.templates import post_ehcp
from tests.pages import CheckingClient, Page
from voice.languages import LANGUAGES, words


@pytest.fixture
def half_translated(client: CheckingClient) -> str:
    """The address of a survey whose title nobody has put into Polish yet."""
    whole = post_ehcp.document(words, tuple(LANGUAGES))
    title = {code: said for code, said in whole.title.items() if code != "pl"}
    document = msgspec.structs.replace(whole, slug="half-translated", title=title)

    async def opened() -> None:
        version = await publish(document, today=client.parts.today)
        await open_round(
            version,
            term="2026-autumn",
            identity_mode="anonymous",
            link="half",
            opens_on=client.parts.today,
            closes_on=None,
        )

    client.unit(opened)
    client.parts.rounds.forget()
    return "/s/half"


def offered(page: Page) -> list[str]:
    return [each.attributes["lang"] or "" for each in page.tree.css(".languages .language")]


class TestTheLanguagesOffered:
    def test_it_is_all_ten_on_the_first_page_each_by_its_own_name(self, client: CheckingClient, link: str) -> None:
        for address in ("/", link):
            page = client.get(address)
            assert offered(page) == list(LANGUAGES)
            names = [each.text() for each in page.tree.css("main .language")]
            assert names == [each.name for each in LANGUAGES.values()]

    def test_it_leaves_out_a_language_in_which_a_word_is_missing(
        self, client: CheckingClient, half_translated: str
    ) -> None:
        assert set(LANGUAGES) - set(offered(client.get(half_translated))) == {"pl"}
        assert set(LANGUAGES) - set(offered(client.begin(half_translated))) == {"pl"}

    def test_somebody_whose_language_is_missing_reads_the_surveys_first(
        self, client: CheckingClient, half_translated: str
    ) -> None:
        client.client.cookies.set("language", "pl")
        page = client.get(half_translated)
        assert page.language == "en"
        assert client.submit(page).language == "en"

    def test_nobody_begins_in_a_language_that_is_not_offered(
        self, client: CheckingClient, half_translated: str
    ) -> None:
        page = client.get(half_translated)
        client.submit(page, language="pl", status=404)
