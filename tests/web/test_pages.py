"""Words of a catalog are never HTML, and pages that are kept for many people hold nothing of one of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from markupsafe import escape
from selectolax.lexbor import LexborHTMLParser

from surveys.translating.messages import catalog_message
from tests.pages import CheckingClient, Page
from tests.web.test_answering import CONTINUE
from voice import languages
from voice.web.pages import environment


@pytest.fixture
def spoken() -> Iterator[None]:
    languages.speak("pl")
    yield
    languages.lay_over("pl", [])
    languages.speak("en")


def shown(template: str, **context: object) -> str:
    return environment().from_string(template).render(**context)


@pytest.mark.usefixtures("spoken")
class TestWordsFromACatalog:
    LINK = '<a href="https://evil.example">Dalej</a>'

    def test_they_are_words_and_never_html(self) -> None:
        languages.lay_over(
            "pl",
            [
                (catalog_message(("Continue",)), (self.LINK,)),
                (catalog_message(("%(num)s row.", "%(num)s rows.")), ("<b>%(num)s", "<b>%(num)s", "<b>%(num)s")),
            ],
        )
        said = shown('{{ _("Continue") }} {{ ngettext("%(num)s row.", "%(num)s rows.", 5) }}')
        assert said == f"{escape(self.LINK)} &lt;b&gt;5"

    def test_they_cannot_leave_an_attribute(self) -> None:
        languages.lay_over("pl", [(catalog_message(("Stop",)), ('" onclick="x',))])
        button = LexborHTMLParser(shown("""<button data-stop="{{ _("Stop") }}"></button>""")).css_first("button")
        assert button is not None
        assert button.attributes == {"data-stop": '" onclick="x'}

    def test_what_people_wrote_is_escaped_in_them(self) -> None:
        said = shown('{{ _("From %(name)s", name=name) }}', name="<b>Zoë</b> & co")
        assert "&lt;b&gt;Zoë&lt;/b&gt; &amp; co" in said
        counted = shown('{{ ngettext("%(num)s row.", "%(num)s rows.", 2, name=name) }}', name="<b>")
        assert "<b>" not in counted


def key_of(page: Page) -> str:
    return page.path.split("/")[3]


class TestPagesThatAreAlike:
    def test_a_question_holds_nothing_of_somebody_else(self, client: CheckingClient, link: str) -> None:
        first = client.begin(link)
        second = client.begin(link)
        assert key_of(first) != key_of(second)
        assert first.path.split("/")[4:] == second.path.split("/")[4:]
        assert key_of(first) not in second.html
        assert second.html.count(key_of(second)) == first.html.count(key_of(first)) > 0
        chosen = client.submit(first, CONTINUE, answer="annual_review")
        assert not client.get(second.path).tree.css("input[checked]"), "somebody else's answer is chosen"
        assert key_of(first) not in client.submit(second, CONTINUE, answer="annual_review").html
        assert key_of(second) not in client.get(chosen.path).html

    def test_what_somebody_wrote_is_theirs_alone(self, client: CheckingClient, link: str) -> None:
        first, second = client.begin(link), client.begin(link)
        words = f"/s/x/{key_of(first)}/q/went_well"
        for page, text in ((first, "Only the first wrote this."), (second, "")):
            address = page.path.rsplit("/", 1)[0] + "/went_well"
            if text:
                client.post(address, {"text": text, "go": "back"})
            box = client.get(address).one("textarea").text()
            assert (text in box) if text else not box.strip(), words

    def test_the_first_page_holds_a_key_of_its_own(self, client: CheckingClient, link: str) -> None:
        keys = {client.get(link).one("input[name=key]").attributes["value"] for _ in range(3)}
        assert len(keys) == 3

    def test_the_first_page_of_somebody_who_came_back_is_not_kept(self, client: CheckingClient, link: str) -> None:
        begun = client.begin(link)
        back = client.submit(begun, {"go": "back"})
        assert key_of(begun) in back.html
        for query in ("", "?lang=ur", "?lang=en"):
            assert key_of(begun) not in client.get(link + query).html


class TestWhenNothingCanBeStored:
    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # a server keeps its files itself
    def test_it_says_so_in_the_readers_language_and_goes_on_afterwards(self, client: CheckingClient, link: str) -> None:
        file = client.settings.data / "golden-thread.sqlite"
        start = client.get(f"{link}?lang=ur")
        kept = file.read_bytes()
        file.write_bytes(b"no database " * 1000)
        page = client.submit(start, status=503)
        assert page.language == "ur"
        assert page.tree.css("main p")
        file.write_bytes(kept)
        assert "/q/" in client.submit(start).path


class TestContrast:
    def test_the_system_can_ask_for_more(self, client: CheckingClient) -> None:
        [style] = client.get("/").tree.css('link[rel="stylesheet"]')
        assert "prefers-contrast:more" in client.client.get(style.attributes["href"] or "").text.replace(" ", "")


class TestLookingWithoutReading:
    def test_programs_that_check_links_find_the_page(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        for address in ("/", "/safe", link, page.path, "/continue", "/class"):
            looked = client.client.head(address)
            assert (looked.status_code, looked.content) == (200, b"")
            assert looked.headers["content-type"] == client.client.get(address).headers["content-type"]
        assert client.client.head("/s/never-made").status_code == 404
