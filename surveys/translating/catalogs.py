"""Catalogs (PO files) as entries: what each message says in a language, and who has confirmed it.

A confirmed message carries the comment ``Checked by NAME, DAY, HASH``. The hash is of the words that were
confirmed, so that a comment left above changed words confirms nothing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
from collections.abc import Collection, Iterable

import msgspec
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as PoMessage
from babel.messages.pofile import read_po, unescape, write_po

from surveys.translating import plurals
from surveys.translating.messages import Message, catalog_message, text_hash

_CHECKED = re.compile(r"Checked by (?P<name>.{1,120}), (?P<day>\d{4}-\d\d-\d\d), (?P<hash>[0-9a-f]{16})")
_BEFORE = re.compile(r'(?P<key>msgid(?:_plural)? )?\s*(?P<text>"(?:[^"\\]|\\.)*")')
_WIDEST = 9999


class Check(msgspec.Struct, frozen=True):
    """Who has confirmed words, and when."""

    name: str
    day: dt.date


class Entry(msgspec.Struct, frozen=True):
    """A message with its words; all ``forms`` are empty when there are none yet.

    ``is_old`` says that the words were made for other English (PO calls it fuzzy), ``before`` for which, if known.
    """

    message: Message
    forms: tuple[str, ...]
    check: Check | None = None
    is_old: bool = False
    before: tuple[str, ...] = ()

    @property
    def is_translated(self) -> bool:
        return all(form.strip() for form in self.forms)


class CatalogUnreadable(Exception):
    """This is no PO file."""


def read_catalog(content: bytes, language: str) -> list[Entry]:
    """The entries of a PO file. Raises :class:`CatalogUnreadable`."""
    try:
        messages = [each for each in read_po(io.BytesIO(content), locale=language, abort_invalid=True) if each.id]
    except Exception as problem:
        # Babel raises almost anything for what is no PO file.
        raise CatalogUnreadable from problem
    still_said = {_forms(each.id)[0] for each in messages}
    return [_entry(each, still_said, language) for each in messages]


def _entry(each: PoMessage, still_said: Collection[str], language: str) -> Entry:
    message = catalog_message(_forms(each.id), context=each.context or "", notes=each.auto_comments)
    forms = _forms(each.string)
    before = _read_before(each.user_comments) if each.fuzzy else ()
    if before and before[0] in still_said:
        # A new message was only like this one, which still has these words for itself.
        return Entry(message, ("",) * len(forms))
    return Entry(message, forms, read_check(each.user_comments, message, forms, language), each.fuzzy, before)


def _read_before(comments: Iterable[str]) -> tuple[str, ...]:
    """The English that fuzzy words were made for, as gettext tools write it: ``#| msgid "…"``."""
    kept = " ".join(comment.removeprefix("|") for comment in comments if comment.startswith("|"))
    found: list[str] = []
    for said in _BEFORE.finditer(kept):
        if said["key"] or not found:
            found.append("")
        found[-1] += unescape(said["text"])
    return tuple(found)


def _forms(said: object) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)  # type: ignore[arg-type]


def check_note(check: Check | None, message: Message, forms: Iterable[str], language: str) -> str:
    """How a file says who confirmed these words; empty when nobody did."""
    return f"Checked by {check.name}, {check.day}, {text_hash(message, forms, language)}" if check else ""


def read_check(notes: Iterable[str], message: Message, forms: Iterable[str], language: str) -> Check | None:
    """Who confirmed just these words, if one of the notes says so."""
    expected = text_hash(message, forms, language)
    for note in notes:
        found = _CHECKED.fullmatch(note.strip())
        if found and found["hash"] == expected:
            with contextlib.suppress(ValueError):  # there is no such day
                return Check(found["name"], dt.date.fromisoformat(found["day"]))
    return None


def write_catalog(entries: Iterable[Entry], language: str, *, drafted_by: str, now: dt.datetime) -> bytes:
    """A PO file of the entries. ``drafted_by`` goes to its header, as who translated it last."""
    catalog = Catalog(
        locale=language,
        project="golden-thread",
        copyright_holder="Golden Thread contributors",
        last_translator=drafted_by,
        language_team="Golden Thread contributors",
        creation_date=now,
        revision_date=now,
        fuzzy=False,
    )
    for entry in entries:
        message, check = entry.message, entry.check
        empty = ("",) * plurals.form_count(language) if message.is_plural else ("",)
        forms = entry.forms if any(entry.forms) else empty
        checked = check_note(check, message, forms, language)
        catalog.add(
            message.forms if message.is_plural else message.forms[0],
            forms if message.is_plural else forms[0],
            flags={"fuzzy"} if entry.is_old else (),
            auto_comments=message.notes,
            user_comments=(checked,) if checked else (),
            previous_id=entry.before,
            context=message.context or None,
        )
    out = io.BytesIO()
    write_po(out, catalog, sort_output=True, width=_WIDEST, include_previous=True)
    return out.getvalue()
