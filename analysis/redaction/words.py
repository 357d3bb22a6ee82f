"""The words of a text with what names need to know of them: where they stand, and how they are written."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache

from analysis.redaction.vocabulary import Known, known

_WORD = re.compile(r"[^\W\d_]+[\u0300-\u036f]*(?:['’`-][^\W\d_]+[\u0300-\u036f]*)*")
_ENDS_SENTENCE = re.compile(r"[.!?…\n•*|]|:\s*$|[.!?…:]?[\"“”‘]\s*$|^\s*[-–]\s*$")
_FEWEST = 5


@dataclass(slots=True)
class Word:
    """A word from ``start`` to ``end``, without the 's that it may own something by; ``gap`` is what stands between it
    and the word before. ``cap`` says that it is written with a capital which means something."""

    text: str
    low: str
    start: int
    end: int
    gap: str
    is_possessive: bool
    begins: bool
    """It begins a sentence, so its capital says little."""
    cap: bool
    caps: bool
    """All of its letters are capitals, or some inside it ("NQTs", but not "McCabe")."""
    known: Known


def words_of(text: str) -> list[Word]:
    words: list[Word] = []
    at = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        gap = text[at:start]
        at = end
        word, low, possessive, cap, caps, of_it = _seen(match.group())
        end = start + len(word)
        begins = not words or (gap != " " and bool(_ENDS_SENTENCE.search(gap)))
        # "Mrs. Khan" and "J. Khan" begin no sentence
        if begins and words and gap.strip() == "." and (len(words[-1].text) == 1 or words[-1].low in _SHORT):
            begins = False
        words.append(Word(word, low, start, end, gap, possessive, begins, cap, caps, of_it))
    if not _capitals_mean_something(words):
        for each in words:
            each.cap = each.caps = False
    return words


@lru_cache(maxsize=50_000)
def _seen(whole: str) -> tuple[str, str, bool, bool, bool, Known]:
    """What can be said of a word by itself."""
    possessive = len(whole) > 2 and whole[-2:] in ("'s", "’s", "`s", "'S", "’S", "`S")
    word = whole[:-2] if possessive else whole
    name, _, ending = word.replace("’", "'").partition("'")
    if name[:1].isupper() and ending in ("d", "ll", "ve") and known(name.lower()).is_own:
        word = name  # "Gabe'd rather", "Ava'll come"
    low = word.lower().replace("’", "'").replace("`", "'")
    return word, low, possessive, word[:1].isupper(), _is_shouted(word), known(low)


def _is_shouted(word: str) -> bool:
    if len(word) < 2 or word.istitle() or word.islower():
        return False
    return word.isupper() or (word[1:] != word[1:].lower() and not _CAMEL_NAME.match(word))


_CAMEL_NAME = re.compile(
    r"(?:Mc|Mac|Fitz|De|Di|Da|Le|La|Van|Von|Abd|Al|El|Ni|Ap)[A-Z][a-z]|[A-Z]['’`]|[^-]+-|"
    r"[A-Z][a-z]{2,}[A-Z][a-z]{2,}$"
)
_SHORT = frozenset({"mr", "mrs", "ms", "dr", "prof", "st", "mx", "rev", "cllr", "no", "approx", "eg", "ie", "vs"})


def _capitals_mean_something(words: list[Word]) -> bool:
    """Not where everything is shouted, or Every Word Is Written Like This."""
    if len(words) >= 3 and sum(each.caps for each in words if len(each.text) > 1) > 0.7 * sum(
        len(each.text) > 1 for each in words
    ):
        return False
    small = [each.cap for each in words if not each.begins and each.known.is_function and each.low.split("'")[0] != "i"]
    return sum(small) < 2 or sum(small) <= 0.6 * len(small)


class Reading:
    """A text, its words, and which of them are public names or have been told already."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words_of(text)
        self.is_done = [False] * len(self.words)

    @cached_property
    def is_english(self) -> bool:
        """Whether most of its words are; names are not counted against it."""
        plain = [each for each in self.words if not (each.cap and not each.begins) and len(each.text) > 1]
        return len(plain) < _FEWEST or sum(each.known.is_ordinary for each in plain) >= 0.5 * len(plain)

    @cached_property
    def is_wild(self) -> bool:
        """Whether ordinary words inside sentences are written with capitals now and then."""
        return sum(each.cap and not each.begins and not each.caps and _is_plain(each) for each in self.words) >= 2

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    def first_from(self, start: int) -> int:
        """The place of the first word that starts there or after; the number of words if there is none."""
        return bisect_left(self._starts, start)

    def at(self, place: int) -> Word | None:
        return self.words[place] if 0 <= place < len(self.words) else None


def _is_plain(word: Word) -> bool:
    of_it = word.known
    return (word.low not in ("i", "ok") and of_it.is_function) or (
        of_it.is_ordinary and of_it.is_verb and not of_it.also
    )
