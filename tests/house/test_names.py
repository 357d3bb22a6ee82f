"""A newcomer finds a thing by its name, and nothing is left for later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("analysis", "surveys", "voice", "templates", "static/src", "tests", "benchmarks", "deploy", "docs")
NAMES_OF_NOTHING = re.compile(r"_?(utils?|helpers?|commons?|misc|managers?|stuff|tools?)")
LEFT_FOR_LATER = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
WRITTEN_BY_US = {".py", ".html", ".txt", ".scss", ".js", ".md", ".toml", ".cfg", ".sh"}


def everything() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if "__pycache__" not in path.parts:
                yield path


class TestNames:
    def test_it_says_what_is_inside(self) -> None:
        wrong = [
            str(path.relative_to(ROOT)) for path in everything() if NAMES_OF_NOTHING.fullmatch(path.name.split(".")[0])
        ]
        assert wrong == [], "name it by what it does in the words of the domain"

    def test_it_knows_the_names_that_say_nothing(self) -> None:
        assert all(NAMES_OF_NOTHING.fullmatch(name) for name in ("utils", "helper", "common", "misc", "_utils"))
        assert not any(NAMES_OF_NOTHING.fullmatch(name) for name in ("manage", "commands", "tokens", "tooltip"))


class TestNothingIsLeftForLater:
    def test_it_has_no_notes_of_work_not_done(self) -> None:
        written = [path for path in everything() if path.is_file() and path.suffix in WRITTEN_BY_US]
        written += [ROOT / "Makefile", ROOT / "CONTRIBUTING.md", ROOT / "static" / "build.py"]
        wrong = [
            f"{path.relative_to(ROOT)}:{number}"
            for path in written
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
            if LEFT_FOR_LATER.search(line)
        ]
        assert wrong == [], "do it now, or file an issue"
