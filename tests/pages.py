"""A client that checks every page it fetches, so that no page can lose its heading, title or language unseen."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from typing import Any

import html5lib
import httpx
from litestar import Litestar
from litestar.testing import TestClient
from selectolax.lexbor import LexborHTMLParser, LexborNode

from surveys import exporting
from surveys.document import SurveyDocument
from surveys.publishing import open_round, publish
from voice.capture.open_rounds import OpenRounds
from voice.languages import LANGUAGES
from voice.parts import Parts
from voice.people import organisations, signing_in
from voice.people.roles import Role
from voice.settings import Settings

WORDS_AND_VALUES = re.compile(r"""(?<=>)[^<&]+(?=<)|(?<=")[^"<>&]*(?=")""")
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
AROUND_MAIN = '<!DOCTYPE html><html lang="en"><head><title>-</title></head><body>{}</body></html>'
"""The main part of a page is read by itself, and what stands around it once for all pages that have the same."""
NO_LETTER = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
VALID: set[str] = set()

CONTINUE = {"go": "continue"}
SKIP = {"go": "skip"}
BACK = {"go": "back"}


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

    @property
    def title(self) -> str:
        return self.one("head title").text()

    @property
    def language(self) -> str:
        return self.one("html").attributes["lang"] or ""

    @property
    def problem(self) -> str:
        """What the summary at the top says is wrong; its link goes to the field."""
        return self.one(".problem-summary a").text()

    @property
    def problem_field(self) -> LexborNode:
        return self.one(self.one(".problem-summary a").attributes["href"] or "")

    @property
    def chosen(self) -> str | None:
        """The code of the card that is ticked."""
        ticked = self.tree.css("input[name=answer][checked]")
        assert len(ticked) <= 1
        return ticked[0].attributes["value"] if ticked else None

    @property
    def written(self) -> str:
        """What stands in the box for words."""
        return self.one("textarea").text().removeprefix("\n")

    @property
    def codes(self) -> list[str]:
        """The codes of the cards, in the order they stand."""
        return [card.attributes["value"] or "" for card in self.tree.css("input[name=answer]")]

    def form(self, selector: str = "main form") -> dict[str, str]:
        """The fields of a form, or the page's only one, as a browser would send them without a button."""
        fields: dict[str, str] = {}
        for field in self.one(selector).css("input, textarea, select"):
            name, kind = field.attributes.get("name"), field.attributes.get("type")
            if not name or kind == "file" or (kind in ("radio", "checkbox") and "checked" not in field.attributes):
                continue
            if field.tag == "select":
                chosen = field.css_first("option[selected]") or field.css_first("option")
                fields[name] = (chosen.attributes.get("value", chosen.text()) or "") if chosen else ""
            elif field.tag == "textarea":
                fields[name] = (field.text() or "").removeprefix("\n")
            else:
                fields[name] = field.attributes.get("value") or ""
        return fields

    def action(self, selector: str = "main form") -> str:
        return str(self.url.join(self.one(selector).attributes.get("action") or ""))


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

    def submit(
        self,
        page: Page,
        button: dict[str, str] | None = None,
        *,
        form: str = "main form",
        status: int = 200,
        **fields: str,
    ) -> Page:
        """Sends the page's form with some fields filled in and one button pressed."""
        return self.post(page.action(form), {**page.form(form), **fields, **(button or {})}, status=status)

    def press(self, page: Page, words: str, *, status: int = 200, **fields: str) -> Page:
        """Presses the button of the answering form that says this, wherever on the page it stands."""
        buttons = [
            button
            for button in page.tree.css("button[type=submit]")
            if " ".join(button.text().split()) == words
            and (button.attributes.get("form") or "page-form") == "page-form"
        ]
        assert len(buttons) == 1, f"{len(buttons)} buttons say {words!r} on {page.path}"
        pressed = buttons[0].attributes
        return self.submit(page, {pressed["name"] or "": pressed["value"] or ""}, status=status, **fields)

    def _checked(self, response: httpx.Response, status: int) -> Page:
        assert response.status_code == status, f"{response.status_code} for {response.url}: {response.text[:2000]}"
        page = Page(response)
        check_page(page)
        return page

    def survey(self) -> str:
        async def link() -> str:
            rounds = await OpenRounds(self.parts.store).with_link(now=self.parts.clock())
            return f"/s/{rounds[0].link}"

        address: str = self.run(link)
        return address

    def run(self, work: Any) -> Any:
        """Runs an async function where the application runs."""
        return self.client.blocking_portal.call(work)

    def unit(self, work: Any) -> Any:
        """Runs an async function as one unit of the application's store."""
        return self.run(lambda: self.parts.store.write(work))

    def open_survey(self, document: SurveyDocument, link: str) -> str:
        """Publishes a survey, opens it today, and returns its address."""

        async def opened() -> None:
            today = self.parts.today
            version = await publish(document, today=today)
            await open_round(
                version, term="2026-autumn", identity_mode="anonymous", link=link, opens_on=today, closes_on=None
            )

        self.unit(opened)
        self.parts.rounds.forget()
        return f"/s/{link}"

    def answers(self) -> list[dict[str, str]]:
        """Every answer that was sent, as ``voice export`` writes it."""

        async def exported() -> list[dict[str, str]]:
            return [dict(zip(exporting.COLUMNS, row, strict=True)) async for row in exporting.answers()]

        found: list[dict[str, str]] = self.run(exported)
        return found

    def answered(self) -> dict[str, str]:
        """The code or the words of each concept, when one person has sent answers."""
        found = self.answers()
        assert len({row["submission"] for row in found}) <= 1
        return {row["concept"]: row["code"] or row["text"] for row in found}

    def sign_in(self, role: Role) -> Page:
        async def link() -> str:
            members = await self.parts.store.read(signing_in.members)
            member = next(each for each in members if each.role == role)
            return await self.parts.store.write(lambda: signing_in.make_link(member.id, now=self.parts.clock()))

        return self.get(f"/sign-in/once/{self.run(link)}")

    def sign_in_at_a_school(self, role: Role) -> uuid.UUID:
        """Signs in as somebody who works for a partner alone, at ``role@school.test``; returns which partner."""

        async def there() -> tuple[uuid.UUID, str]:
            known = {each.name: each.id for each in await organisations.organisations()}
            school = known.get("Northfield School") or await organisations.add("Northfield School", "school")
            member = await organisations.take_on(f"{role.value}@school.test", role, school)
            return school, await signing_in.make_link(member, now=self.parts.clock())

        school: uuid.UUID
        school, token = self.unit(there)
        self.get(f"/sign-in/once/{token}")
        return school

    def begin(self, link: str, **fields: str) -> Page:
        """Begins to answer; returns the first question."""
        page = self.get(link)
        says_yes = {"go": "yes"} if page.tree.css("main form button[name=go][value=yes]") else {}
        return self.post(page.action("main form"), {**page.form("main form"), **says_yes, **fields})

    def begin_at(self, link: str, concept: str, **fields: str) -> Page:
        """Begins to answer and goes straight to one question."""
        return self.get(f"{draft_of(self.begin(link, **fields))}/q/{concept}")

    def answer_all(self, page: Page, *, words: str = "They rang when they said.", **answers: str) -> Page:
        """Answers each question as ``answers`` say, else with its first choice or with words; then the page after."""
        while "/q/" in page.path:
            wanted = answers.get(page.path.rpartition("/")[2])
            if page.tree.css("textarea"):
                page = self.submit(page, CONTINUE, text=wanted or words)
            else:
                page = self.submit(page, CONTINUE, answer=wanted or page.codes[0])
        return page


