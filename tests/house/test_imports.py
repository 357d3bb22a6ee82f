"""Who may import whom. The directions keep each part small enough to understand, and to test, alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = {"analysis", "surveys", "voice", "tests", "benchmarks"}
MAY_IMPORT = {
    "analysis": {"analysis"},
    "surveys": {"surveys", "analysis"},
    "voice": {"voice", "surveys", "analysis"},
}
PACKAGES_OF_PAGES = {
    f"voice.web.{folder.name}" for folder in (ROOT / "voice" / "web").iterdir() if (folder / "__init__.py").exists()
}
OUTSIDE_WORLD = {"aiosmtplib", "asyncpg", "httpx", "litestar", "piccolo", "sqlite3", "uvicorn"}
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter"}


@dataclass(frozen=True)
class Import:
    module: str
    line: int


def imports_in(source: str, package: str) -> Iterator[Import]:
    """Every module that a source names, also inside functions, relative ones made whole.

    `from a import b` counts as `a` and `a.b`, since `b` may be a module. `package` is where the source lives.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield Import(base, node.lineno)
            for alias in node.names:
                yield Import(f"{base}.{alias.name}", node.lineno)


def sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports_of(path: Path) -> Iterator[Import]:
    return imports_in(path.read_text(encoding="utf-8"), ".".join(path.relative_to(ROOT).parent.parts))


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def top(module: str) -> str:
    return module.partition(".")[0]


class TestReadingImports:
    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ("import voice.app", {"voice.app"}),
            ("from surveys import tables", {"surveys", "surveys.tables"}),
            ("def late():\n    from voice.web import pages", {"voice.web", "voice.web.pages"}),
            ("from . import tables", {"surveys.importing", "surveys.importing.tables"}),
            ("from ..tables import Survey", {"surveys.tables", "surveys.tables.Survey"}),
        ],
    )
    def test_it_finds_each_way_of_importing(self, source: str, expected: set[str]) -> None:
        assert {found.module for found in imports_in(source, "surveys.importing")} == expected


class TestDirections:
    @pytest.mark.parametrize("folder", MAY_IMPORT)
    def test_it_imports_only_what_stands_below_it(self, folder: str) -> None:
        assert sources(folder), f"{folder}/ has no Python: this test would prove nothing"
        wrong = [
            f"{place(path, found.line)} imports {found.module}"
            for path in sources(folder)
            for found in imports_of(path)
            if top(found.module) in OURS - MAY_IMPORT[folder]
        ]
        assert wrong == [], f"{folder}/ may import only {sorted(MAY_IMPORT[folder])}"

    def test_it_keeps_http_in_the_web_folder_and_where_the_parts_are_joined(self) -> None:
        wrong = [
            f"{place(path, found.line)} imports {found.module}"
            for folder in MAY_IMPORT
            for path in sources(folder)
            for found in imports_of(path)
            if top(found.module) == "litestar"
            and not path.is_relative_to(ROOT / "voice" / "web")
            and path != ROOT / "voice" / "app.py"
        ]
        assert wrong == [], "only voice/web/ and voice/app.py know HTTP"

    def test_it_takes_nothing_from_the_web_folder_but_words(self) -> None:
        """Packs, letters and files say things as the pages do; what a page does is no business of theirs."""
        wrong = [
            f"{place(path, found.line)} imports {found.module}"
            for path in sources("voice")
            for found in imports_of(path)
            if found.module.startswith("voice.web.")
            and not any(part.endswith(("words", "wordings")) for part in found.module.split("."))
            and found.module not in PACKAGES_OF_PAGES
            and not path.is_relative_to(ROOT / "voice" / "web")
            and not path.is_relative_to(ROOT / "voice" / "commands")
            and path != ROOT / "voice" / "app.py"
        ]
        assert wrong == []

    def test_it_lets_a_migration_import_nothing_of_ours(self) -> None:
        """A table of today in a step of yesterday would change what the step does."""
        steps = [path for folder in MAY_IMPORT for path in sources(folder) if path.parent.name == "migrations"]
        assert steps
        wrong = [
            f"{place(path, found.line)} imports {found.module}"
            for path in steps
            for found in imports_of(path)
            if top(found.module) in OURS
        ]
        assert wrong == []


class TestAnalysisIsPure:
    def test_it_reaches_no_server_and_no_database(self) -> None:
        wrong = [
            f"{place(path, found.line)} imports {found.module}"
            for path in sources("analysis")
            for found in imports_of(path)
            if top(found.module) in OUTSIDE_WORLD
        ]
        assert wrong == []

    def test_it_reads_neither_the_clock_nor_the_environment(self) -> None:
        wrong = [
            f"{place(path, node.lineno)} {ast.unparse(node)}"
            for path in sources("analysis")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name | ast.Attribute)
            and (
                (node.attr in CLOCKS and ast.unparse(node.value).split(".")[-1] in {"datetime", "date", "dt", "time"})
                or (ast.unparse(node.value) == "os" and node.attr in {"environ", "getenv"})
            )
        ]
        assert wrong == [], "what analysis needs to know is handed to it"
