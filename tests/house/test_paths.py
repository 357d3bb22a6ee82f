"""Where documents and docstrings send a reader, there is something."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`((?:voice|surveys|analysis|tests|templates|static|docs|deploy|benchmarks|locales)/[\w./*-]+)")
ELSEWHERE = ("static/built", "docs/decisions/NNNN")
"""What a build writes, and a name to fill in."""


def kept() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", "*.md", "*.py"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


@pytest.mark.parametrize("kind", [".md", ".py"])
def test_every_path_that_is_named_is_there(kind: str) -> None:
    missing = [
        f"{file.relative_to(ROOT)}: {named}"
        for file in kept()
        if file.suffix == kind
        for named in NAMED.findall(file.read_text("utf-8"))
        if not named.startswith(ELSEWHERE) and not list(ROOT.glob(named.rstrip("./")))
    ]
    assert missing == []
