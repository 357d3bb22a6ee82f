"""What translators and readers have done, laid over the catalogs so that every page says it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import lru_cache

from surveys.translating import bank_words, keeping
from surveys.translating.catalogs import Entry, read_catalog
from surveys.translating.state import Translation, counts, translations
from voice import languages
from voice.languages import LANGUAGES, SOURCE
from voice.storage import Store

TRANSLATED = tuple(code for code in LANGUAGES if code != SOURCE)


def entries(code: str) -> tuple[Entry, ...]:
    """The catalog of a language as it stands in its file, which a developer may have changed meanwhile."""
    return _entries(code, languages.catalog_file(code).stat().st_mtime_ns)


@lru_cache(maxsize=2 * len(LANGUAGES))
def _entries(code: str, changed_at: int) -> tuple[Entry, ...]:  # noqa: ARG001 - a changed file is read anew
    return tuple(read_catalog(languages.catalog_file(code).read_bytes(), code))


def incomplete_languages() -> frozenset[str]:
    """The languages in which some page would show English, because a message has no words yet."""
    return frozenset(
        code for code in TRANSLATED if not all(languages.says(code, entry.message) for entry in entries(code))
    )


async def translations_in(store: Store, code: str) -> list[Translation]:
    """Every message with what it says in this language now, in the order of its catalog."""
    known = await asyncio.to_thread(entries, code)
    return await store.read(lambda: translations_now(code, known))


async def translations_now(code: str, known: Sequence[Entry]) -> list[Translation]:
    """``translations_in`` inside a unit of the store; ``known`` are the ``entries`` of the language."""
    changes = await keeping.changes(code)
    checks = await keeping.checks(code)
    whole = not languages.says_machine(languages.catalog(code).info())
    bank = await bank_words.bank_entries(code, {entry.message.forms[0] for entry in known})
    return [
        *translations(known, changes, checks, code, whole_is_checked=whole),
        *translations(
            bank,
            {entry.message.id: changes[entry.message.id] for entry in bank if entry.message.id in changes},
            checks,
            code,
        ),
    ]


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
