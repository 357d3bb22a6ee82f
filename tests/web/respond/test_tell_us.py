"""Anybody tells us something: without an account, once however often it is sent, and without a trace of who it was."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from tests.pages import CheckingClient, Page
from voice.capture.drop_box.tables import Contribution, ContributionPart
from voice.evidence.tables import Voice
from voice.languages import LANGUAGES
from voice.people.roles import Role
from voice.rate_limits.tables import TryCount
from voice.safeguarding.tables import Worry
from voice.web.limits import PER_MINUTE

WORDS = "بس روز دیر سے آتی ہے۔"
TOLD = {"who": "parent_carer", "words": WORDS, "may_show": "yes"}


def tell(client: CheckingClient, page: Page | None = None, *, status: int = 200, **fields: str) -> Page:
    page = page or client.get("/tell-us?lang=ur")
    return client.post("/tell-us", {**page.form("#tell-form"), **TOLD, **fields, "go": "send"}, status=status)


def stored(client: CheckingClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.unit(lambda: Contribution.select())
    return found


class TestTelling:
    def test_it_waits_for_a_person_and_says_nothing_of_who_or_when(self, client: CheckingClient) -> None:
        page = tell(client)
        assert (page.path, page.language) == ("/tell-us/thanks", "ur")
        (row,) = stored(client)
        assert (row["source"], row["stage"], row["permitted"], row["language"]) == ("tell_us", "waiting", "quote", "ur")
        assert (row["came_on"], row["heard_on"], row["added_by"]) == ("2026-11", "2026-11", None)
        assert not client.unit(lambda: Voice.exists())

    def test_sent_twice_it_is_stored_once(self, client: CheckingClient) -> None:
        page = client.get("/tell-us")
        tell(client, page)
        assert tell(client, page).path == "/tell-us/thanks"
        assert len(stored(client)) == 1
        other = tell(client, page, status=409, words="Something else")
        assert other.one(".typed").text() == "Something else"
        assert client.unit(lambda: ContributionPart.select(ContributionPart.text)) == [{"text": WORDS}]

    def test_it_asks_for_what_is_missing_and_keeps_the_words(self, client: CheckingClient) -> None:
        page = tell(client, client.get("/tell-us"), who="", may_show="", status=422)
        assert page.problem == "Choose who you are."
        assert page.written == WORDS
        assert len(page.tree.css("p.problem")) == 2
        page = tell(client, client.get("/tell-us?lang=en"), words="ا" * 100_000, status=422)
        assert page.problem == "This is too long for us. Please make it shorter."
        assert len(page.written) == 100_000
        assert tell(client, words=" …\x00\x1f ", status=422).written == " … "
        assert stored(client) == []

    def test_another_language_or_look_loses_nothing(self, client: CheckingClient) -> None:
        page = client.get("/tell-us")
        form = {**page.form("#tell-form"), **TOLD}
        page = client.post("/tell-us", {**form, "lang": "pl"})
        assert (page.language, page.written) == ("pl", WORDS)
        assert page.one("input[name=who][checked]").attributes["value"] == "parent_carer"
        page = client.post("/tell-us", {**page.form("#tell-form"), "display": "colours.dark"})
        assert (page.language, page.written) == ("pl", WORDS)
        assert "colours-dark" in (page.one("html").attributes["class"] or "")
        assert page.one("input[name=id]").attributes["value"] == form["id"]
        assert stored(client) == []

    def test_it_is_there_in_every_language(self, client: CheckingClient) -> None:
        for language in LANGUAGES:
            assert client.get(f"/tell-us?lang={language}").language == language

    def test_the_front_page_leads_to_it(self, client: CheckingClient) -> None:
        assert client.get("/").one('main a[href="/tell-us"]').text() == "Tell us"


class TestWorries:
    def test_a_worry_goes_to_the_safeguarding_lead_and_nowhere_else(self, client: CheckingClient) -> None:
        page = client.get("/tell-us")
        for _ in range(2):
            told = tell(client, page, worry="yes", who="", may_show="")
            assert told.path == "/tell-us/thanks"
            assert "call 999" in told.text
        assert stored(client) == []
        assert not client.unit(lambda: ContributionPart.exists())
        (worry,) = client.unit(lambda: Worry.select())
        assert worry["source"] == "tell_us"
        assert WORDS not in worry["sealed"]
        client.sign_in(Role.SAFEGUARDING)
        assert WORDS in client.get(f"/work/worries/{worry['id']}").text

    def test_other_words_are_another_worry(self, client: CheckingClient) -> None:
        page = client.get("/tell-us")
        tell(client, page, worry="yes")
        tell(client, page, worry="yes", words="It is worse now.")
        assert client.unit(lambda: Worry.count()) == 2

    def test_a_worry_is_never_cut(self, client: CheckingClient) -> None:
        tell(client, worry="yes", words="x" * 4001, status=422)
        assert not client.unit(lambda: Worry.exists())


class TestLimits:
    def test_it_counts_tries_and_stores_no_address(
        self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(PER_MINUTE, "tell_us", 2)
        for _ in range(2):
            tell(client)
        page = tell(client, status=429)
        assert page.one(".typed").text() == WORDS
        assert len(stored(client)) == 2
        (kept,) = client.unit(lambda: TryCount.select())
        assert kept["tries"] == 3
        assert re.fullmatch(r"tell_us\.[0-9a-f]{6}", kept["mark"])
        client.parts.clock.now += dt.timedelta(minutes=1)  # type: ignore[attr-defined]
        tell(client)


class TestTakingIn:
    def test_an_officer_hides_words_and_takes_it_in(self, client: CheckingClient) -> None:
        tell(client, client.get("/tell-us?lang=en"), words="Adam waits. My son Adam waits long.", who="young_person")
        client.sign_in(Role.ANALYST)
        page = client.get(client.get("/work/drop-box/waiting").one("article a").attributes["href"] or "")
        assert "We may show the words" in page.text
        client.post(str(page.url), {**page.form("main form:not(#splitting)"), "go": "keep"})
        (voice,) = client.unit(lambda: Voice.select())
        wanted = ("tell_us", "[…] waits. My son […] waits long.", "young_person", "quote", "2026-11", "")
        assert (
            tuple(voice[n] for n in ("source", "text", "respondent_kind", "permitted", "said_on", "heard_by")) == wanted
        )

    def test_facilitators_do_not_see_what_waits(self, client: CheckingClient) -> None:
        tell(client)
        id = stored(client)[0]["id"]
        client.sign_in(Role.FACILITATOR)
        client.get("/work/drop-box/waiting", status=403)
        client.get(f"/work/drop-box/waiting/{id}", status=403)
        client.get(f"/work/drop-box/{id}", status=404)
