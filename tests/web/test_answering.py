"""A parent carer's way through the survey, page by page, on both databases."""

from __future__ import annotations

from tests.pages import CheckingClient, Page

CONTINUE = {"go": "continue"}


def answer_everything(client: CheckingClient, page: Page, *, words: str = "They rang when they said.") -> Page:
    """Answers each question with its first choice, or with words; returns the page after the last."""
    while "/q/" in page.path:
        if page.tree.css("textarea"):
            page = client.submit(page, CONTINUE, text=words)
        else:
            first = page.tree.css("input[type=radio]")[0].attributes["value"] or ""
            page = client.submit(page, CONTINUE, answer=first)
    return page


class TestTheWayThrough:
    def test_it_goes_from_the_letter_to_the_receipt(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        assert page.h1 == "What kind of plan was it?"
        assert "Question 1 of 11" in page.text
        check = answer_everything(client, page)
        assert check.h1 == "Check your answers"
        assert "They rang when they said." in check.text
        receipt = client.submit(check)
        assert receipt.h1 == "Thank you. We have your answers."
        assert receipt.one(".reference strong").text()
