"""Phrases that carry feeling in British families' comments and that general lexicons miss or read the wrong
way.

They are listed in `lists/feelings.csv`: phrase, kind, and a weight from 1 (a hint) to 3 (a grievance or
high praise). A `*` lets a word go on ("wait*"); `#` stands for a number in figures or words.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from analysis.known_terms import ByWord
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


class _Beginning(NamedTuple):
    """The phrases that a word begins: those of several words by the second, if it can be told, else ``others``; and
    one that is the word alone.
    """

    by_second: dict[str, tuple[Phrase, ...]]
    others: tuple[Phrase, ...]
    alone: Phrase | None


class FeelingPhrases:
    """Finds the phrases in a list of words; at each place the longest phrase wins."""

    def __init__(self) -> None:
        self._exact: dict[str, list[Phrase]] = defaultdict(list)
        self._beginnings: list[Phrase] = []
        self._after_number: list[Phrase] = []
        for row in rows_of("feelings"):
            self._add(Phrase(row["kind"], tuple(folded(row["phrase"]).split()), float(row["weight"])))
        self._known = ByWord(self._beginning_with)

    def among(self, words: list[str]) -> list[tuple[int, Phrase]]:
        """The phrases in folded words, each with the place of its first word; no two of them share a word."""
        found = list[tuple[int, Phrase]]()
        free = 0
        for position, beginning in enumerate(map(self._known.__getitem__, words)):
            if beginning is None or position < free:
                continue
            phrase = _longest(beginning, words, position)
            if phrase is not None:
                found.append((position, phrase))
                free = position + len(phrase.words)
        return found

    def _add(self, phrase: Phrase) -> None:
        first = phrase.words[0]
        if first == NUMBER:
            self._after_number.append(phrase)
        elif first.endswith("*"):
            self._beginnings.append(phrase)
        else:
            self._exact[first].append(phrase)

    def _beginning_with(self, word: str) -> _Beginning | None:
        phrases = list(self._exact.get(word, ()))
        phrases += [phrase for phrase in self._beginnings if _is_said(phrase.words[0], word)]
        phrases += self._after_number if is_number(word) else []
        if not phrases:
            return None
        phrases.sort(key=lambda phrase: -len(phrase.words))
        longer = [phrase for phrase in phrases if len(phrase.words) > 1]
        return _Beginning(
            {
                second: tuple(phrase for phrase in longer if _is_open(phrase.words[1]) or phrase.words[1] == second)
                for second in {phrase.words[1] for phrase in longer if not _is_open(phrase.words[1])}
            },
            tuple(phrase for phrase in longer if _is_open(phrase.words[1])),
            next((phrase for phrase in phrases if len(phrase.words) == 1), None),
        )


def _longest(beginning: _Beginning, words: list[str], position: int) -> Phrase | None:
    if position + 1 < len(words):
        for phrase in beginning.by_second.get(words[position + 1], beginning.others):
            following = words[position + 1 : position + len(phrase.words)]
            if len(following) == len(phrase.words) - 1 and all(map(_is_said, phrase.words[1:], following)):
                return phrase
    return beginning.alone


def _is_open(part: str) -> bool:
    """Whether many words can stand for it."""
    return part == NUMBER or part.endswith("*")


def is_number(word: str) -> bool:
    """Whether a word is a number, in figures or as a word families use for one."""
    return word[0].isdigit() or _NUMBER_WORD.fullmatch(word) is not None


def _is_said(part: str, word: str) -> bool:
    if part == NUMBER:
        return is_number(word)
    return word.startswith(part[:-1]) if part.endswith("*") else word == part