def draft_of(page: Page) -> str:
    """The address of the draft that a question belongs to: the link a person can keep."""
    return page.path.partition("/q/")[0]


def check_page(page: Page) -> None:
    """What holds for every page: see the messages."""
    where = f"on {page.path}"
    html = page.one("html")
    language = LANGUAGES[html.attributes["lang"] or ""]
    assert html.attributes["dir"] == language.direction, f"wrong direction {where}"
    title = page.one("head title").text()
    assert title.startswith(page.h1), f"the title {title!r} does not start with the heading {page.h1!r} {where}"
    ids = Counter(node.attributes["id"] for node in page.tree.css("[id]"))
    assert not [id for id, times in ids.items() if times > 1], f"an id stands twice {where}"
    for node in page.tree.css("[aria-labelledby], [aria-describedby], label[for], button[form]"):
        for name in ("aria-labelledby", "aria-describedby", "for", "form"):
            for target in (node.attributes.get(name) or "").split():
                assert target in ids, f"{name}={target} points nowhere {where}"
    for node in page.tree.css('main a[href^="#"]'):
        assert (node.attributes["href"] or "")[1:] in ids, f"{node.attributes['href']} points nowhere {where}"
    assert not re.search(r'(?:href|action)="[^"]*&amp;amp;', page.html), f"an address is escaped twice {where}"
    assert not page.tree.css("[style], style, script:not([src]), [onclick]"), f"inline style or script {where}"
    assert not re.search(r"%\(\w+\)s|\{\{|\bNone\b|Undefined", page.text), f"an unfilled word {where}"
    assert not NO_LETTER.search(page.html), f"a letter that HTML does not allow {where}"
    main = MAIN.search(page.html)
    assert main, f"no main part {where}"
    _check_html(page.html.replace(main[0], "<main></main>"))
    _check_html(AROUND_MAIN.format(main[0]))


def _check_html(html: str) -> None:
    """Strictly, which takes longer than making the page did: so what is the same but for words is read once."""
    skeleton = WORDS_AND_VALUES.sub("", html)
    if skeleton not in VALID:
        html5lib.HTMLParser(strict=True).parse(html)
        VALID.add(skeleton)
