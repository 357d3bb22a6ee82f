"""What the product writes into its log: one line for each thing that happened, and nothing that anybody said or is.

An exception's own words may hold an answer, a name or the key in an address. So a line says what kind of problem there
was and where in the code, and its words only where we wrote them (``WORDS_ARE_OURS``). Of what libraries log, the words
are left out too, for they may hold an address that somebody asked for.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from voice.settings import ROOT, Settings

WORDS_ARE_OURS = frozenset(
    {
        "voice.running.listening.CannotListen",
        "voice.settings.UnusableSetting",
        "voice.storage.store.StoreUnavailable",
    }
)
"""Problems whose words say what is wrong with the machine. By name, so that the supervisor need not load them."""

OURS = ("voice", "surveys", "analysis")
MOST_PLACES = 12
"""Of a problem, those nearest to where it happened."""

_INSTALLED = "site-packages"


def begin(settings: Settings) -> None:
    """From now on this process writes its log to standard error, as ``settings.log`` says: ``text`` or ``json``.

    Who develops the product sees everything that Python knows, as Python writes it.
    """
    if settings.development:
        return
    writing = logging.StreamHandler()
    writing.setFormatter(AsJson() if settings.log == "json" else AsText())
    logging.basicConfig(handlers=[writing], level=logging.WARNING, force=True)
    logging.getLogger("voice").setLevel(logging.INFO)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_a_thread


class AsJson(logging.Formatter):
    """A line of JSON: ``time`` to the second (UTC), ``level``, ``process``, ``from``, ``says``, and of a problem its
    kinds (``problem``) and the places in the code (``at``)."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(told(record), ensure_ascii=False)


class AsText(logging.Formatter):
    """The same for people to read."""

    def format(self, record: logging.LogRecord) -> str:
        line = told(record)
        words = f"{line['time']} {line['level']} {line['process']} {line['from']}: {line['says']}"
        problem = f" [{', '.join(line['problem'])}]" if "problem" in line else ""
        return words + problem + (f" at {' < '.join(reversed(line['at']))}" if line.get("at") else "")


def told(record: logging.LogRecord) -> dict[str, Any]:
    is_ours = record.name.split(".")[0] in OURS
    line: dict[str, Any] = {
        "time": dt.datetime.fromtimestamp(int(record.created), dt.UTC).isoformat().replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "process": record.process,
        "from": record.name,
        "says": _words(record) if is_ours else f"said in {_short(record.pathname)}:{record.lineno}",
    }
    problem = record.exc_info[1] if record.exc_info else None
    if problem is not None:
        line["problem"] = [_kind(each) for each in _chain(problem)]
        line["at"] = _places(problem.__traceback__)
    return line


def _words(record: logging.LogRecord) -> str:
    given = record.args or ()
    if isinstance(given, Mapping):
        return str(record.msg)
    return str(record.msg) % tuple(_kind(each) if isinstance(each, BaseException) else each for each in given)


def _kind(problem: BaseException) -> str:
    if f"{type(problem).__module__}.{type(problem).__qualname__}" in WORDS_ARE_OURS:
        return f"{type(problem).__name__}: {problem}"
    if isinstance(problem, OSError) and problem.strerror:
        return f"{type(problem).__name__}: {problem.strerror}"  # without the name of the file
    return type(problem).__name__


def _chain(problem: BaseException) -> Iterator[BaseException]:
    """The problem, those that it is a group of, and those that led to it."""
    seen: set[int] = set()
    each: BaseException | None = problem
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        if isinstance(each, BaseExceptionGroup):
            for one in each.exceptions:
                yield from _chain(one)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-MOST_PLACES:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(path: str) -> str:
    """A file of ours below the checkout, one of a library below where it is installed."""
    parts = Path(path).parts
    if _INSTALLED in parts:
        return "/".join(parts[parts.index(_INSTALLED) + 1 :])
    return str(Path(path).relative_to(ROOT)) if Path(path).is_relative_to(ROOT) else Path(path).name


def _uncaught(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("voice").critical("nobody has caught this", exc_info=(kind, problem, trace))


def _uncaught_in_a_thread(given: threading.ExceptHookArgs) -> None:
    if given.exc_value is not None and not isinstance(given.exc_value, SystemExit):
        _uncaught(given.exc_type, given.exc_value, given.exc_traceback)
