"""A survey is offered in the languages in which it says everything, and in no other."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from surveys.templates import post_ehcp
from tests.conftest import Clock
from tests.pages import CheckingClient, Page, draft_of
from voice.languages import LANGUAGES, words
from voice.people.roles import Role


@pytest.fixture
def half_translated(client: CheckingClient) -> str:
    """The address of a survey whose title nobody has put into Polish yet."""
    whole = post_ehcp.document(words, tuple(LANGUAGES))
    title = {code: said for code, said in whole.title.items() if code != "pl"}
    document = msgspec.structs.replace(whole, slug="half-translated", title=title)
    return client.open_survey(document, "half")


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

    def test_nobody_goes_on_in_one_that_is_not_offered(self, client: CheckingClient, half_translated: str) -> None:
        page = client.begin(half_translated)
        draft = draft_of(page)
        client.submit(page, {"language": "pl"}, status=404)
        for place in ("", "/q/plan_route", "/check", "/later", "/stop"):
            client.get(f"{draft}{place}?lang=pl", status=404)
        client.post(f"{draft}/check?lang=pl", status=404)
        assert client.get(page.path).language == "en"

    def test_a_tablet_without_a_connection_has_no_other(self, client: CheckingClient, half_translated: str) -> None:
        offline = half_translated.replace("/s/", "/offline/")
        assert client.get(f"{offline}?lang=pl").language == "en"
        assert client.client.get(f"{offline}/questions?lang=pl").json()["language"] == "en"

    def test_a_call_is_in_one_that_is_offered(self, client: CheckingClient, half_translated: str) -> None:
        async def id_of_the_round() -> str:
            round = await client.parts.rounds.by_link("half", now=client.parts.clock())
            return str(round.id)

        client.sign_in(Role.FACILITATOR)
        page = client.get("/work/telephone")
        half = {"round": client.run(id_of_the_round)}
        refused = client.submit(page, answers_in="pl", status=422, **half)
        assert refused.problem == "This survey is not in that language. Choose another one."
        assert client.submit(page, answers_in="ur", **half).language == "ur"


class TestLookingAtAnAddress:
    def test_only_the_switch_of_languages_changes_the_language(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        draft = draft_of(page)
        for place in ("", "/q/plan_route"):
            assert client.get(f"{draft}{place}?lang=pl").language == "en"
        for place, language in (("/check", "ur"), ("/later", "pl"), ("/stop", "so")):
            shown = client.get(f"{draft}{place}")
            switch = shown.one(f'a.language[lang="{language}"]').attributes["href"] or ""
            client.client.head(f"{shown.path}{switch}")
            assert client.get(page.path).language == shown.language
            assert client.get(f"{shown.path}{switch}").language == language
            assert client.get(page.path).language == language


class TestADeviceThatKeepsNoCookies:
    def test_it_is_told_of_problems_in_the_language_of_the_answers(
        self, client: CheckingClient, clock: Clock, link: str
    ) -> None:
        page = client.begin(f"{link}?lang=pl")
        check = client.answer_all(page)
        expired = client.begin(f"{link}?lang=ur")
        forget = client.client.cookies.clear
        for wrong, status in (
            ({"text": "a" * 300_000}, 413),
            ({"language": "xx"}, 404),
        ):
            forget()
            assert client.post(page.path, wrong, status=status).language == "pl"
        forget()
        assert client.get(f"{draft_of(page)}/q/no_such_question", status=404).language == "pl"
        assert client.get(f"{draft_of(page)}/check?lang=xx", status=404).language == "pl"
        client.submit(check)
        forget()
        sent = client.get(page.path, status=409)
        assert sent.language == "pl"
        assert client.get(sent.one("main a.button").attributes["href"] or "").language == "pl"
        forget()
        assert client.get(f"{draft_of(page)}x/check?lang=ur", status=404).language == "ur"
        clock.now += dt.timedelta(days=31)
        forget()
        assert client.get(expired.path, status=410).language == "ur"

    def test_the_receipt_is_in_it_however_often_it_is_asked_for(self, client: CheckingClient, link: str) -> None:
        check = client.answer_all(client.begin(f"{link}?lang=pl", shared_device="yes"))
        client.client.cookies.clear()
        first = client.submit(check)
        client.client.cookies.clear()
        second = client.submit(check)
        assert (first.language, second.language) == ("pl", "pl")
        assert first.url == second.url, "it makes way for the next person both times"
