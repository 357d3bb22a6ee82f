"""Where people meet a message: kinds of pages, told from the files that say it."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from voice.settings import ROOT

Where = Literal["answering", "paper", "class", "lead", "signing_in", "everybody", "staff", "many"]

_BEGINNINGS: tuple[tuple[Where, tuple[str, ...]], ...] = (
    (
        "answering",
        (
            "templates/respond/",
            "templates/questions/",
            "templates/offline/",
            "voice/web/respond/",
            "voice/web/offline.py",
            "surveys/question_types/",
        ),
    ),
    ("paper", ("templates/paper/", "voice/web/paper_form.py", "voice/paper/")),
    ("class", ("templates/facilitate/", "voice/web/facilitate/")),
    ("lead", ("templates/lead/", "voice/web/lead/")),
    ("signing_in", ("templates/people/", "voice/people/", "voice/web/sign_in/")),
    ("everybody", ("templates/home.html", "templates/safe.html", "templates/credits.html", "templates/problem.html")),
    (
        "staff",
        (
            "templates/work/",
            "templates/manage/",
            "voice/web/work/",
            "voice/web/manage/",
            "voice/web/translate/",
            "voice/web/import_words.py",
            "voice/web/exchange_words.py",
        ),
    ),
)
_STRING = r'"(?:[^"\\\n]|\\.)*"'
_SAYS = re.compile(rf"\b(?:_|ngettext|words)\(\s*({_STRING}(?:\s*{_STRING})*)")


def where(english: str) -> Mapping[Where, tuple[str, ...]]:
    """The kinds of pages that say just this, each with the files; empty when no file does."""
    found: dict[Where, tuple[str, ...]] = {}
    for file in _files_that_say().get(english, ()):
        kind = _kind_of(file)
        found[kind] = (*found.get(kind, ()), file)
    return found


def _kind_of(file: str) -> Where:
    return next((kind for kind, beginnings in _BEGINNINGS if file.startswith(beginnings)), "many")


@cache
def _files_that_say() -> dict[str, tuple[str, ...]]:
    """By English, the pages and the code that say it; surveys to start from are told by ``usage``."""
    found: dict[str, list[str]] = {}
    pages = [*(ROOT / "templates").rglob("*.html")]
    code = [*(ROOT / "voice").rglob("*.py"), *(ROOT / "surveys" / "question_types").rglob("*.py")]
    for path in sorted([*pages, *code]):
        file = path.relative_to(ROOT).as_posix()
        for said in _SAYS.findall(path.read_text(encoding="utf-8")):
            english = ast.literal_eval(f"({said})")
            if file not in found.setdefault(english, []):
                found[english].append(file)
    return {english: tuple(files) for english, files in found.items()}
