"""What translators and readers have done, laid over the catalogs so that every page says it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from surveys.bank import reading
from surveys.bank.concepts import Concept
from surveys.translating import bank_words, keeping
from surveys.translating.catalogs import Entry, read_catalog
from surveys.translating.state import Change, KeptCheck, State, Translation, counts, translations
from voice import languages
from voice.languages import LANGUAGES, SOURCE
from voice.storage import Store

TRANSLATED = tuple(code for code in LANGUAGES if code != SOURCE)


def entries(code: str) -> tuple[Entry, ...]:
    """The catalog of a language as it stands in its file, which a developer may have changed meanwhile."""
    return _entries(code, _changed_at(code))


def _changed_at(code: str) -> int:
    return languages.catalog_file(code).stat().st_mtime_ns


@lru_cache(maxsize=2 * len(LANGUAGES))
def _entries(code: str, changed_at: int) -> tuple[Entry, ...]:  # noqa: ARG001 - a changed file is read anew
    return tuple(read_catalog(languages.catalog_file(code).read_bytes(), code))


def incomplete_languages() -> frozenset[str]:
    """The languages in which some page would show English, because a message has no words yet."""
    return frozenset(code for code in TRANSLATED if not _says_all(code, _changed_at(code), languages.turn(code)))


@lru_cache(maxsize=2 * len(LANGUAGES))
def _says_all(code: str, changed_at: int, turn: int) -> bool:  # noqa: ARG001 - other words are looked through anew
    return all(languages.says(code, entry.message) for entry in _entries(code, changed_at))


async def translations_in(store: Store, code: str) -> list[Translation]:
    """Every message with what it says in this language now, in the order of its catalog."""
    known = await asyncio.to_thread(entries, code)
    kept = await store.read(lambda: _kept(code, known))
    return await asyncio.to_thread(_translations, code, known, kept)


async def translations_now(code: str, known: Sequence[Entry]) -> list[Translation]:
    """``translations_in`` inside a unit of the store; ``known`` are the ``entries`` of the language."""
    return _translations(code, known, await _kept(code, known))


async def counted(store: Store) -> dict[str, dict[State, int]]:
    """How many messages stand where in each language. The bank is read once for all of them."""
    known = {code: await asyncio.to_thread(entries, code) for code in TRANSLATED}

    async def unit() -> dict[str, _Kept]:
        bank = await reading.concepts(languages=LANGUAGES)
        return {code: await _kept(code, known[code], bank) for code in TRANSLATED}

    kept = await store.read(unit)
    return await asyncio.to_thread(
        lambda: {code: counts(_translations(code, known[code], kept[code])) for code in TRANSLATED}
    )


class _Kept(msgspec.Struct, frozen=True):
    """What the store knows of a language: by message id what was changed and confirmed, and the bank's words."""

    changes: dict[str, Change]
    checks: dict[str, KeptCheck]
    bank: list[Entry]


async def _kept(code: str, known: Sequence[Entry], bank: Sequence[Concept] | None = None) -> _Kept:
    """Runs inside a unit. ``bank`` are the concepts, where they have been read already."""
    english = {entry.message.forms[0] for entry in known}
    return _Kept(
        changes=await keeping.changes(code),
        checks=await keeping.checks(code),
        bank=await bank_words.bank_entries(code, english, bank),
    )


def _translations(code: str, known: Sequence[Entry], kept: _Kept) -> list[Translation]:
    bank = {entry.message.id for entry in kept.bank}
    changes = {id: change for id, change in kept.changes.items() if id in bank}
    return [*_of_catalog(code, known, kept), *translations(kept.bank, changes, kept.checks, code)]


_laid_over: dict[str, tuple[tuple[object, ...], list[Translation]]] = {}


def _of_catalog(code: str, known: Sequence[Entry], kept: _Kept) -> list[Translation]:
    """Where the messages of the catalog stand: found anew only when the catalog or what is kept has changed."""
    whole = not languages.says_machine(languages.catalog(code).info())
    made_of = (known, kept.changes, kept.checks, whole)
    before = _laid_over.get(code)
    if before is None or before[0][0] is not known or before[0][1:] != made_of[1:]:
        made = translations(known, kept.changes, kept.checks, code, whole_is_checked=whole)
        before = _laid_over[code] = (made_of, made)
    return before[1]


async def speak_as_translated(store: Store) -> None:
    """From now on pages say what translators wrote, and call a language checked when every message is confirmed."""
    touched = await store.read(keeping.changed_languages)
    checked = []
    for code in TRANSLATED:
        found = await translations_in(store, code) if code in touched else []
        languages.lay_over(
            code,
            [
                (each.message, each.forms)
                for each in found
                if each.changed_by and each.state != "stale" and bank_words.place_of(each.message) is None
            ],
        )
        if found and counts(found)["confirmed"] == len(found):
            checked.append(code)
    languages.set_checked(checked)
