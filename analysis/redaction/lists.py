"""The sets of words that the rules of redaction read."""

from __future__ import annotations

from functools import lru_cache

from analysis.word_lists import rows_of


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    return {row["group"]: frozenset(row["words"].split(";")) for row in rows_of("redaction_words")}


def words_in(group: str) -> frozenset[str]:
    """The words of one group of `lists/redaction_words.csv`."""
    return _groups()[group]
