"""Names that the partnership knows: schools and places in what it stores, its staff, and what a person hid before.

Nothing is kept for this: the list is made anew from what is there. Functions run inside a unit of the store.
"""

from __future__ import annotations

import re

import msgspec

from voice.evidence.hidden_words import hidden_words
from voice.evidence.tables import Voice
from voice.people.tables import Member

SHORTEST = 3
MOST = 2000
_NAMED = re.compile(r"([a-z]{2,20})[._]([a-z]{2,20})")
_LARGEST_NAME = 5  # words


class Known(msgspec.Struct, frozen=True):
    """``kind`` is ``PERSON`` or ``SCHOOL_OR_PLACE``."""

    words: str
    kind: str


async def known_names() -> tuple[Known, ...]:
    """The names, each once and in order."""
    found = {
        *(Known(words, "SCHOOL_OR_PLACE") for words in await _places()),
        *(Known(words, "PERSON") for words in await _staff()),
        *await _hidden_before(),
    }
    fit = [each for each in found if len(each.words) >= SHORTEST]
    return tuple(sorted(fit, key=lambda each: (each.words, each.kind))[:MOST])


async def _places() -> set[str]:
    rows = await Voice.raw(
        'SELECT "setting" AS "setting" FROM "voice" UNION SELECT "setting" FROM "session" '
        'UNION SELECT "setting" FROM "submission" UNION SELECT "setting" FROM "class_session"'
    )
    return {row["setting"].strip() for row in rows if row["setting"]}


async def _staff() -> set[str]:
    """First and last names in addresses such as ``jane.smith@…``; other addresses name a post or a team."""
    rows = await Member.select(Member.email)
    found = (_NAMED.fullmatch(row["email"].partition("@")[0].lower()) for row in rows)
    names = [[part.capitalize() for part in match.groups()] for match in found if match]
    return {words for each in names for words in (" ".join(each), *each)}


async def _hidden_before() -> set[Known]:
    """Names that a person hid in quotes that are released. Words in small letters are none."""
    rows = await Voice.raw(
        'SELECT v."text" AS "text", d."shown" AS "shown" FROM "quote_decision" AS d JOIN "voice" AS v '
        'ON v."id" = d."voice" WHERE d."decision" = \'released\' AND v."text" IS NOT NULL AND v."text" <> d."shown"'
    )
    kinds = {"[name]": "PERSON", "[school or place]": "SCHOOL_OR_PLACE"}
    found = set()
    for row in rows:
        for each in hidden_words(row["text"], row["shown"]) or ():
            words = row["text"][each.start : each.end]
            if each.stands_in in kinds and _is_name(words):
                found.add(Known(words, kinds[each.stands_in]))
    return found


def _is_name(words: str) -> bool:
    parts = words.split()
    return 0 < len(parts) <= _LARGEST_NAME and all(part[0].isalpha() and not part[0].islower() for part in parts)
