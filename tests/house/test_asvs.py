"""What docs/security/asvs.md says stands on something: tests and files that are there, and numbers that add up."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "docs" / "security" / "asvs.md").read_text(encoding="utf-8")

ITEMS = {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13}
ITEMS |= {16: 16, 17: 7}
"""How many items of levels 1 and 2 each chapter of ASVS 5.0.0 has: 253."""
AT_LEVEL_1 = 70
VERDICTS = ("met", "met in part", "not met", "does not apply")

_ROW = re.compile(r"^\| V(\d+)\.(\d+)\.(\d+) \| ([12]) \| (.+?) \| (.+?) \| (.+) \| (.+?) \|$", re.MULTILINE)
_SUMMARY = re.compile(r"^\| V(\d+) [^|]+ \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
_ALL = re.compile(r"^\| \*\*all\*\* " + r"\| \*\*(\d+)\*\* " * 5 + r"\|$", re.MULTILINE)
_QUOTED = re.compile(r"`([^`]+)`")
_PATH = re.compile(r"(?:analysis|benchmarks|deploy|docs|static|surveys|templates|tests|voice)/[\w./-]+(?:::\w+)*")


def rows() -> list[tuple[str, ...]]:
    return _ROW.findall(TEXT)


def named() -> set[str]:
    """Every test and file that the document names, in whichever column."""
    shown = {each for row in rows() for each in _QUOTED.findall(row[7])}
    return shown | {each for each in _QUOTED.findall(TEXT) if _PATH.fullmatch(each) and "…" not in each}


@cache
def names_in(path: Path) -> frozenset[str]:
    """What a module defines at its top and in its classes: ``name``, ``Class::name``."""
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            methods = (each for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
            found |= {f"{node.name}::{each.name}" for each in methods}
    return frozenset(found)


class TestTheItems:
    def test_each_stands_once_and_none_is_left_out(self) -> None:
        ids = [row[:3] for row in rows()]
        assert [id for id, times in Counter(ids).items() if times > 1] == []
        assert Counter(int(chapter) for chapter, _, _ in ids) == ITEMS
        assert sum(row[3] == "1" for row in rows()) == AT_LEVEL_1
        assert TEXT.count("\n| V") == len(ids) + len(ITEMS), "each line of a table is read"

    def test_each_has_a_verdict_and_what_it_stands_on(self) -> None:
        for *id, _, asked, verdict, how, shown in rows():
            assert verdict in VERDICTS, id
            assert asked, id
            assert how, id
            assert bool(_QUOTED.search(shown)) == (shown != "–"), id
            assert shown != "–" or verdict in ("not met", "does not apply"), f"what shows that V{'.'.join(id)} is met?"

    def test_the_numbers_at_the_top_are_those_of_the_tables(self) -> None:
        for chapter, items, *by_verdict in _SUMMARY.findall(TEXT):
            found = Counter(row[5] for row in rows() if row[0] == chapter)
            assert int(items) == found.total(), chapter
            assert [int(each) for each in by_verdict] == [found[each] for each in VERDICTS], chapter
        found = Counter(row[5] for row in rows())
        ((items, *by_verdict),) = _ALL.findall(TEXT)
        assert (int(items), *map(int, by_verdict)) == (found.total(), *(found[each] for each in VERDICTS))


class TestWhatIsNamed:
    def test_it_is_there(self) -> None:
        assert len(named()) > 200
        missing = []
        for name in sorted(named()):
            path, _, inside = name.partition("::")
            if not (ROOT / path).exists() or (inside and inside not in names_in(ROOT / path)):
                missing.append(name)
        assert missing == []

    def test_links_to_other_documents_lead_somewhere(self) -> None:
        for document in ("asvs.md", "inventory.md"):
            folder = ROOT / "docs" / "security"
            text = (folder / document).read_text(encoding="utf-8")
            links = {each for each in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in each}
            assert links
            assert [each for each in sorted(links) if not (folder / each).exists()] == []
