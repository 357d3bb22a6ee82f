"""Words that many people do not know, by how rare and how long they are and where they come from."""

import re
from functools import lru_cache

from wordfreq import zipf_frequency

from analysis.tokens import folded, words_of
from analysis.word_lists import rows_of

_RARE, _RARE_AND_LONG, _RARE_AND_LATIN = 3.2, 3.75, 4.25
"""Zipf frequencies (ten to the power of this, in a billion words; van Heuven, W. et al. (2014)) below which a word is
hard: any word, one of nine letters, and one of nine letters with a Latin ending."""

_LONG = 9

_SHORTEST_RARE = 6

_LATIN = re.compile(
    r".*(?:tion|sion|ment|ity|ance|ence|ancy|ency|ive|ate|ates|ated|ating|ise|ised|ising|isation|"
    r"ology|ical|ible|able|ous|ary|"
    r"ory|ative|atory|tions|ments|ities|ances|ences|ial|ual)s?"
)

_FAMILY = (
    ("ies", "y"),
    ("ers", ""),
    ("er", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("es", ""),
    ("s", ""),
    ("ly", ""),
)


def rare_words(line: str, explained: frozenset[str]) -> list[str]:
    """The hard words of a line but for the `explained` ones (in small letters) and for names."""
    found = list[str]()
    for place, word in enumerate(words_of(line)):
        said = word.text
        plain = folded(said).removesuffix("'s")
        if not plain.isascii() or not plain.isalpha() or plain in explained or len(plain) < _SHORTEST_RARE:
            continue
        is_a_name = said[0].isupper() and (place > 0 or not said[1:].islower())
        if not is_a_name and _is_hard(plain):
            found.append(said)
    return found


@lru_cache(maxsize=16384)
def _is_hard(word: str) -> bool:
    family = {word, *(word.removesuffix(ending) + new for ending, new in _FAMILY if word.endswith(ending))}
    if family & _easy_words():
        return False
    commonest = max(zipf_frequency(each, "en", wordlist="small") for each in family)
    if commonest < _RARE:
        return True
    if len(word) < _LONG:
        return False
    return commonest < _RARE_AND_LONG or (commonest < _RARE_AND_LATIN and _LATIN.fullmatch(word) is not None)


@lru_cache(maxsize=1)
def _easy_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows_of("easy_words"))
