"""Forty people in one session: how long it takes until a card that is shown stands on every screen."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import time
import uuid
from pathlib import Path

import msgspec
from selectolax.lexbor import LexborHTMLParser

from benchmarks.browser import Browser
from benchmarks.figures import Figure, at_most, percentile
from benchmarks.machine import memory_of
from benchmarks.serving import serving
from surveys import identity
from voice.capture.sessions import cards, planning, running, tablets
from voice.capture.sessions.activities import Activity
from voice.capture.sessions.cards import NewCard
from voice.capture.sessions.planning import Plan
from voice.commands.with_store import with_store
from voice.first_start import begin_with
from voice.people import signing_in
from voice.people.roles import Role
from voice.settings import Settings
from voice.storage import Store
from voice.storage.secret import read_secret

PEOPLE = 40
SECONDS_BETWEEN_CARDS = 0.3
"""Forty people of whom each sends a card every twelve seconds."""

SECONDS_BETWEEN_SHOWN = 0.5
BOARD = Activity(id="board", kind="board", title="What should change?", columns=("start", "stop"))


class Prepared(msgspec.Struct, frozen=True):
    session: uuid.UUID
    keys: list[str]
    to_show: dict[str, uuid.UUID]
    sign_in: str


class News(msgspec.Struct, frozen=True):
    revision: int
    parts: dict[str, str]


def prepare(data: Path, *, shown: int) -> Prepared:
    """A session that goes on, with forty people in it and so many folded cards."""
    now = dt.datetime.now(dt.UTC)
    keys = [identity.new_key() for _ in range(PEOPLE)]

    async def work(store: Store) -> Prepared:
        secret = read_secret(data)

        async def unit() -> Prepared:
            await begin_with(today=now.date(), domain="room.invalid")
            leader = next(each for each in await signing_in.members() if each.role is Role.FACILITATOR)
            plan = Plan(
                title="A full hall",
                kind="youth_forum",
                held_on=now.date(),
                respondent_kind="young_person",
                language="en",
            )
            id = await planning.create(plan, (BOARD,), by=leader.id, secret=secret)
            session = await planning.load(id)
            await planning.keep_running(session, *running.after(session, "start", now=now))
            session = await planning.load(id)
            for key in keys:
                await tablets.join(session, key, secret=secret)
            to_show = {f"Card number {number} to be shown": uuid.uuid4() for number in range(shown)}
            for text, card in to_show.items():
                new = NewCard(id=card, activity="board", column="stop", text=text, language="en", said_by="own_words")
                await cards.add(session, new, by_leader=True)
            return Prepared(id, keys, to_show, await signing_in.make_link(leader.id, now=now))

        return await store.write(unit)

    return with_store(Settings(data=data), work)


class Hall:
    """The screens of the room. ``times`` are the seconds from the press of “Show” until a card stood on a screen."""

    def __init__(self, port: int, prepared: Prepared) -> None:
        self._port = port
        self._prepared = prepared
        self._shown: dict[str, float] = {}
        self.times: list[float] = []
        self.sent: list[float] = []
        self.errors = 0

    async def follow(self, key: str) -> None:
        browser, seen = Browser(self._port), 0
        missing = set(self._prepared.to_show)
        try:
            while True:
                answer = await browser.get(f"/room/{key}/news?seen={seen}")
                if answer.status != 200:
                    self.errors += 1
                    continue
                news = msgspec.json.decode(answer.html, type=News)
                seen, now = news.revision, time.perf_counter()
                for text in [text for text in missing if text in news.parts["shared"]]:
                    missing.discard(text)
                    self.times.append(now - self._shown[text])
        finally:
            browser.close()

    async def write(self) -> None:
        browser, number = Browser(self._port), 0
        try:
            while True:
                key = self._prepared.keys[number % PEOPLE]
                fields = {"id": str(uuid.uuid4()), "activity": "board", "column": "start", "text": f"I say {number}."}
                began = time.perf_counter()
                answer = await browser.post(f"/room/{key}/cards", fields)
                self.sent.append(time.perf_counter() - began)
                self.errors += answer.status != 303
                number += 1
                await asyncio.sleep(SECONDS_BETWEEN_CARDS)
        finally:
            browser.close()

    async def lead(self) -> None:
        browser = Browser(self._port)
        address = f"/work/sessions/{self._prepared.session}"
        await browser.get(f"/sign-in/once/{self._prepared.sign_in}")
        page = LexborHTMLParser((await browser.get(f"{address}/run")).html)
        token = page.css("input[name=_csrf_token]")[0].attributes["value"] or ""
        await asyncio.sleep(1)
        for text, card in self._prepared.to_show.items():
            self._shown[text] = time.perf_counter()
            answer = await browser.post(f"{address}/cards/{card}", {"_csrf_token": token, "go": "show"})
            self.errors += answer.status != 303
            await asyncio.sleep(SECONDS_BETWEEN_SHOWN)
        await asyncio.sleep(2)
        browser.close()

    async def play(self) -> None:
        people = [asyncio.create_task(self.follow(key)) for key in self._prepared.keys]
        people.append(asyncio.create_task(self.write()))
        await self.lead()
        for each in people:
            each.cancel()
        for each in people:
            with contextlib.suppress(asyncio.CancelledError):
                await each


def figures(folder: Path, *, seconds: float) -> list[Figure]:
    data = folder / "data"
    prepared = prepare(data, shown=int(seconds / SECONDS_BETWEEN_SHOWN))
    with serving(data) as server:
        hall = Hall(server.port, prepared)
        asyncio.run(hall.play())
        memory = memory_of(server.pid)
    expected = PEOPLE * len(prepared.to_show)
    return [
        Figure("people", PEOPLE, ""),
        Figure("cards sent meanwhile", len(hall.sent), ""),
        Figure("cards shown that a screen missed", expected - len(hall.times), "", at_most(0)),
        Figure("until a card stands on a screen, p50", 1000 * percentile(hall.times, 0.5), "ms"),
        Figure("until a card stands on a screen, p99", 1000 * percentile(hall.times, 0.99), "ms", at_most(1000)),
        Figure("a card sent, p99", 1000 * percentile(hall.sent, 0.99), "ms"),
        Figure("errors", hall.errors, "", at_most(0)),
        Figure("memory of the server at most", memory.most, "MB"),
    ]
