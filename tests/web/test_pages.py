"""Pages that are kept for many people hold nothing of the person they were first rendered for."""

from __future__ import annotations

from tests.pages import CheckingClient, Page
from tests.web.test_answering import CONTINUE


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


class TestLookingWithoutReading:
    def test_programs_that_check_links_find_the_page(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        for address in ("/", "/safe", link, page.path, "/continue", "/class"):
            looked = client.client.head(address)
            assert (looked.status_code, looked.content) == (200, b"")
            assert looked.headers["content-type"] == client.client.get(address).headers["content-type"]
        assert client.client.head("/s/never-made").status_code == 404
