"""Families in tests of private spaces: what they do on the pages, from the outside."""

from __future__ import annotations

from tests.pages import CheckingClient, Page

START = "/my-views/new"


def begin(client: CheckingClient, role: str = "young_person") -> str:
    """A new space; the address that opens it."""
    page = client.submit(client.get(START), role=role)
    assert page.h1 == "My code"
    return page.path.removesuffix("/code")


def code_on(page: Page) -> str:
    return page.one(".code").text()


def invite(client: CheckingClient, space: str, role: str, called: str = "") -> tuple[str, str]:
    """Lets somebody in; the address that opens the space for them, and their code."""
    page = client.post(f"{space}/people", {"go": "invite", "role": role, "called": called})
    return "/my-views/" + page.one(".long-link").text().rpartition("/")[2], code_on(page)


def say(client: CheckingClient, space: str, section: str, text: str = "", **more: str) -> Page:
    page = client.get(f"{space}/add/{section}")
    return client.submit(page, {"go": "continue"}, text=text, **more)


def view_of(page: Page, text: str) -> str:
    """The id of the view that says this."""
    for each in page.tree.css("article.one-view"):
        field = each.css_first("input[name=view], input[name=seen]")
        if text in each.text() and field is not None:
            return field.attributes["value"] or ""
    raise AssertionError(f"{text!r} is not on {page.path}")


def choose(client: CheckingClient, space: str, *texts: str) -> Page:
    """Chooses for the meeting what says these, and nothing else."""
    page = client.get(f"{space}/meeting")
    seen = [each.attributes["value"] or "" for each in page.tree.css("input[name=seen]")]
    return client.post(f"{space}/meeting", {"seen": seen, "view": [view_of(page, text) for text in texts]})  # type: ignore[dict-item]
