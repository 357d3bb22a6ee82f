"""Recordings of three minutes, sent in and replayed: how long it takes, and how much memory the server needs."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from benchmarks.figures import Figure, at_most, percentile
from benchmarks.machine import Memory, memory_of
from benchmarks.serving import serving
from surveys.publishing import open_round, publish
from surveys.terms import term_of
from tests.surveys import with_files
from tests.surveys.with_files import sound
from voice.first_start import begin_with
from voice.settings import Settings
from voice.storage import open_store
from voice.storage.files import FileFolder
from voice.storage.migrating import migrate

TIMES = 20
WARM_UP = 3
SECONDS = 180


def figures(folder: Path) -> list[Figure]:
    data = folder / "data"
    asyncio.run(_survey_with_recordings(data))
    recording = sound(SECONDS)
    sent_in, replayed = [], []
    with serving(data) as server, httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=60) as client:
        before = memory_of(server.pid)
        for number in range(WARM_UP + TIMES):
            if number == WARM_UP:
                before = memory_of(server.pid)
            address = _begin(client)
            began = time.perf_counter()
            client.put(address, content=_in_pieces(recording)).raise_for_status()
            sent_in.append(time.perf_counter() - began)
            began = time.perf_counter()
            heard = client.get(address).raise_for_status()
            replayed.append(time.perf_counter() - began)
            assert len(heard.content) > len(recording) * 0.9
        after = memory_of(server.pid)
    assert len([*FileFolder(data).all()]) == WARM_UP + TIMES
    return [
        Figure("recording of 3 minutes", len(recording) / 1e6, "MB"),
        Figure("stored, p50", 1000 * percentile(sent_in[WARM_UP:], 0.5), "ms"),
        Figure("stored, longest", 1000 * max(sent_in[WARM_UP:]), "ms", at_most(5000)),
        Figure("replayed, p50", 1000 * percentile(replayed[WARM_UP:], 0.5), "ms"),
        *_memory(before, after),
    ]


def _memory(before: Memory, after: Memory) -> list[Figure]:
    return [
        Figure(f"memory before {TIMES} recordings", before.now, "MB"),
        Figure(f"memory after {TIMES} recordings", after.now, "MB"),
        Figure("memory gained", after.now - before.now, "MB", at_most(5)),
        Figure("highest memory so far, gained", after.most - before.most, "MB", at_most(15)),
    ]


def _begin(client: httpx.Client) -> str:
    """Begins to answer; returns the address of the file that answers the first question."""
    page = client.get("/s/recordings").text
    key = page.partition('name="key" value="')[2].partition('"')[0]
    client.post("/s/recordings", data={"key": key, "language": "en"})
    return f"/s/recordings/{key}/q/tell_us/file"


def _in_pieces(content: bytes, size: int = 32_768) -> Iterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def _survey_with_recordings(data: Path) -> None:
    today = dt.datetime.now(dt.UTC).date()
    store = await open_store(Settings(data=data))
    await migrate(store)

    async def opened() -> None:
        await begin_with(today=today)
        version = await publish(with_files.document(("en",)), today=today)
        await open_round(
            version, term=term_of(today), identity_mode="anonymous", link="recordings", opens_on=None, closes_on=None
        )

    await store.write(opened)
    await store.close()
