"""Pages of the code frame: a draft that people share, what each change means, and putting it into use."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.bank import voice
from tests.pages import CheckingClient, Page
from voice.evidence.keeping import keep
from voice.people import signing_in
from voice.people.roles import Role
from voice.themes.tables import VoiceCoding
from voice.web.work.theme_frame_words import token_of

FRAME = "/work/themes/frame"
DRAFT = f"{FRAME}/draft"
HEADER = "theme_id,theme,description,keywords\n"


@pytest.fixture
def analyst(client: CheckingClient) -> CheckingClient:
    client.sign_in(Role.ANALYST)
    return client


def begun(client: CheckingClient) -> Page:
    return client.submit(client.get(FRAME), form="main form")


def said(page: Page) -> str:
    """What a reader sees, without the spaces that the borders of names leave behind."""
    return page.text.replace("“ ", "“").replace(" ”", "”").replace(" :", ":").replace(" ,", ",")


def decided(client: CheckingClient, *themes: str) -> None:
    """Voices that a person gave these themes."""

    async def unit() -> None:
        by = next(each.id for each in await signing_in.members() if each.role is Role.ANALYST)
        said = [voice(f"Words {number}") for number, _ in enumerate(themes)]
        await keep(said)
        for each, ids in zip(said, themes, strict=True):
            row = VoiceCoding(
                voice=each.id,
                themes=ids,
                sentiment="",
                urgent="",
                quotable="",
                settled=True,
                frame=0,
                decided_by=by,
                decided_on=dt.date(2026, 11, 18),
            )
            await VoiceCoding.insert(row)

    client.unit(unit)


def split(client: CheckingClient, theme_id: str, *names: str, **fields: str) -> Page:
    rows = {f"name-{row}": name for row, name in enumerate(names, start=1)}
    return client.submit(client.get(f"{DRAFT}/themes/{token_of(theme_id)}/split"), **rows, **fields)


def upload(client: CheckingClient, content: str | bytes, *, status: int = 200) -> Page:
    page = client.get(DRAFT)
    content = content.encode() if isinstance(content, str) else content
    return client.post(f"{DRAFT}/file", page.form("#frame-file"), files={"file": ("frame.csv", content)}, status=status)


class TestChanging:
    def test_each_change_says_what_it_means_for_numbers_before(self, analyst: CheckingClient) -> None:
        decided(analyst, "waiting", "waiting;friends", "thanks;friends")
        assert "By a person: 2 · By the machine: 0" in analyst.get(FRAME).text
        page = begun(analyst)
        assert "Nothing yet." in said(page)
        page = analyst.submit(analyst.get(f"{DRAFT}/add"), name="Money", keywords="money; cost;money", part="Home")
        assert "“Money” is new. Its numbers begin here." in said(page)
        page = split(analyst, "waiting", "Long waits", "Late answers", keeps="1")
        assert "“Waiting” becomes “Long waits, Late answers”." in said(page)
        merge = analyst.get(f"{DRAFT}/merge")
        page = analyst.submit(merge, name="Friends", **{"theme-friends": "yes", "theme-breaks_and_fun": "yes"})
        assert "We count the old themes as one." in said(page)
        thanks = f"{DRAFT}/themes/{token_of('thanks')}"
        refused = analyst.submit(analyst.get(thanks), {"go": "save"}, name="Praise", status=422)
        assert refused.problem == "Say if it still means the same."
        page = analyst.submit(refused, {"go": "save"}, meaning="same")
        assert "“Thanks to people” becomes “Praise”. You can compare numbers before and after." in said(page)
        page = analyst.submit(page, {"go": "other"}, form="#changes li:nth-child(4) form")
        assert "“Praise”. The line breaks here." in said(page)
        page = analyst.submit(page, {"go": "undo"}, form="#changes li:nth-child(3) form")
        assert "We count the old themes as one." not in said(page)
        moved = analyst.submit(analyst.get(thanks), {"go": "save"}, part="Home", behind="first")
        assert "“Praise” moves to “Home”." in said(moved)

        use = analyst.get(f"{FRAME}/use")
        for told in ("3 voices have a person’s decision.", "A person should look at 3 voices again.", "Waiting: 2"):
            assert told in said(use)
        assert analyst.submit(use, status=422).problem == "Write why the list changes."
        frame = analyst.submit(use, note="Families speak about money.")
        assert frame.path == FRAME
        assert "Version 1 · 20 themes" in frame.text
        assert "A person should look at 3 voices again." in frame.text
        again = analyst.get(f"{FRAME}/again")
        assert "3 voices are waiting." in again.text
        both = analyst.submit(again, none="yes", status=422)
        assert "also “No theme fits”" in both.problem
        for left in ("2 voices are", "1 voice is"):
            again = analyst.submit(again, **{"theme-money": "yes"})
            assert f"{left} waiting." in again.text
        assert "No voice is waiting." in analyst.submit(again).text
        assert "By a person: 2 · By the machine: 0" in analyst.get(FRAME).text
        history = analyst.get(f"{FRAME}/history")
        assert "analyst@first-start.invalid, 18 November 2026 Families speak about money. 4 changes." in said(history)
        saved = analyst.client.get(f"{FRAME}/file").content.decode("utf-8-sig")
        assert "money,Money,,money;cost" in saved
        assert "thanks,Praise," in saved
        assert "thanks,Thanks to people," in analyst.client.get(f"{FRAME}/file?version=0").text
        analyst.get(f"{FRAME}/file?version=7", status=404)

    def test_our_names_are_in_the_readers_language_and_theirs_stay(self, analyst: CheckingClient) -> None:
        begun(analyst)
        analyst.submit(analyst.get(f"{DRAFT}/add"), name="Money <b>")
        analyst.client.cookies.set("language", "ur")
        page = analyst.get(DRAFT)
        assert page.language == "ur"
        assert "Money <b>" in said(page)
        assert "Waiting" not in said(page)

    def test_what_cannot_be_is_said_kindly_and_keeps_what_was_typed(self, analyst: CheckingClient) -> None:
        begun(analyst)
        page = analyst.submit(analyst.get(f"{DRAFT}/add"), name=" waiting ", keywords="cost", status=422)
        assert page.problem == "Another theme has this name. Please choose another name."
        assert "cost" in page.one("#keywords").text()
        page = analyst.submit(analyst.get(f"{DRAFT}/merge"), name="One", **{"theme-friends": "yes"}, status=422)
        assert page.problem == "Choose two themes or more."
        one = analyst.get(f"{DRAFT}/themes/{token_of('waiting')}/split")
        assert analyst.submit(one, **{"name-1": "Only one"}, status=422).problem == "Choose two themes or more."

    def test_the_later_of_two_is_told_and_nothing_is_lost(self, analyst: CheckingClient) -> None:
        begun(analyst)
        mine = analyst.get(f"{DRAFT}/themes/{token_of('waiting')}")
        gone = analyst.get(f"{DRAFT}/themes/{token_of('thanks')}")
        theirs = analyst.get(f"{DRAFT}/themes/{token_of('thanks')}")
        analyst.submit(theirs, {"go": "remove"})
        told = analyst.submit(mine, {"go": "save"}, name="Long waits", meaning="same", status=409)
        assert "“Thanks to people” goes." in said(told)
        assert told.form()["name"] == "Long waits"
        assert "“Waiting” becomes “Long waits”." in analyst.submit(told, {"go": "save"}).html.replace(
            "<bdi>", ""
        ).replace("</bdi>", "")
        lost = analyst.submit(gone, {"go": "save"}, name="Gratitude", meaning="same", status=409)
        assert "This theme is in the draft no longer." in lost.problem
        assert "Gratitude" in lost.text
        thrown = analyst.submit(lost, {"go": "discard"}, form="details:last-of-type form")
        assert thrown.path == FRAME


class TestAFile:
    def test_it_becomes_changes_against_the_draft(self, analyst: CheckingClient) -> None:
        begun(analyst)
        saved = analyst.client.get(f"{FRAME}/file").content
        assert "has the same themes" in upload(analyst, saved, status=422).problem
        text = saved.decode("utf-8-sig").replace("waiting,Waiting,", "waiting,Long waits,")
        kept = [line for line in text.splitlines(keepends=True) if not line.startswith("thanks,")]
        page = upload(analyst, "".join(kept) + "money,Money,,cost\n")
        told = [" ".join(p.text().split()) for p in page.tree.css("#changes li p")]
        assert told == [
            "“Money” is new. Its numbers begin here.",
            "“Waiting” becomes “Long waits”. You can compare numbers before and after.",
            "“Thanks to people” goes. Its numbers end here.",
        ]

    def test_a_file_that_is_no_frame_is_explained(self, analyst: CheckingClient) -> None:
        begun(analyst)
        explained = {
            HEADER + "a,A,,\na,B,,\n": "The code “a” comes twice. The second is in line 3.",
            HEADER + ",A,,\n": "Line 2 has no code for its theme.",
            HEADER + "_,A,,\n": "The code “_” in line 2 must begin with a letter or a number.",
            "theme_id,theme\na,A\n": "The column “description” is missing in this file.",
            HEADER: "This file has no themes.",
            "": "This file is empty.",
            "\0\1" * 40: "We cannot read this file. Save it again as a CSV file.",
            HEADER + f"a,A,{'long ' * 200},\n": "This description is too long. It can have up to 600 letters.",
        }
        for content, told in explained.items():
            assert upload(analyst, content, status=422).problem == told


class TestWhoMay:
    def test_an_officer_prepares_and_an_analyst_puts_into_use(self, client: CheckingClient) -> None:
        client.sign_in(Role.OFFICER)
        begun(client)
        assert client.get(f"{FRAME}/use").path == DRAFT, "a draft without a change has nothing to look at"
        client.submit(client.get(f"{DRAFT}/add"), name="Money")
        page = client.get(f"{FRAME}/use")
        assert "An analyst or an administrator can put it into use." in said(page)
        token = client.client.cookies["csrf"]
        fields = {"_csrf_token": token, "note": "Mine", "seen": "1"}
        refused = client.post(f"{FRAME}/use", fields, status=403)
        assert "An analyst or an administrator can put it into use." in refused.text
        assert "This is the list that comes with the product." in client.get(FRAME).text
