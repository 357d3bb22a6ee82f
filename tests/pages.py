"""A client that checks every page it fetches, so that no page can lose its heading, title or language unseen."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import html5lib
import httpx
from litestar import Litestar
from litestar.testing import TestClient
from selectolax.lexbor import LexborHTMLParser, LexborNode

from voice.app import now
from voice.capture.open_rounds import OpenRounds
from voice.languages import LANGUAGES
from voice.people import signing_in
from voice.people.roles import Role
from voice.settings import Settings
from voice.web.parts import Parts


class Page:
    """An answer from the server; ``text`` is what a reader sees."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.status = response.status_code
        self.url = response.url
        self.html = response.text
        self.tree = LexborHTMLParser(response.text)

    @property
    def path(self) -> str:
        return self.url.path

    @property
    def text(self) -> str:
        main = self.one("main")
        return " ".join(main.text(separator=" ").split())

    @property
    def h1(self) -> str:
        return " ".join(self.one("h1").text(separator=" ").split())

    def one(self, selector: str) -> LexborNode:
        found = self.tree.css(selector)
        assert len(found) == 1, f"{len(found)} of {selector} on {self.path}"
        return found[0]

    def form(self) -> dict[str, str]:
        """The fields of the page's main form as a browser would send them without a button."""
        fields: dict[str, str] = {}
        for field in self.one("main form").css("input, textarea, select"):
            name, kind = field.attributes.get("name"), field.attributes.get("type")
            if not name or (kind in ("radio", "checkbox") and "checked" not in field.attributes):
                continue
            if field.tag == "select":
                chosen = field.css_first("option[selected]") or field.css_first("option")
                fields[name] = chosen.attributes.get("value") or "" if chosen else ""
            elif field.tag == "textarea":
                fields[name] = (field.text() or "").removeprefix("\n")
            else:
                fields[name] = field.attributes.get("value") or ""
        return fields

    def action(self) -> str:
        return self.one("main form").attributes.get("action") or self.path


class CheckingClient:
    def __init__(self, client: TestClient[Litestar], settings: Settings) -> None:
        self.client = client
        self.settings = settings

    @property
    def parts(self) -> Parts:
        parts: Parts = self.client.app.state.parts
        return parts

    def get(self, url: str, *, status: int = 200, **options: Any) -> Page:
        return self._checked(self.client.get(url, **options), status)

    def post(self, url: str, data: dict[str, str] | None = None, *, status: int = 200, **options: Any) -> Page:
        """Posts a form and follows the redirect, as a browser does."""
        return self._checked(self.client.post(url, data=data or {}, **options), status)

    def submit(self, page: Page, button: dict[str, str] | None = None, *, status: int = 200, **fields: str) -> Page:
        """Sends the page's form with some fields filled in and one button pressed."""
        return self.post(page.action(), {**page.form(), **fields, **(button or {})}, status=status)

    def _checked(self, response: httpx.Response, status: int) -> Page:
        assert response.status_code == status, f"{response.status_code} for {response.url}: {response.text[:2000]}"
        page = Page(response)
        check_page(page)
        return page

    def survey(self) -> str:
        async def link() -> str:
            rounds = await OpenRounds(self.parts.store).with_link(now=now())
            return f"/s/{rounds[0].link}"

        return self.run(link)

    def run(self, work: Any) -> Any:
        """Runs an async function where the application runs."""
        return self.client.blocking_portal.call(work)

    def sign_in(self, role: Role) -> Page:
        async def link() -> str:
            members = await self.parts.store.read(signing_in.members)
            member = next(each for each in members if each.role == role)
            return await self.parts.store.write(lambda: signing_in.make_link(member.id, now=self.parts.clock()))

        return self.get(f"/sign-in/once/{self.run(link)}")

    def begin(self, link: str, **fields: str) -> Page:
        """Begins to answer; returns the first question."""
        return self.submit(self.get(link), **fields)


def check_page(page: Page) -> None:
    """What holds for every page: see the messages."""
    where = f"on {page.path}"
    html = page.one("html")
    language = LANGUAGES[html.attributes["lang"] or ""]
    assert html.attributes["dir"] == language.direction, f"wrong direction {where}"
    title = page.one("title").text()
    assert title.startswith(page.h1), f"the title {title!r} does not start with the heading {page.h1!r} {where}"
    ids = Counter(node.attributes["id"] for node in page.tree.css("[id]"))
    assert not [id for id, times in ids.items() if times > 1], f"an id stands twice {where}"
    for node in page.tree.css("[aria-labelledby], [aria-describedby], label[for], button[form]"):
        for name in ("aria-labelledby", "aria-describedby", "for", "form"):
            for target in (node.attributes.get(name) or "").split():
                assert target in ids, f"{name}={target} points nowhere {where}"
    for node in page.tree.css('main a[href^="#"]'):
        assert (node.attributes["href"] or "")[1:] in ids, f"{node.attributes['href']} points nowhere {where}"
    assert not page.tree.css("[style], style, script:not([src]), [onclick]"), f"inline style or script {where}"
    assert not re.search(r"%\(\w+\)s|\{\{|\bNone\b|Undefined", page.text), f"an unfilled word {where}"
    html5lib.HTMLParser(strict=True).parse(page.html)
