"""The load: families who answer the survey at once, each with a browser of their own.

A process of its own, so that its work is not taken for the server's:
``python -m benchmarks.families PORT LINK --server-pid PID --sent FILE``. It writes every acknowledged
sending to FILE, one a line, and prints what it measured as JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import os
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
import uvloop
from selectolax.lexbor import LexborHTMLParser

from benchmarks.browser import Browser, ConnectionLost, Form, NoForm, Response, form_on
from benchmarks.machine import Busy, busy
from benchmarks.stored import Sent
from voice.settings import ROOT

SAID = ROOT / "voice" / "demonstration" / "said.csv"
LANGUAGES = ("en",) * 8 + ("ur", "pl")
"""Eight families in ten read English, one Urdu, one Polish."""


class Measured(msgspec.Struct, frozen=True):
    """What came of ``seconds`` of answering. Latencies are in seconds, one for each page or request.

    ``server``, ``load`` and ``machine`` are seconds of processor time used meanwhile.
    """

    seconds: float
    pages: list[float]
    requests: list[float]
    errors: dict[str, int]
    server: float
    load: float
    machine: float
    walks: int


class WrongPage(Exception):
    pass


class Families:
    def __init__(self, port: int, link: str, seed: int) -> None:
        self._port = port
        self._link = link
        self._random = random.Random(seed)
        self._said = _said()
        self.counting = False
        self.pages: list[float] = []
        self.requests: list[float] = []
        self.errors: Counter[str] = Counter()
        self.sent: list[Sent] = []
        self.walks = 0

    async def answer_until(self, stop: asyncio.Event) -> None:
        """One family after the other; whoever is under way when it stops still sends."""
        while not stop.is_set():
            try:
                self.sent.append(await self._answer())
                self.walks += self.counting
            except (WrongPage, NoForm, ConnectionLost) as problem:
                self.errors[f"{type(problem).__name__}: {problem}"] += 1
                await asyncio.sleep(0)

    async def _answer(self) -> Sent:
        """From the letter to the receipt, as the pages lead."""
        language = self._random.choice(LANGUAGES)
        browser = Browser(self._port, languages=f"{language},en;q=0.5")
        try:
            place = await self._begin(browser)
            page = await self._get(browser, place)
            answers: dict[str, str] = {}
            while "/q/" in place:
                form = self._form_for(page, place)
                given = self._given(form, language)
                await self._think()
                began = time.perf_counter()
                place = (await self._post(browser, form, {**given, "go": "continue"})).location
                page = await self._get(browser, place)
                self._count(self.pages, began)
                answers[form.action.rpartition("/")[2]] = given.get("answer") or given["text"]
            receipt = await self._post(browser, self._form_for(page, place), {})
            return Sent(_reference_on(await self._get(browser, receipt.location)), answers)
        finally:
            browser.close()

    async def _begin(self, browser: Browser) -> str:
        """Where the first question is."""
        start = form_on((await self._get(browser, self._link)).html)
        return (await self._post(browser, start, {})).location

    async def _think(self) -> None:
        """Families here do not think: the next page is asked for at once."""

    def _given(self, form: Form, language: str) -> dict[str, str]:
        if form.writes:
            # The number makes the words this family's own, so that they can be found again.
            return {"text": f"{self._random.choice(self._said[language])} {self._random.getrandbits(64):x}"}
        return {"answer": self._random.choice(form.choices)}

    def _form_for(self, page: Response, place: str) -> Form:
        form = form_on(page.html)
        if form.action != place:
            raise WrongPage(f"the form of {_kind(place)} goes to {_kind(form.action)}")
        return form

    async def _get(self, browser: Browser, path: str) -> Response:
        began = time.perf_counter()
        response = await browser.get(path)
        return self._checked(response, 200, f"GET {_kind(path)}", began)

    async def _post(self, browser: Browser, form: Form, fields: dict[str, str]) -> Response:
        began = time.perf_counter()
        response = await browser.post(form.action, {**form.fields, **fields})
        return self._checked(response, 303, f"POST {_kind(form.action)}", began)

    def _checked(self, response: Response, expect: int, what: str, began: float) -> Response:
        if response.status != expect:
            raise WrongPage(f"{response.status} for {what}")
        self._count(self.requests, began)
        return response

    def _count(self, latencies: list[float], began: float) -> None:
        if self.counting:
            latencies.append(time.perf_counter() - began)


def _kind(path: str) -> str:
    """A path without what is one family's alone, so that errors of one kind are counted together."""
    return "/".join("…" if len(part) > 20 else part for part in path.split("/"))


def _reference_on(receipt: Response) -> str:
    found = LexborHTMLParser(receipt.html).css_first(".reference strong")
    if found is None:
        raise WrongPage("a receipt without a reference")
    return found.text().strip()


def _said() -> dict[str, list[str]]:
    """Invented comments by language, each on one line."""
    by_language: dict[str, list[str]] = {}
    with SAID.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if said := " ".join(row["text"].lstrip("=+-@").split()):
                by_language.setdefault(row["language"], []).append(said)
    return by_language


async def measure(families: Families, *, server_pid: int, at_once: int, warm_up: float, seconds: float) -> Measured:
    stop = asyncio.Event()
    answering = [asyncio.create_task(families.answer_until(stop)) for _ in range(at_once)]
    await asyncio.sleep(warm_up)
    families.counting, began, before = True, time.perf_counter(), busy(server_pid, os.getpid())
    await asyncio.sleep(seconds)
    families.counting, took, after = False, time.perf_counter() - began, busy(server_pid, os.getpid())
    stop.set()
    await asyncio.gather(*answering)
    server, load = _used(before, after)
    return Measured(
        seconds=took,
        pages=families.pages,
        requests=families.requests,
        errors=dict(families.errors),
        server=server,
        load=load,
        machine=after.machine - before.machine,
        walks=families.walks,
    )


def _used(before: Busy, after: Busy) -> tuple[float, float]:
    server, load = (late - early for early, late in zip(before.processes, after.processes, strict=True))
    return server, load


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("link")
    parser.add_argument("--server-pid", type=int, required=True)
    parser.add_argument("--sent", type=Path, required=True)
    parser.add_argument("--at-once", type=int, default=32)
    parser.add_argument("--warm-up", type=float, default=3)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args(arguments)
    families = Families(given.port, given.link, given.seed)
    measured = uvloop.run(
        measure(
            families,
            server_pid=given.server_pid,
            at_once=given.at_once,
            warm_up=given.warm_up,
            seconds=given.seconds,
        )
    )
    with given.sent.open("wb") as file:
        file.writelines(msgspec.json.encode(each) + b"\n" for each in families.sent)
    print(msgspec.json.encode(measured).decode())


if __name__ == "__main__":
    main()
