"""Processes come and go, and nobody who asks for a page notices. With small processes; the product's own are in
``test_processes.py``."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.commands.voice_command import PATIENCE_SECONDS, ROOT, environment, free_port

CLIENTS = 4


class Small:
    """A supervisor that runs, as its test sees it."""

    def __init__(self, folder: Path, processes: int) -> None:
        self.folder = folder
        self.port = free_port()
        self.telling = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.telling.bind(str(folder / "notify"))
        self.telling.settimeout(PATIENCE_SECONDS)
        program = str(Path(__file__).with_name("small_server.py"))
        with (folder / "log").open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, program, str(folder), str(self.port), str(processes)],
                cwd=ROOT,
                env=environment(NOTIFY_SOCKET=str(folder / "notify"), PYTHONPATH=str(ROOT)),
                stderr=log,
            )

    def told(self) -> str:
        """What systemd was told next."""
        return self.telling.recv(1000).decode()

    def ask(self, path: str = "/") -> int:
        """Which process answers somebody who comes anew."""
        answer = httpx.get(f"http://127.0.0.1:{self.port}{path}", trust_env=False, timeout=PATIENCE_SECONDS)
        return int(answer.raise_for_status().text)

    def send(self, sign: signal.Signals) -> None:
        self.process.send_signal(sign)

    def restart(self) -> None:
        self.send(signal.SIGHUP)
        assert self.told().startswith("RELOADING=1\nMONOTONIC_USEC=")
        assert self.told() == "READY=1"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()


@contextlib.contextmanager
def started(processes: int) -> Iterator[Small]:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:  # the address of a socket must be short
        small = Small(Path(folder), processes)
        try:
            assert small.told() == "READY=1", small.log
            yield small
        finally:
            small.process.kill()
            small.process.wait()
            small.telling.close()
            until(lambda: refused(small))  # else a process would still write there


@pytest.fixture(scope="module")
def small() -> Iterator[Small]:
    with started(2) as small:
        yield small


@pytest.fixture
def small_alone() -> Iterator[Small]:
    with started(1) as small:
        yield small


@contextlib.contextmanager
def many_ask(small: Small) -> Iterator[list[int]]:
    """People who ask all the time, half of them over a connection that they keep. Gives who answered; fails when
    anybody was not answered."""
    answered: list[int] = []
    failed: list[str] = []
    enough = threading.Event()

    def ask(keeps: bool) -> None:
        with httpx.Client(trust_env=False, timeout=PATIENCE_SECONDS) as browser:
            while not enough.is_set():
                try:
                    headers = {} if keeps else {"connection": "close"}
                    answer = browser.post(f"http://127.0.0.1:{small.port}/", content=b"words", headers=headers)
                    answered.append(int(answer.raise_for_status().text))
                except httpx.HTTPError as problem:
                    failed.append(repr(problem))
                enough.wait(0.03)

    asking = [threading.Thread(target=ask, args=(number % 2 == 0,)) for number in range(CLIENTS)]
    for each in asking:
        each.start()
    try:
        until(lambda: len(answered) > CLIENTS)
        yield answered
    finally:
        enough.set()
        for each in asking:
            each.join()
    assert failed == []


def until(holds: Callable[[], bool]) -> None:
    late = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < late
        time.sleep(0.02)


def refused(small: Small) -> bool:
    try:
        small.ask()
    except httpx.ConnectError:
        return True
    except httpx.HTTPError:
        pass
    return False


class TestStartingAnew:
    def test_nobody_notices_that_all_processes_are_others(self, small: Small) -> None:
        with many_ask(small) as answered:
            before = set(answered)
            small.restart()
            then = len(answered)
            until(lambda: len(answered) > then + 4 * CLIENTS)
            after = set(answered[then + 2 * CLIENTS :])
        assert before
        assert not before & after

    def test_those_that_serve_stay_when_no_new_one_can_start(self, small: Small) -> None:
        (small.folder / "broken").touch()
        with many_ask(small) as answered:
            small.restart()
            then = len(answered)
            until(lambda: len(answered) > then + CLIENTS)
        assert "those that serve go on as they are" in small.log
        assert len(set(answered)) <= 2
        (small.folder / "broken").unlink()
        small.restart()
        assert small.ask() not in answered


class TestDying:
    def test_another_is_started_for_one_that_was_killed(self, small: Small) -> None:
        killed = small.ask()
        os.kill(killed, signal.SIGKILL)
        until(lambda: f"process {killed} has ended by itself (-9)" in small.log)
        until(lambda: len({small.ask() for _ in range(8)}) == 2)

    def test_no_process_stays_behind_when_the_supervisor_is_killed(self, small_alone: Small) -> None:
        small_alone.send(signal.SIGKILL)
        until(lambda: refused(small_alone))


class TestStopping:
    def test_an_answer_under_way_is_given(self, small_alone: Small) -> None:
        answers: list[int] = []
        asking = threading.Thread(target=lambda: answers.append(small_alone.ask("/slow")))
        asking.start()
        until((small_alone.folder / "asked").exists)
        small_alone.send(signal.SIGTERM)
        until(lambda: refused(small_alone))
        (small_alone.folder / "go").touch()
        asking.join()
        assert len(answers) == 1
        assert small_alone.process.wait(PATIENCE_SECONDS) == 0
        assert small_alone.told() == "STOPPING=1"
