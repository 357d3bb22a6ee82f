"""Families' time as a budget: an officer who is stopped, families who answer or turn down, a lead who sets a rule
aside, and a partner who makes keys without a connection."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import email
import email.policy
import io
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.async_api import FilePayload, expect

from surveys.asking_less.rules import Rules, agree
from surveys.ledger.hashing import Counted, hashed, plan
from surveys.ledger.keys import family_key, key_bytes, ledger_key, person_key
from tests.commands.voice_command import free_port
from tests.inviting.invited import BY, document
from tests.journeys.conftest import Visit
from tests.journeys.looking import Look
from tests.journeys.serving import Server, open_survey, running
from tests.journeys.visitor import PHONE, Visitor, say
from voice.storage import Store
from voice.storage.secret import read_secret

Colleague = Callable[..., Awaitable[Visitor]]

WORDS = "بچے خوش واپس آتے ہیں۔"
SECONDS_TO_ARRIVE = 120
AT_ANY_HOUR = Rules(earliest_hour=0, latest_hour=24, weekends=True, days_between_reminders=0)
"""Tests run at night too. A reminder may follow at once, so that a journey can see whom it reaches."""


class Letterbox:
    """A real mail server on this machine: what it took, as text by address, the newest last."""

    def __init__(self) -> None:
        self.came: dict[str, list[str]] = {}

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        body = message.get_body()
        assert body is not None
        self.came.setdefault(envelope.rcpt_tos[0], []).append(body.get_content())
        return "250 OK"

    @property
    def number(self) -> int:
        return sum(map(len, self.came.values()))

    async def fills_to(self, number: int) -> None:
        for _ in range(SECONDS_TO_ARRIVE * 5):
            if self.number >= number:
                break
            await asyncio.sleep(0.2)
        assert self.number == number


@pytest.fixture(scope="module")
def letterbox() -> Iterator[tuple[Letterbox, int]]:
    box, port = Letterbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, letterbox: tuple[Letterbox, int]) -> Iterator[Server]:
    """A server with one survey that is open and a mail server to hand messages to."""
    folder = tmp_path_factory.mktemp("asking_less")
    smtp = f"smtp://127.0.0.1:{letterbox[1]}"
    with running("run", folder, _begin, VOICE_SMTP_URL=smtp) as opened:
        yield opened


async def _begin(store: Store) -> None:
    today = dt.datetime.now(dt.UTC).date()

    async def unit() -> None:
        await open_survey(document(), "short-breaks", today)
        await agree(AT_ANY_HOUR, note="", by=BY, today=today)

    await store.write(unit)


def register(who: str, people: int) -> FilePayload:
    """Somebody of each family, with a language that we speak."""
    rows = ["Email,Surname,Address line 1,Town,Postcode,Language,Area"]
    rows += [
        f"{who}{number}@example.org,{who} {number},1 High Street,Solihull,B91 {number}QJ,Urdu,North"
        for number in range(people)
    ]
    return {"name": f"{who}.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}


def history(secret: bytes, who: str, people: int) -> FilePayload:
    """What a partner asked of the first families last week, with the keys that the partner made of its own list."""
    key = key_bytes(ledger_key(secret))
    last_week = dt.datetime.now(dt.UTC).replace(microsecond=0) - dt.timedelta(days=7)
    rows = ["family,person,survey,kind,asked_at,minutes"]
    for number in range(people):
        family = family_key(key, {"surname": f"{who.upper()}{number}", "postcode": f"b91{number}qj"})
        person = person_key(key, {"email": f"{who.upper()}{number}@Example.org"})
        rows.append(f"{family},{person},School transport,invitation,{last_week.isoformat()},6")
    return {"name": "history.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}


async def bring_in(officer: Visitor, who: str, people: int, asked: int, server: Server) -> None:
    """The register of an officer, and what a partner asked of some of the same families."""
    await officer.open("/work/registers")
    await officer.page.locator("#file").set_input_files(register(who, people))
    await officer.press("Look at it")
    await officer.press("Take it in")
    await officer.open("/work/contacts")
    await officer.page.locator("#partner").fill("NHS trust")
    await officer.page.locator("#file").set_input_files(history(read_secret(server.data), who, asked))
    await officer.press("Bring it in")
    assert await officer.page.locator(".class-counts dd").all_inner_texts() == [str(asked), "0"]


async def plan_sending(officer: Visitor, who: str) -> Visitor:
    await officer.open("/work/invitations")
    value = await officer.page.locator("#register option", has_text=who).get_attribute("value")
    await officer.page.select_option("#register", value)
    await officer.page.select_option("#way", "email")
    return await officer.press("See who would get it")


async def left_out(officer: Visitor) -> dict[str, str]:
    rows = officer.page.locator("#who ~ table tbody tr")
    cells = [await row.locator("th, td").all_inner_texts() for row in await rows.all()]
    return dict(cells)


def link_in(text: str, path: str) -> str:
    found = re.search(rf"http://\S+({path}\S+)", text)
    assert found is not None
    return found[1]


class TestAnOfficerWhoIsStopped:
    async def test_a_sample_answers_or_turns_down_and_both_are_left_in_peace(
        self, visit: Visit, colleague: Colleague, server: Server, letterbox: tuple[Letterbox, int]
    ) -> None:
        box, before = letterbox[0], letterbox[0].number
        officer = await colleague("officer")
        look = Look(officer, answering=False)
        await bring_in(officer, "khan", 8, 3, server)
        await look("who was asked")
        await plan_sending(officer, "khan")
        assert await officer.page.locator(".headline strong").inner_text() == "5"
        assert await left_out(officer) == {"Asked not long ago": "3"}
        await look("before it goes out")
        await officer.page.locator("#sample").fill("4")
        await officer.press("Look again")
        assert await left_out(officer) == {"Asked not long ago": "3", "Not in the sample": "1"}
        await officer.press("Invite 4 people")
        sent = officer.page.url
        await box.fills_to(before + 4)
        asked = sorted(to for to in box.came if to.startswith("khan"))
        assert not {"khan0@example.org", "khan1@example.org", "khan2@example.org"} & {*asked}

        await self.answers(await visit("ur", PHONE), box.came[asked[0]][0])
        family = await visit("en", PHONE)
        await self.says_not_now(family, box.came[asked[1]][0])
        await plan_sending(officer, "khan")
        again = officer.page.url
        assert (await left_out(officer))["Said “not now”"] == "1"
        await family.press("Do not ask me any more")
        assert "We do not ask you any more." in await family.page.locator("main").inner_text()
        await officer.open(again)
        reasons = await left_out(officer)
        assert reasons["Said stop"] == "1"
        # The survey is anonymous: no number tells that one of the people has answered.
        assert "Answered already" not in reasons

        await officer.open(sent)
        await look("how far it is")
        await officer.press("Plan a reminder")
        await officer.press("Invite 3 people")
        await box.fills_to(before + 6)  # who answered is found out when it goes, and gets nothing
        assert [len(box.came[to]) for to in asked] == [1, 1, 2, 2]
        assert look.found == []

    async def answers(self, family: Visitor, letter: str) -> None:
        await family.open(link_in(letter, "/i/"))
        html = family.page.locator("html")
        assert (await html.get_attribute("lang"), await html.get_attribute("dir")) == ("ur", "rtl")
        await family.press("Start")
        await family.answer({}, words=WORDS)
        await family.press("Send my answers")
        assert await family.heading() == say("ur", "Thank you. We have your answers.")

    async def says_not_now(self, family: Visitor, letter: str) -> None:
        await family.open(link_in(letter, "/how-often/"))
        assert await family.page.locator(".asked-list li").count() == 1
        look = Look(family, answering=True)
        await look("how often")
        assert look.found == []
        await family.page.locator('label[for="pause-three_months"]').click()
        await family.press("Keep what I chose")
        await expect(family.page.locator(".kept-note")).to_be_visible()


class TestALeadWhoSetsARuleAside:
    async def test_it_needs_a_second_person_and_stands_with_both_names(
        self, colleague: Colleague, server: Server, letterbox: tuple[Letterbox, int]
    ) -> None:
        box, before = letterbox[0], letterbox[0].number
        officer, lead = await colleague("officer"), await colleague("lead")
        await bring_in(officer, "lewis", 6, 5, server)
        await plan_sending(officer, "lewis")
        planned = officer.page.url
        await officer.page.locator(".override-ask summary").click()
        await officer.page.locator("#reason").fill("The board decides on Friday.")
        await officer.press("Ask a lead")
        confirm = officer.page.locator("#deciding button[value=confirm]")
        await expect(confirm).to_have_count(0)

        await lead.open("/lead/overrides")
        override = lead.page.locator(".override").first
        await expect(override).to_contain_text("officer@journeys.example")
        look = Look(lead, answering=False)
        await look("overrides")
        await override.locator("textarea").fill("This once. The paper comes first next time.")
        await lead.press("Approve this once")
        await expect(override).to_contain_text("lead@journeys.example")
        await expect(override).to_contain_text("This once.")
        assert look.found == []

        await officer.open(planned)
        await officer.press("Invite 6 people")
        await box.fills_to(before + 6)


LIST = [
    ["Family name", "Postcode", "E-mail", "Survey", "kind", "asked_at", "Notes"],
    ["O’Connor-Šimůnek", "b91 3qj", "ANNA@example.org", "Transport", "invitation", "2026-10-05T09:00Z", "rang; twice"],
    ["خان", "B91 3QK", "amina@example.org ", 'Short "breaks"', "reminder", "2026-10-12T09:00Z", ""],
    ["قریشی", "B91  3QL", "not an address", "Therapies, new", "statutory", "2026-10-13T09:00Z", "two\nlines"],
    ["Müller", "B91-3QM", "José@example.org", "Transport", "session", "2026-10-14T09:00Z", ""],
    ["", "B91 3QN", "x@example.org", "Transport", "session", "2026-10-14T09:00Z", ""],
]
FAMILY, PERSON = {"surname": "Family name", "postcode": "Postcode"}, {"email": "E-mail"}


def written(rows: list[list[str]], mark: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark).writerows(rows)
    return out.getvalue()


class TestKeysWithoutAConnection:
    async def test_a_list_has_the_keys_that_the_command_makes_and_nothing_is_asked_for(
        self, visit: Visit, server: Server, tmp_path: Path
    ) -> None:
        partner = await visit("en")
        await partner.open("/ledger-keys")
        look = Look(partner, answering=False)
        await look("make keys")
        assert look.found == []
        await partner.context.set_offline(True)
        asked_for: list[str] = []
        partner.context.on("request", lambda request: asked_for.append(request.url))
        key = ledger_key(read_secret(server.data))
        await partner.page.locator("#ledger-key").fill(key)
        western = [row for row in LIST if row[0].isascii() or row[0] == "Müller"]
        for rows, content in (
            (LIST, "\ufeff" + written(LIST, ";")),
            (LIST, written(LIST, ",").replace("\r\n", "\n")),
            (western, written(western, "\t").encode("windows-1252")),
        ):
            made = await self.keys_of(partner, content if isinstance(content, bytes) else content.encode(), tmp_path)
            plan_ = plan(rows[0], FAMILY, PERSON)
            ours = [list(plan_.header), *hashed(rows[1:], plan_, key_bytes(key), Counted())]
            assert made == ours
            assert all(len(row[0]) == 35 for row in made[1:])
        assert [url for url in asked_for if not url.startswith("blob:")] == []

    async def keys_of(self, partner: Visitor, content: bytes, folder: Path) -> list[list[str]]:
        page = partner.page
        await page.locator("#list").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": content})
        for part, column in (*FAMILY.items(), *PERSON.items()):
            await page.locator(f"#column-{part}").select_option(label=column)
        await page.get_by_role("button", name="Make the keys").click()
        await expect(page.locator("#made")).to_contain_text("1")
        async with page.expect_download() as download:
            await page.locator("#download").click()
        kept = folder / "keys.csv"
        await (await download.value).save_as(kept)
        return list(csv.reader(io.StringIO(kept.read_text("utf-8"), newline="")))
