"""Translations as a PO file, the format of the catalogs themselves."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from surveys.translating.catalogs import CatalogUnreadable, Entry, read_catalog, write_catalog
from surveys.translating.lines import LARGEST, MOST_LINES, FileProblem, Line
from surveys.translating.state import Translation

_LANGUAGE = re.compile(rb'^"Language: *([A-Za-z]+)', re.MULTILINE)


def write(found: Sequence[Translation], language: str, *, drafted_by: str, now: dt.datetime) -> bytes:
    """The words as they are said now. Stale ones are marked fuzzy; who confirmed a message stands above it."""
    entries = [
        Entry(each.message, each.forms, each.check, each.state == "stale", each.before[0] if each.before else ())
        for each in found
    ]
    return write_catalog(entries, language, drafted_by=drafted_by, now=now)


def read(content: bytes, language: str) -> list[Line]:
    """The lines of a PO file; what is marked fuzzy counts as not translated. Raises :class:`FileProblem`."""
    if len(content) > LARGEST:
        raise FileProblem("too_large")
    if b"msgid" not in content:
        raise FileProblem("not_this_format")
    said = _LANGUAGE.search(content)
    named = said[1].decode().lower() if said else ""
    if named != language:
        raise FileProblem("other_language" if named else "not_this_format")
    try:
        entries = read_catalog(content, language)
    except CatalogUnreadable as problem:
        raise FileProblem("not_this_format") from problem
    if len(entries) > MOST_LINES:
        raise FileProblem("too_many_lines")
    return [
        Line(
            place,
            entry.message.id,
            entry.message.forms,
            ("",) * len(entry.forms) if entry.is_old else entry.forms,
            None if entry.is_old else entry.check,
        )
        for place, entry in enumerate(entries, start=1)
    ]
