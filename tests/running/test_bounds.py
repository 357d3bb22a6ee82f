"""What a process may use that works on something from a stranger."""

from __future__ import annotations

import subprocess
import sys

import pytest

from voice.settings import ROOT

BOUND = "from voice.running.bounds import bind_this_process as bind\nbind(seconds=1, memory=600_000_000)\n"


def ended(work: str) -> int:
    """How a bound process ends that does this."""
    return subprocess.run(
        [sys.executable, "-c", BOUND + work], cwd=ROOT, stderr=subprocess.DEVNULL, check=False
    ).returncode


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limits")
class TestBounds:
    @pytest.mark.parametrize(
        "work",
        [
            "while True: pass",
            "bytes(700_000_000)",
            "import tempfile; f = tempfile.TemporaryFile(); f.write(b'x'); f.flush()",
        ],
    )
    def test_it_ends_what_takes_too_much(self, work: str) -> None:
        assert ended(work) != 0

    def test_it_lets_go_on_what_does_not(self) -> None:
        assert ended("bytes(10_000_000)") == 0
