"""Help and “I am worried” on every page for families: in agreed words, and never a promise that somebody watches."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pages import CheckingClient, Page, draft_of
from tests.web.room.rooms import Room
from voice.languages import LANGUAGES
from voice.people.partnership import partnership, set_partnership
from voice.people.roles import Role
from voice.safeguarding.tables import Worry
from voice.safeguarding.watching import watch_over_worries
from voice.settings import ROOT
from voice.storage.tables import TABLES
from voice.web.calls import with_calls

WORDS = "My cousin is not safe."
NOBODY_WATCHES = "Nobody reads answers at the moment you send them."
ON_A_WALL = {"room/board.html"}
"""The screen of a room: each person has help on their own page, and the adults who lead the session are there."""


def footer(page: Page) -> str:
    return " ".join(page.one("footer").text(separator=" ").split())


def worried(client: CheckingClient, status: int = 200, **fields: str) -> Page:
    return client.submit(client.get("/worried"), status=status, **{"text": WORDS, **fields})


class TestTheHelpOnEveryPage:
    def test_no_page_for_families_takes_it_away(self) -> None:
        templates = Path(ROOT / "templates")
        without = {
            str(path.relative_to(templates))
            for path in templates.rglob("*.html")
            if re.search(r"block help", path.read_text(encoding="utf-8"))
        }
        assert without == {"layout/base.html", "layout/working.html", *ON_A_WALL}

    def test_it_stands_wherever_somebody_may_be(self, client: CheckingClient, link: str) -> None:
        question = client.begin(link)
        check = client.answer_all(question)
        receipt = client.submit(check)
        room = Room(client).start().come_in()
        pages = [question, check, receipt, room]
        draft = draft_of(client.begin(link))
        for address in (
            *("/", "/safe", "/tell-us", "/worried", "/my-views", "/my-views/new", "/join", "/class", "/continue"),
            *("/what-happened", "/you-said", "/already-said", "/how-often", link, f"{draft}/stop"),
        ):
            pages.append(client.get(address))
        pages.append(client.get("/no-such-page", status=404))
        for page in pages:
            assert NOBODY_WATCHES in footer(page), page.path
            assert page.tree.css("footer a[href='/worried']"), page.path
            assert page.tree.css("footer a[href='tel:999']"), page.path
            assert page.tree.css("footer a[href='tel:08001111']"), page.path
            assert footer(page).count("999") == 1, "said once, and pressed where it is said"

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_number_to_call_can_be_pressed_in_every_language(self, client: CheckingClient, language: str) -> None:
        for address in ("/", "/worried"):
            page = client.get(f"{address}?lang={language}")
            assert page.tree.css("footer a[href='tel:999']"), page.path
        assert page.tree.css("main a[href='tel:999']")

    def test_agreed_words_stand_in_their_language_once_another_person_agreed(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        address = "/work/safeguarding/words/pl"
        said = "Zadzwoń do nas: 01632 960 123\n<b>Noc</b>: https://noc.example/pomoc."
        page = client.submit(client.get(address), form="form.write", words=f" {said} \n\n")
        assert "Somebody else must agree." in page.text
        client.post(f"{address}/agree", {**page.form("form.write"), "number": "1"}, status=422)
        assert "01632" not in footer(client.get("/safe?lang=pl"))
        client.sign_in(Role.SAFEGUARDING)
        client.submit(client.get(address), form="form.agree")
        shown = client.get("/safe?lang=pl")
        assert shown.one("footer a[href='tel:01632960123']").text() == "01632 960 123"
        assert shown.one("footer a[href='https://noc.example/pomoc']")
        assert "<b>Noc</b>:" in footer(shown)
        assert shown.tree.css("footer a[href='tel:999']")
        assert not shown.tree.css("footer a[href='tel:08001111']")
        assert client.get("/safe?lang=en").tree.css("footer a[href='tel:08001111']"), "other languages keep ours"
        assert client.run(lambda: client.parts.store.read(partnership)).help_in("pl"), "also after a start"
        client.post(f"{address}/agree", {**client.get(address).form("form.write"), "number": "1"}, status=422)

    def test_the_partnership_page_leaves_the_words_alone(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        address = "/work/safeguarding/words/en"
        client.submit(client.get(address), form="form.write", words="Call the night line.")
        client.sign_in(Role.SAFEGUARDING)
        client.submit(client.get(address), form="form.agree")
        client.sign_in(Role.ADMINISTRATOR)
        client.submit(client.get("/manage/partnership"), name="Hillside", help_phone="01632 960 456")
        assert client.parts.partnership.help_words == (("en", "Call the night line."),)
        client.unit(lambda: set_partnership(client.parts.partnership))

    @pytest.mark.parametrize(
        ("line", "links"),
        [
            ("Call 0800 1111 or text 85258.", ["tel:08001111", "tel:85258"]),
            ("From 9 to 5, Mondays", []),
            ("Write to help@hillside.example, or go to https://hillside.example/help.", None),
            ("javascript:alert(1) data:text/html,x http://plain.example", []),
            ("+44 1632 960 001", ["tel:+441632960001"]),
        ],
    )
    def test_numbers_and_addresses_become_links(self, line: str, links: list[str] | None) -> None:
        pieces = with_calls(line)
        assert "".join(each.text for each in pieces) == line
        expected = ["mailto:help@hillside.example", "https://hillside.example/help"] if links is None else links
        assert [each.address for each in pieces if each.address] == expected


class TestSayingThatOneIsWorried:
    def test_it_goes_to_the_safeguarding_lead_with_how_to_reach_the_person(self, client: CheckingClient) -> None:
        sent = worried(client, contact="07700 900 123")
        assert "The safeguarding lead will read it." in sent.text
        assert "Nobody reads this right now." in sent.text
        (row,) = client.unit(lambda: Worry.select())
        assert (row["source"], row["place"]) == ("page", "")
        assert not re.search(r"cousin|900", str(row))
        client.sign_in(Role.SAFEGUARDING)
        page = client.get(f"/work/worries/{row['id']}")
        assert page.one("blockquote").text() == WORDS
        assert "900 123" in client.submit(page, form="main form[action$=contact]").text

    def test_nothing_tells_who_wrote_it_and_nobody_reads_it_in_what_is_stored(
        self, client: CheckingClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        agent, key = "SeededAgent/77", "seededkey123"
        headers = {
            "user-agent": agent,
            "referer": f"http://testserver.local/s/{key}",
            "x-forwarded-for": "203.0.113.77",
        }
        page = client.get("/worried", headers=headers)
        sent = {**page.form(), "text": "Seededwords of mine", "contact": "07700 900777"}
        client.post("/worried", sent, headers=headers)
        client.run(lambda: watch_over_worries(client.parts))
        kept = b"".join(path.read_bytes() for path in client.settings.data.rglob("*") if path.is_file())
        for table in TABLES:
            kept += str(client.unit(lambda table=table: table.select())).encode()
        said = caplog.text + "".join(capfd.readouterr())
        for seeded in (agent, key, "203.0.113.77", "Seededwords", "900777"):
            assert seeded.encode() not in kept
            assert seeded not in said

    def test_sent_twice_it_is_one_and_other_words_are_another(self, client: CheckingClient) -> None:
        page = client.get("/worried")
        for text in (WORDS, WORDS, "It is worse."):
            client.submit(page, text=text)
        assert client.unit(lambda: Worry.count()) == 2

    @pytest.mark.parametrize(
        ("fields", "problem", "field"),
        [
            ({"text": " ?! "}, "Write what you are worried about.", "text"),
            ({"text": "x" * 4001}, "4,000", "text"),
            ({"contact": "0" * 201}, "This is too long for us.", "contact"),
        ],
    )
    def test_what_is_missing_or_too_long_comes_back_as_it_was_typed(
        self, client: CheckingClient, fields: dict[str, str], problem: str, field: str
    ) -> None:
        page = worried(client, status=422, **fields)
        assert problem in page.problem
        assert page.problem_field.attributes["name"] == field
        sent = page.form()
        assert sent["text"] == fields.get("text", WORDS).strip() or sent["text"] == fields["text"]
        assert not client.unit(lambda: Worry.exists())

    def test_it_leads_back_to_the_page_one_came_from_and_to_no_other_site(self, client: CheckingClient) -> None:
        here = "http://testserver.local"
        page = client.get("/worried", headers={"referer": f"{here}/you-said?x=1"})
        assert page.tree.css("main a[href='/you-said']")
        assert client.submit(page, text=WORDS).tree.css("main a[href='/you-said']")
        for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
            page = client.get("/worried", headers={"referer": elsewhere})
            assert "evil" not in page.html
            sent = client.submit(page, text=WORDS, back=elsewhere)
            assert not sent.tree.css("main a:not([href^=tel])"), elsewhere
