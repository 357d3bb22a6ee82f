"""Anonymous answers leave no address, browser, token or fine time anywhere, whichever way they come in.

People answer in every way there is, each with marked values around them. Then every byte that is kept or printed is
searched for these: the files in the data folder, the rows of PostgreSQL and the files below, and what is logged.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from surveys.tables import Submission
from tests.conftest import NOON, Clock
from tests.inviting import invited
from tests.journeys.serving import running
from tests.pages import CONTINUE, CheckingClient, Page, draft_of
from tests.privacy.traces import everything_kept, found_in
from tests.web import test_offline as offline
from tests.web.api.test_api import Program
from tests.web.facilitate import test_classes as classes
from tests.web.facilitate import test_telephone as telephone
from tests.web.room.rooms import Room
from tests.web.work import test_paper as paper
from voice.people.roles import Role
from voice.programs.tokens import Scope
from voice.running.tidying import keep_tidy
from voice.settings import Settings
from voice.storage.files import FileFolder

AROUND = {
    "User-Agent": "Seeded-Browser/73.1 (Marigold 9)",
    "X-Forwarded-For": "203.0.113.77",
    "X-Real-IP": "203.0.113.78",
    "Forwarded": "for=203.0.113.79",
    "Referer": "https://elsewhere.example/?seeded-referrer",
    "Accept-Language": "en;q=0.7313",
    "X-Request-ID": "seeded-request",
}
MARKED = (
    *("Seeded-Browser", "Marigold", "203.0.113.77", "203.0.113.78", "203.0.113.79"),
    *("seeded-referrer", "0.7313", "seeded-request", "seeded-cookie", "testclient"),
)
MOMENT = NOON + dt.timedelta(hours=1, minutes=47, seconds=21, microseconds=654_321)
"""When people answer. What staff do before, and their sessions, have another time."""

TIMES = ("13:47", ":47:21", "T13", "654321", str(int(MOMENT.timestamp())), str(int(MOMENT.timestamp() * 1000)))
WORDS = "Cardamom, they rang when they said."


class People:
    """Somebody in front of a browser of their own, with marked values around them; ``tokens`` are what they held."""

    def __init__(self, client: CheckingClient, clock: Clock) -> None:
        self.client = client
        self.clock = clock
        self.tokens: set[str] = set()

    def somebody(self) -> None:
        self.client.client.cookies.clear()
        self.client.client.cookies.set("tracking", "seeded-cookie")
        self.clock.now = MOMENT

    def staff(self) -> None:
        self.client.client.cookies.clear()
        self.clock.now = NOON

    def answers(self, page: Page) -> Page:
        """Answers everything, asks for the code to come back with, and sends."""
        address = draft_of(page)
        self.tokens.add(address.rpartition("/")[2])
        later = self.client.get(f"{address}/later")
        self.tokens |= {re.sub(r"\s", "", code.text()) for code in later.tree.css(".code, .come-back-code")}
        receipt = self.client.submit(self.client.answer_all(page, words=WORDS))
        assert receipt.path == f"{address}/receipt"
        return receipt


@pytest.fixture
def people(client: CheckingClient, clock: Clock) -> Iterator[People]:
    before = dict(client.client.headers)
    client.client.headers.update(AROUND)
    yield People(client, clock)
    client.client.headers.clear()
    client.client.headers.update(before)


def on_their_own_link(people: People, link: str) -> None:
    people.somebody()
    people.answers(people.client.begin(link))


def with_an_invitation(people: People, link: str) -> None:
    client = people.client
    people.staff()
    store, secret = client.parts.store, client.parts.secret

    async def invite() -> list[str]:
        from surveys.invitations.tables import Invitation
        from surveys.invitations.tokens import token_of

        register = await invited.register_of(store, secret, [invited.person(7)])
        await invited.invite(store, secret, await invited.open_a_round(store), register)
        rows = await store.read(Invitation.select(Invitation.id).run)
        return [token_of(secret, row["id"]) for row in rows]

    [token] = client.run(invite)
    client.parts.rounds.forget()
    people.tokens.add(token)
    people.somebody()
    page = client.get(f"/i/{token}")
    people.answers(client.post(page.action("main form"), page.form("main form")))


def with_a_class(people: People, link: str) -> None:
    people.staff()
    code = classes.code_on(classes.start_class(people.client))
    people.tokens |= {code, code.replace(" ", "")}
    people.somebody()
    page = people.client.submit(people.client.get("/class"), {"class": code})
    people.answers(people.client.post(page.action("main form"), page.form("main form")))


def in_a_room(people: People, link: str) -> None:
    people.staff()
    room = Room(people.client).start("board")
    people.tokens.add(room.code)
    people.somebody()
    page = people.client.submit(people.client.get("/join"), {"code": room.code})
    page = people.client.submit(page, {"go": "in"})
    people.tokens.add(page.path.split("/")[2])
    people.client.submit(page, form=".own-card", text=WORDS, column="stop")
    assert any(card.text == WORDS for card in room.cards)


def without_a_connection(people: People, link: str) -> None:
    people.somebody()
    kept = offline.questions(people.client, link)
    id = uuid.uuid4()
    people.tokens.add(str(id))
    assert offline.send(people.client, link, offline.sealed(kept, id, offline.told(kept, *offline.SAID)))[0] == 200


def from_a_program(people: People, link: str) -> None:
    people.staff()
    program = Program(people.client, Scope.READ_SURVEYS, Scope.SEND_ANSWERS)
    round = next(
        each["round"] for each in program.get("/rounds") if str(each["link"]).endswith(link.removeprefix("/s/"))
    )
    people.somebody()
    id = str(uuid.uuid4())
    people.tokens.add(id)
    sent = {"id": id, "language": "en", "answers": {"went_well": {"text": WORDS}}}
    program.post(f"/rounds/{round}/answers", sent, 201)


def on_the_telephone(people: People, link: str) -> None:
    people.staff()
    round = next(
        each.id
        for each in people.client.run(lambda: people.client.parts.rounds.with_link(now=NOON))
        if each.link == link.removeprefix("/s/")
    )
    people.answers(telephone.call(people.client, answers_in="en", round=str(round)))


def on_paper(people: People, link: str) -> None:
    people.staff()
    people.client.sign_in(Role.OFFICER)
    page = paper.start(people.client, f"/work/paper{link.removeprefix('/s')}")
    paper.type_in(people.client, page, **paper.TYPED)


def by_telling_us(people: People, link: str) -> None:
    people.somebody()
    page = people.client.get("/tell-us")
    fields = {**page.form("#tell-form"), "who": "parent_carer", "words": WORDS, "may_show": "yes", "go": "send"}
    people.client.post("/tell-us", fields)


WAYS = (
    *(on_their_own_link, with_an_invitation, with_a_class, in_a_room, without_a_connection),
    *(from_a_program, on_the_telephone, on_paper, by_telling_us),
)


class TestEveryWayIn:
    def test_it_leaves_nothing_that_leads_to_anybody(
        self,
        people: People,
        link: str,
        settings: Settings,
        capfd: pytest.CaptureFixture[str],
        caplog: pytest.LogCaptureFixture,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        caplog.set_level(logging.INFO)
        caplog.set_level(logging.WARNING, "httpx")  # that is the browser
        for way in WAYS:
            way(people, link)
        modes = {row["mode"] for row in people.client.unit(lambda: Submission.select(Submission.mode))}
        assert modes == {"own_device", "class", "offline", "api", "telephone", "paper"}
        self.what_goes_wrong(people, link, monkeypatch)
        printed = "\n".join((*capfd.readouterr(), caplog.text))
        assert "RuntimeError" in printed, "what goes wrong is logged"

        kept = [*people.client.run(lambda: everything_kept(settings)), ("what was printed", printed.encode())]
        assert found_in(kept, ["Cardamom"]), "what they said is there"
        assert len(people.tokens) >= 2 * 4 + 5
        assert found_in(kept, (*MARKED, *people.tokens)) == []
        assert found_in(kept[:-1], TIMES) == []
        folder = FileFolder(settings.data)
        assert {folder.path(id).stat().st_mtime for id in folder.all()} <= {0.0}

    @staticmethod
    def what_goes_wrong(people: People, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """A page that is not there, a key that is none, and a fault of ours just as somebody sends."""
        people.somebody()
        people.client.get("/s/203.0.113.77/seeded-request", status=404)
        page = people.client.begin(link)
        people.tokens.add(draft_of(page).rpartition("/")[2])
        page = people.client.answer_all(page, words=WORDS)

        async def fails(*_: object, **__: object) -> str:
            raise RuntimeError("a fault of ours")

        with monkeypatch.context() as patch:
            patch.setattr("voice.web.respond.sending.answering.send", fails)
            people.client.submit(page, status=500)


class TestSomebodyWhoStops:
    @pytest.fixture
    def database(self) -> str:
        return ""

    def test_nothing_stays_of_what_was_never_sent(self, client: CheckingClient, link: str, settings: Settings) -> None:
        page = client.begin_at(link, "went_well")
        client.submit(page, CONTINUE, text=WORDS)
        assert found_in(client.run(lambda: everything_kept(settings)), ["Cardamom"])
        client.submit(client.get(f"{draft_of(page)}/stop"), {"go": "throw_away"})
        client.run(lambda: keep_tidy(client.parts))
        assert found_in(client.run(lambda: everything_kept(settings)), ["Cardamom"]) == []


class TestARealServer:
    def test_it_prints_and_keeps_nothing_of_who_asks(self, tmp_path: Path) -> None:
        """A proxy that we believe tells where people are, and their own programs send nonsense too."""
        with running("run", tmp_path, VOICE_TRUSTED_PROXY="127.0.0.1") as server:
            with httpx.Client(base_url=server.address, headers=AROUND, follow_redirects=True) as browser:
                first = Page(browser.get(server.letter))
                page = Page(browser.post(first.action(), data=first.form()))
                key = draft_of(page).rpartition("/")[2]
                while "/q/" in page.path:
                    said = {"text": WORDS} if page.tree.css("textarea") else {"answer": page.codes[0]}
                    page = Page(browser.post(page.action(), data={**page.form(), **CONTINUE, **said}))
                page = Page(browser.post(page.action(), data=page.form()))
                assert page.path.endswith("/receipt")
                browser.get(f"/nowhere/{key}")
            where = urlsplit(server.address)
            with socket.create_connection((where.hostname, where.port), timeout=20) as raw:
                raw.sendall(f"GET /{key} SEEDED\r\nUser-Agent: {AROUND['User-Agent']}\r\n\r\n".encode())
                while raw.recv(1000):
                    pass
        printed = (tmp_path / "printed.txt").read_bytes()
        kept = [(str(path), path.read_bytes()) for path in server.data.rglob("*") if path.is_file()]
        assert found_in(kept, ["Cardamom"])
        assert found_in([*kept, ("printed", printed)], (*MARKED, key)) == []
