"""What somebody looks for, as words: read from what they typed, and written for the index of each database.

What people type is never a query of the database's own language: every letter of it is a letter of a word, or
parts two words.
"""

from __future__ import annotations

import re

import msgspec

from analysis.tokens import folded, normalised, word_texts

LONGEST_SEARCH = 300
MOST_TERMS = 12
LONGEST_WORD = 60
"""Letters of a word that count; far fewer than a database's index takes."""

MOST_WORDS = 10_000
"""Words of one voice that can be found. PostgreSQL tells apart sixteen thousand places."""

BEGINNINGS_FROM = 3
"""A word of so many letters finds every word that begins with it: "wait" finds "waiting"."""

_QUOTED = re.compile(r'"([^"]*)"')
_MARKS_OF_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})


class Term(msgspec.Struct, frozen=True):
    """Words that must stand one after the other. The last may go on when ``begins``."""

    words: tuple[str, ...]
    begins: bool


def words_in(text: str) -> list[str]:
    """The words of a text as they are found: without case, accents, vowel marks of Arabic and apostrophes."""
    found = (word.replace("'", "")[:LONGEST_WORD] for word in word_texts(folded(normalised(text))))
    return [word for word in found if word]


def terms_of(typed: str) -> tuple[Term, ...]:
    """What must be in a voice: each word, or its beginning; words between quote marks as they stand."""
    text = typed[:LONGEST_SEARCH].translate(_MARKS_OF_QUOTES)
    found: list[Term] = []
    for place, part in enumerate(_QUOTED.split(text)):
        words = words_in(part)
        if place % 2:
            found += [Term(tuple(words), begins=False)] if words else []
        else:
            found += [Term((word,), begins=len(word) >= BEGINNINGS_FROM) for word in words]
    return tuple(dict.fromkeys(found))[:MOST_TERMS]


def for_sqlite(terms: tuple[Term, ...]) -> str:
    """A query of FTS5. Our words hold letters, digits and marks alone, so nothing closes the quotes early."""
    return " AND ".join(f'"{" ".join(term.words)}"{" *" if term.begins else ""}' for term in terms)


def for_postgres(terms: tuple[Term, ...]) -> str:
    """A ``tsquery`` in writing."""
    return " & ".join(
        "(" + " <-> ".join(f"'{word}'" for word in term.words) + (":*" if term.begins else "") + ")" for term in terms
    )


def vector(words: list[str]) -> str:
    """A ``tsvector`` in writing: each word with its places, of which PostgreSQL keeps 255."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words[:MOST_WORDS], start=1):
        places.setdefault(word, []).append(place)
    return " ".join(f"'{word}':{','.join(map(str, at[:255]))}" for word, at in places.items())
