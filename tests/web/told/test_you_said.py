""" "You said, we did" in public: for families, for other sites, and for programs that read feeds."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from tests.pages import CheckingClient, Page
from tests.published.promised import HEARD, TODAY, a_published, agreed_by_a_group, an_action, draft_of, member
from voice.people.roles import Role
from voice.published import drafting, publishing, reading
from voice.published.item import Wording
from voice.web.told.feed import ATOM, XHTML, XML

URDU = "آپ بہت دیر تک جواب کا انتظار کرتے ہیں۔"


def heard(page: Page) -> list[str]:
    return [node.text().strip() for node in page.tree.css(".told-heard")]


async def two() -> tuple[uuid.UUID, uuid.UUID]:
    """One in English alone, and one that says a part in Urdu too."""
    first = await a_published("You want shorter letters.", day=TODAY - dt.timedelta(days=90))
    id = await draft_of(await an_action(), said_by="young_person")
    await drafting.keep_words(id, "ur", Wording(heard=URDU))
    await agreed_by_a_group(id)
    await publishing.publish(id, by=await member(), today=TODAY)
    return first, id


class TestThePage:
    def test_it_says_what_will_be_here(self, client: CheckingClient) -> None:
        assert "There is nothing here yet." in client.get("/you-said").text

    def test_the_newest_comes_first_and_it_can_be_chosen_who_said_it(self, client: CheckingClient) -> None:
        client.unit(two)
        page = client.get("/you-said")
        assert heard(page) == [HEARD, "You want shorter letters."]
        assert "Young people said" in page.text
        assert "34 people said so." in page.text
        assert page.one("link[rel=canonical]").attributes["href"] == "http://testserver.local/you-said"
        assert heard(client.get("/you-said?who=parent_carer")) == ["You want shorter letters."]
        assert heard(client.get("/you-said?term=2026-autumn&who=young_person")) == [HEARD]
        client.get("/you-said?who=somebody", status=404)
        client.get("/you-said?term=2020-autumn", status=404)

    def test_words_that_are_not_translated_stand_in_english_and_say_so(self, client: CheckingClient) -> None:
        client.unit(two)
        page = client.get("/you-said?lang=ur")
        assert heard(page)[0] == URDU
        words = page.tree.css("article .told-words")
        assert "lang" not in words[0].attributes
        assert (words[1].attributes["lang"], words[1].attributes["dir"]) == ("en", "ltr")

    def test_an_item_has_an_address_that_stays(self, client: CheckingClient) -> None:
        first, second = client.unit(two)
        draft = client.unit(_another_version(first))
        client.get(f"/you-said/{draft}", status=404)
        client.unit(_published(draft))
        page = client.get(f"/you-said/{first}")
        assert page.path == f"/you-said/{draft}"
        client.unit(lambda: publishing.withdraw(second, today=TODAY))
        gone = client.get(f"/you-said/{second}", status=410)
        assert "We took this back on 18 November 2026." in gone.text
        assert HEARD not in gone.text


class TestOnOtherSites:
    def test_one_page_alone_may_stand_in_a_frame(self, client: CheckingClient) -> None:
        client.unit(two)
        for language in ("en", "ur"):
            page = client.get(f"/you-said/embed?lang={language}")
            policy = page.response.headers["content-security-policy"]
            assert "frame-ancestors *" in policy
            assert "script-src" not in policy
            assert "form-action 'none'" in policy
            assert "set-cookie" not in page.response.headers
            assert not page.tree.css("script, form, input")
            assert page.one("a[target=_top]").attributes["href"].startswith("http://testserver.local/you-said")
        for address in ("/you-said", "/what-happened", "/"):
            assert "frame-ancestors 'none'" in client.get(address).response.headers["content-security-policy"]

    @pytest.mark.parametrize("language", ["en", "ur"])
    def test_the_feed_is_atom(self, client: CheckingClient, language: str) -> None:
        first, second = client.unit(two)
        answer = client.client.get(f"/you-said/feed.xml?lang={language}")
        assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
        assert "set-cookie" not in answer.headers
        feed = ET.fromstring(answer.content)
        assert feed.tag == f"{{{ATOM}}}feed"
        assert feed.get(f"{{{XML}}}lang") == language
        for needed in ("id", "title", "updated", "author"):
            assert feed.find(f"{{{ATOM}}}{needed}") is not None
        entries = feed.findall(f"{{{ATOM}}}entry")
        links = [entry.find(f"{{{ATOM}}}link").get("href") for entry in entries]  # type: ignore[union-attr]
        assert links == [f"http://testserver.local/you-said/{id}?lang={language}" for id in (second, first)]
        titles = [entry.findtext(f"{{{ATOM}}}title") for entry in entries]
        assert titles == [HEARD if language == "en" else URDU, "You want shorter letters."]
        assert entries[0].findtext(f"{{{ATOM}}}updated") == "2026-11-18T00:00:00Z"
        assert [entry.get(f"{{{XML}}}lang") for entry in entries] == [language, "en"]
        assert len(entries[0].findall(f".//{{{XHTML}}}p")) == 6

    def test_an_empty_feed_is_one_too(self, client: CheckingClient) -> None:
        feed = ET.fromstring(client.client.get("/you-said/feed.xml").content)
        assert feed.findtext(f"{{{ATOM}}}updated") == "2026-11-18T00:00:00Z"
        assert client.client.get("/you-said/feed.xml?lang=xx").status_code == 404


class TestThoseWhoPublish:
    def test_from_an_action_to_the_page_with_a_group_between(self, client: CheckingClient) -> None:
        client.unit(lambda: an_action())
        client.sign_in(Role.OFFICER)
        draft = client.submit(client.get("/work/published"), form="#ready ~ ul form")
        draft = client.submit(draft, {"go": "about"}, form=ABOUT, said_by="young_person", symbol="bus")
        assert "The group has to agree to the words first." in draft.text
        assert not draft.tree.css("button[value=publish]")
        draft = client.submit(draft, {"go": "ask"}, form="#publish")
        assert "A group looks at the words" in draft.text

        client.sign_in(Role.FACILITATOR)
        client.get(draft.path, status=403)
        waiting = client.get("/work/words-to-agree")
        words = client.get(waiting.one(".summaries a").attributes["href"] or "")
        assert HEARD in words.one(".agree-words").text()
        wrong = client.submit(words, answer="change", heads="7", status=422)
        assert wrong.problem_field.attributes["name"] == "words"
        assert client.submit(words, answer="agreed", heads="many", status=422).problem_field.tag == "input"
        thanked = client.submit(words, answer="change", heads="7", words="Nobody calls us back.")
        assert "There are no words to agree to just now." in thanked.text

        client.sign_in(Role.OFFICER)
        draft = client.get(draft.path)
        assert "A group of 7 people said on 18 November 2026" in draft.text
        draft = client.submit(draft, {"go": "theirs"}, form=".note + form")
        stale = draft.form("#publish") | {"go": "publish", "seen": "another"}
        assert "changed the words meanwhile" in client.post(draft.path, stale, status=422).problem
        published = client.submit(draft, {"go": "publish"}, form="#publish")
        assert "8 months is the middle of 1 answer." in published.text
        assert heard(client.get("/you-said")) == ["Nobody calls us back."]
        again = client.get(draft.path)
        client.submit(again, {"go": "withdraw"}, form="#publish")
        assert heard(client.get("/you-said")) == []

    def test_words_in_another_language_are_written_beside_the_english(self, client: CheckingClient) -> None:
        id = client.unit(_a_draft)
        client.sign_in(Role.OFFICER)
        page = client.get(f"/work/published/{id}?words=ur")
        assert HEARD in page.one(WORDS).text()
        page = client.submit(page, {"go": "words"}, form=WORDS, heard=URDU)
        assert page.one("#heard").text().strip() == URDU
        long = client.submit(page, {"go": "words"}, form=WORDS, did="x" * 601, status=422)
        assert long.problem_field.attributes["name"] == "did"
        assert long.one("#did").text().strip() == "x" * 601
        client.get(f"/work/published/{id}?words=xx", status=404)
        gone = client.submit(page, {"go": "discard"}, form="#publish")
        assert gone.path == "/work/published"
        assert client.unit(reading.in_the_making) == ()

    def test_a_picture_of_their_own_has_words_for_what_it_shows(self, client: CheckingClient) -> None:
        id = client.unit(_a_draft)
        client.sign_in(Role.OFFICER)
        here = client.get(f"/work/published/{id}")
        form = here.form(PICTURE) | {"picture_says": ""}
        sent = {"file": ("bus.png", photo(), "image/png")}
        assert "what the picture shows" in client.post(f"{here.path}/picture", form, files=sent, status=422).problem
        form["picture_says"] = "A new bus, drawn by Sam’s class"
        no_picture = {"file": ("bus.png", b"no picture", "image/png")}
        assert (
            "open this as a picture" in client.post(f"{here.path}/picture", form, files=no_picture, status=422).problem
        )
        page = client.post(f"{here.path}/picture", form, files=sent)
        shown = page.one("img.told-picture").attributes
        assert shown["alt"] == form["picture_says"]
        assert client.client.get(shown["src"] or "").headers["content-type"] in ("image/png", "image/jpeg")
        assert client.client.get(f"/you-said/{id}/picture").status_code == 404, "a draft is nobody else's"
        client.unit(_published(id))
        public = client.get("/you-said").one("img.told-picture").attributes["src"] or ""
        assert client.client.get(public).status_code == 200


PICTURE = "#write ~ form[enctype]"
WORDS = "#write ~ form:has(textarea)"
ABOUT = "#write ~ form:has(select)"


def photo() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(written, "PNG")
    return written.getvalue()


async def _a_draft() -> uuid.UUID:
    return await draft_of(await an_action())


def _another_version(id: uuid.UUID):  # type: ignore[no-untyped-def]
    async def begun() -> uuid.UUID:
        item = await reading.item(id)
        assert item is not None
        return await drafting.begin(item.action, today=TODAY)

    return begun


def _published(id: uuid.UUID):  # type: ignore[no-untyped-def]
    async def done() -> None:
        await publishing.publish(id, by=await member(), today=TODAY)

    return done
