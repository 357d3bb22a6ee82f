"""Ways of doing things that a stranger could turn against us, and the one place of each that may."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.house.test_imports import place, sources

OURS = ("analysis", "surveys", "voice")
RUNS_WHAT_IT_READS = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "yaml", "runpy", "code"}
READS_XML_OF_STRANGERS = {"xml.dom", "xml.sax", "xml.dom.minidom", "xml.dom.pulldom"}
COMPILES = {"eval", "exec", "compile", "__import__"}
FROM_TEXT = {"from_string", "overlay", "Template"}
CALLS = {
    "os.system", "os.popen", "subprocess.getoutput", "tempfile.mktemp", "zipfile.ZipFile.extractall", "extractall",
    "set_ciphers", "_create_unverified_context",
}  # fmt: skip

WRITES_TABLES = {"csv.writer", "csv.DictWriter", "openpyxl.Workbook", "to_csv", "to_excel"}
MAY_WRITE_TABLES = {
    "surveys/exporting/cells.py": "every cell is made safe here",
    "surveys/exporting/formats/workbook.py": "each text goes through safe_cell",
    "surveys/exchange/sheets.py": "each cell is written as text, whatever it begins with",
    "surveys/translating/formats/sheets.py": "each cell is written as text, whatever it begins with",
    "voice/packs/workbook.py": "each text goes through safe_cell",
    "voice/commands/export.py": "what surveys.exporting.answers gives is safe already",
    # These hand back the rows of the very file that somebody named, with columns of ours beside them.
    "voice/commands/csv_files.py": "the rows of the file that was read",
    "voice/commands/ledger.py": "hashes, and the columns of the file that was read",
    "voice/commands/redact.py": "the texts of the file that was read",
    "voice/commands/similar.py": "codes and numbers",
    "voice/commands/themes.py": "codes, put beside the rows of the file that was read",
}


@cache
def nodes() -> tuple[tuple[Path, ast.Call | ast.Attribute | ast.Import | ast.ImportFrom], ...]:
    """What our source calls, takes hold of and imports; read once for all of these tests."""
    return tuple(
        (path, node)
        for folder in OURS
        for path in sources(folder)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call | ast.Attribute | ast.Import | ast.ImportFrom)
    )


def called(node: ast.Call) -> str:
    match node.func:
        case ast.Attribute(value=ast.Name(id=module), attr=name):
            return f"{module}.{name}"
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


@pytest.fixture(scope="module")
def all_calls() -> list[tuple[str, str, ast.Call]]:
    """Each call of our source: where it stands, and what is called."""
    return [(place(path, node.lineno), called(node), node) for path, node in nodes() if isinstance(node, ast.Call)]


class TestWhatWeReadIsNeverRun:
    def test_nothing_is_imported_that_runs_what_it_reads(self) -> None:
        found = [
            (place(path, node.lineno), name)
            for path, node in nodes()
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in (
                [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
            )
            if name in READS_XML_OF_STRANGERS or name.partition(".")[0] in RUNS_WHAT_IT_READS
        ]
        assert found == []

    def test_no_text_becomes_a_program_or_a_template(self, all_calls: list[tuple[str, str, ast.Call]]) -> None:
        found = [
            (where, name)
            for where, name, _ in all_calls
            if name in COMPILES | CALLS or (name.rpartition(".")[2] in FROM_TEXT and name != "RGBColor.from_string")
        ]
        assert found == []

    def test_arrays_are_read_without_objects(self, all_calls: list[tuple[str, str, ast.Call]]) -> None:
        loads = [(where, node) for where, name, node in all_calls if name == "np.load"]
        assert loads
        for where, node in loads:
            said = {each.arg: ast.unparse(each.value) for each in node.keywords}
            assert said.get("allow_pickle") == "False", where

    def test_no_shell_is_asked(self, all_calls: list[tuple[str, str, ast.Call]]) -> None:
        found = [
            where
            for where, name, node in all_calls
            if name.endswith("subprocess_shell")
            or any(each.arg == "shell" and ast.unparse(each.value) != "False" for each in node.keywords)
        ]
        assert found == []


class TestTables:
    def test_every_table_is_written_where_cells_are_made_safe(self, all_calls: list[tuple[str, str, ast.Call]]) -> None:
        found = {
            where.partition(":")[0]
            for where, name, _ in all_calls
            if name in WRITES_TABLES or name.endswith(("to_csv", "to_excel"))
        }
        assert found == set(MAY_WRITE_TABLES)

    def test_every_file_is_named_where_names_are_made_plain(self) -> None:
        named = {path.name for path in sources("voice") if "content-disposition" in path.read_text().lower()}
        assert named == {"headers.py", "noting.py"}, "the second asks whether a file was handed out"

    def test_no_address_is_made_from_what_a_request_says(self) -> None:
        """The base address comes from the settings alone."""
        found = [
            place(path, node.lineno)
            for path, node in nodes()
            if isinstance(node, ast.Attribute)
            and node.attr in ("base_url", "url_for", "netloc")
            and ast.unparse(node.value) in ("request", "request.url", "connection", "connection.url")
        ]
        assert found == []
        assert not any("X-Forwarded" in path.read_text() for path in sources("voice") if path.name != "front_door.py")
