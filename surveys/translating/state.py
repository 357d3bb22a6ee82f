"""Where each message stands in a language: missing, stale, not yet confirmed, or confirmed by a named reader."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

import msgspec

from surveys.translating.catalogs import Check, Entry
from surveys.translating.messages import Message, text_hash

State = Literal["missing", "stale", "unconfirmed", "confirmed"]
STATES: tuple[State, ...] = get_args(State)

_ALIKE = 0.6
"""How much of its English an old message must share with a new one to be shown as what it said before."""


class Change(msgspec.Struct, frozen=True):
    """Words that somebody put in place of the catalog's, for the English in ``source``."""

    message: str
    source: tuple[str, ...]
    forms: tuple[str, ...]
    by: str


class KeptCheck(msgspec.Struct, frozen=True):
    """A confirmation as it is kept: it holds for the words with this hash only."""

    message: str
    text_hash: str
    check: Check


class Translation(msgspec.Struct, frozen=True):
    """A message as it is said in a language now.

    ``before`` is the English that stale words were made for, with those words. ``changed_by`` is empty for
    words of the catalog.
    """

    message: Message
    forms: tuple[str, ...]
    state: State
    check: Check | None = None
    changed_by: str = ""
    before: tuple[tuple[str, ...], tuple[str, ...]] | None = None

    @property
    def seen(self) -> str:
        """What a form says of the words that it was made from: it differs when somebody changed or confirmed them."""
        return text_hash(self.message, (*self.forms, self.check.name if self.check else ""), "")


def translations(
    entries: Iterable[Entry],
    changes: Mapping[str, Change],
    checks: Mapping[str, KeptCheck],
    language: str,
    *,
    whole_is_checked: bool = False,
) -> list[Translation]:
    """Every message of a catalog as it is said now; ``changes`` and ``checks`` are by message id.

    ``whole_is_checked`` says that a native reader put their name to the catalog as a whole. The words of a
    message whose English has changed are stale: they are kept beside the new English and not said any more.
    """
    known = list(entries)
    ids = {entry.message.id for entry in known}
    gone = [change for change in changes.values() if change.message not in ids]
    return [_translation(entry, changes, checks, gone, language, whole_is_checked) for entry in known]


def _translation(
    entry: Entry,
    changes: Mapping[str, Change],
    checks: Mapping[str, KeptCheck],
    gone: list[Change],
    language: str,
    whole_is_checked: bool,
) -> Translation:
    message = entry.message
    change = changes.get(message.id)
    if change is not None and change.source != message.forms:
        return Translation(message, change.forms, "stale", changed_by=change.by, before=(change.source, change.forms))
    if change is None and entry.is_old and not _is_checked(checks, message, entry.forms, language):
        return Translation(message, entry.forms, "stale", before=(entry.before, entry.forms) if entry.before else None)
    if change is None and not entry.is_translated:
        before = _said_before(message, gone)
        return Translation(message, entry.forms, "stale" if before else "missing", before=before)
    forms = change.forms if change else entry.forms
    check = checks[message.id].check if _is_checked(checks, message, forms, language) else None
    if check is None and forms == entry.forms:
        check = entry.check
    confirmed = check is not None or (whole_is_checked and change is None)
    return Translation(
        message, forms, "confirmed" if confirmed else "unconfirmed", check, changed_by=change.by if change else ""
    )


def _is_checked(checks: Mapping[str, KeptCheck], message: Message, forms: tuple[str, ...], language: str) -> bool:
    kept = checks.get(message.id)
    return kept is not None and kept.text_hash == text_hash(message, forms, language)


def _said_before(message: Message, gone: list[Change]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """What a message that is no longer there said, when its English was much like this one's."""
    likest, best = None, _ALIKE
    for change in gone:
        share = difflib.SequenceMatcher(None, change.source[0], message.forms[0], autojunk=False).ratio()
        if share >= best and len(change.source) == len(message.forms):
            likest, best = change, share
    return (likest.source, likest.forms) if likest else None


def counts(found: Iterable[Translation]) -> dict[State, int]:
    """How many messages stand where; every state is named."""
    counted = Counter(each.state for each in found)
    return {state: counted[state] for state in STATES}
