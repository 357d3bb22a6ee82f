"""What is written into the log, and what never is."""

from __future__ import annotations

import ast
import json
import logging
import sys
from collections.abc import Iterator

import pytest

from tests.commands.voice_command import ROOT
from voice.running import logs
from voice.running.listening import CannotListen
from voice.settings import UnusableSetting
from voice.storage import StoreUnavailable

SECRET = "what Amira said"


def line_of(
    problem: BaseException | None = None, *, name: str = "voice.web", says: str = "x", args: object = ()
) -> str:
    info = (type(problem), problem, problem.__traceback__) if problem else None
    record = logging.LogRecord(name, logging.ERROR, str(ROOT / "voice/web/pages.py"), 7, says, args, info)  # type: ignore[arg-type]
    both = logs.AsJson().format(record), logs.AsText().format(record)
    assert not any("\n" in line for line in both), "one thing that happened is one line"
    return both[0] + both[1]


def raised(problem: BaseException) -> BaseException:
    try:
        try:
            raise ValueError(SECRET)
        except ValueError as first:
            raise problem from first
    except BaseException as found:
        return found


class TestProblems:
    def test_it_says_which_and_where_and_not_what_about(self) -> None:
        line = line_of(raised(KeyError(SECRET)), says="%s in %s", args=("KeyError", "/s/{link}/{key}"))
        assert SECRET not in line
        assert "KeyError in /s/{link}/{key}" in line
        assert '"problem": ["KeyError", "ValueError"]' in line
        assert "tests/running/test_logs.py:" in line
        assert " raised" in line

    def test_an_exception_that_is_part_of_what_is_said_is_its_kind_alone(self) -> None:
        line = line_of(says="mail waits: %s", args=(RuntimeError(SECRET),))
        assert "mail waits: RuntimeError" in line
        assert SECRET not in line

    def test_of_several_it_says_which_they_were(self) -> None:
        line = line_of(raised(ExceptionGroup(SECRET, [raised(KeyError(SECRET)), OSError(28, "No space left")])))
        assert SECRET not in line
        assert '"problem": ["ExceptionGroup", "KeyError", "ValueError", "OSError: No space left", "ValueError"]' in line

    def test_words_about_the_machine_are_said(self) -> None:
        line = line_of(raised(StoreUnavailable("PostgreSQL cannot be reached")))
        assert "StoreUnavailable: PostgreSQL cannot be reached" in line
        full = line_of(raised(OSError(28, "No space left on device", f"/files/{SECRET}")))
        assert "OSError: No space left on device" in full
        assert SECRET not in full

    def test_it_knows_by_name_what_is_about_the_machine(self) -> None:
        ours = (CannotListen, StoreUnavailable, UnusableSetting)
        assert {f"{each.__module__}.{each.__qualname__}" for each in ours} == logs.WORDS_ARE_OURS


class TestWhatLibrariesSay:
    @pytest.mark.parametrize("name", ["asyncio", "httpx", "uvicorn.error", "aiosmtpd", "py.warnings"])
    def test_only_the_place_is_kept(self, name: str) -> None:
        line = line_of(name=name, says=f"GET /s/link/{SECRET} from %s", args=(SECRET,))
        assert SECRET not in line
        assert json.loads(line.partition("}")[0] + "}")["says"] == "said in voice/web/pages.py:7"


class TestWhatWeSay:
    def test_every_line_is_words_of_the_code_with_places_for_values(self) -> None:
        """A sentence that is put together before it is handed over would go round all that is left out above."""
        wrong = [where for where, words in _log_calls() if not isinstance(words, ast.Constant)]
        assert len(list(_log_calls())) > 20
        assert wrong == []


def _log_calls() -> Iterator[tuple[str, ast.expr]]:
    for path in sorted((ROOT / "voice").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "log"
                and node.func.attr in ("debug", "info", "warning", "error", "exception", "critical")
            ):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0]


class TestUncaught:
    def test_what_nobody_catches_is_told_in_the_same_way(self, caplog: pytest.LogCaptureFixture) -> None:
        problem = raised(RuntimeError(SECRET))
        logs._uncaught(type(problem), problem, problem.__traceback__)
        (record,) = caplog.records
        assert SECRET not in logs.AsJson().format(record)
        assert sys.excepthook is not logs._uncaught, "tests keep Python's own"
