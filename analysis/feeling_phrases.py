"""Phrases that carry feeling in British families' comments and that general lexicons miss or read the wrong
way.

They are listed in `lists/feelings.csv`: phrase, kind, and a weight from 1 (a hint) to 3 (a grievance or
high praise). A `*` lets a word go on ("wait*"); `#` stands for a number in figures or words.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from analysis.tokens import folded
from analysis.word_lists import rows_of

NUMBER = "#"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words with a weight; `kind` is praise, grievance or wish (what an answer asks for)."""

    kind: str
    words: tuple[str, ...]
    weight: float


_NUMBER_WORD = re.compile(
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|"
    r"forty|sixty|several|many|an|few|couple"
)


class FeelingPhrases:
    """Finds the phrases in a list of words; at each place the longest phrase wins."""

    def __init__(self) -> None:
        self._exact: dict[str, list[Phrase]] = defaultdict(list)
        self._beginnings: list[Phrase] = []
        self._after_number: list[Phrase] = []
        for row in rows_of("feelings"):
            self._add(Phrase(row["kind"], tuple(folded(row["phrase"]).split()), float(row["weight"])))
        self._known: dict[str, tuple[Phrase, ...]] = {}

    def at(self, words: list[str], position: int) -> Phrase | None:
        """The longest phrase that begins with the word at `position` of folded words."""
        word = words[position]
        beginning = self._known.get(word)
        if beginning is None:
            beginning = self._beginning_with(word)
        for phrase in beginning:
            if len(phrase.words) == 1:
                return phrase
            following = words[position : position + len(phrase.words)]
            if len(following) == len(phrase.words) and all(map(_is_said, phrase.words, following)):
                return phrase
        return None

    def _add(self, phrase: Phrase) -> None:
        first = phrase.words[0]
        if first == NUMBER:
            self._after_number.append(phrase)
        elif first.endswith("*"):
            self._beginnings.append(phrase)
        else:
            self._exact[first].append(phrase)

    def _beginning_with(self, word: str) -> tuple[Phrase, ...]:
        phrases = list(self._exact.get(word, ()))
        phrases += [phrase for phrase in self._beginnings if _is_said(phrase.words[0], word)]
        phrases += self._after_number if is_number(word) else []
        known = self._known[word] = tuple(sorted(phrases, key=lambda phrase: -len(phrase.words)))
        return known


def is_number(word: str) -> bool:
    """Whether a word is a number, in figures or as a word families use for one."""
    return word[0].isdigit() or _NUMBER_WORD.fullmatch(word) is not None


def _is_said(part: str, word: str) -> bool:
    if part == NUMBER:
        return is_number(word)
    return word.startswith(part[:-1]) if part.endswith("*") else word == part
