"""The words of a code frame found in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analysis.code_frame import CodeFrame
from analysis.known_terms import ByWord
from analysis.tokens import folded, normalised, spans_of_words, word_texts

_SHORT_WORD = 3
_KNOWN_BY = 2  # letters of a phrase's second word; one that is only the beginning of a word has more
_LETTERS_READ = 50_000  # some 9,000 words: a report, whose beginning says what it is about
_LONGEST_ABBREVIATION = 8
_PLURALS = ("", "s", "es", "'s")


@dataclass(frozen=True, slots=True)
class Mention:
    """A keyword of a theme found in a text: the words as they were written, and how much they weigh."""

    theme_id: str
    words: str
    start: int
    weight: int


class _Phrase(NamedTuple):
    rest: tuple[str, ...]
    last_is_whole: bool
    theme_id: str


class _Begun(NamedTuple):
    """What a word begins: the themes it speaks for alone, and phrases by how their second word begins."""

    themes: tuple[str, ...]
    phrases: Mapping[str, Sequence[_Phrase]]


class KeywordFinder:
    """Finds the keywords of a code frame, without regard to case and accents.

    A keyword is the beginning of a word or of the last word of a phrase. One written in capitals ("OT") or
    of three letters or fewer ("bus") is the whole word or its plural, since it begins too many others.
    Where keywords of several themes begin the same word, the longest speaks for it: "listened" is not about
    a "list".
    """

    def __init__(self, code_frame: CodeFrame) -> None:
        self._beginnings: dict[str, list[str]] = defaultdict(list)
        self._whole: dict[str, list[str]] = defaultdict(list)
        # By their first word and the beginning of their second: many phrases begin with the same word ("no", "the").
        self._phrases: dict[str, dict[str, list[_Phrase]]] = {}
        self._longest_beginning = 0
        for theme in code_frame.themes:
            for keyword in theme.keywords:
                self._add(keyword, theme.theme_id)
        self._known = ByWord(self._begun_by)

    def mentions(self, text: str) -> list[Mention]:
        """Every mention in a normalised text, in order; what stands after 50,000 letters is not read."""
        text = text[:_LETTERS_READ]
        search = folded(text)
        words = word_texts(search)
        last = len(words) - 1
        hits = list[tuple[int, tuple[str, ...], Sequence[tuple[str, int]]]]()
        for position, begins in enumerate(map(self._known.__getitem__, words)):
            if begins is None:
                continue
            phrases: Sequence[tuple[str, int]] = ()
            if position < last and (possible := begins.phrases.get(words[position + 1][:_KNOWN_BY])):
                phrases = _phrases_said(possible, words, position)
            if begins.themes or phrases:
                hits.append((position, begins.themes, phrases))
        if not hits:
            return []
        places = spans_of_words(search)
        written = text if len(search) == len(text) else search
        found = list[Mention]()
        for position, themes, phrases in hits:
            start, end = places[position]
            for theme_id in themes:
                found.append(Mention(theme_id, written[start:end], start, 1))
            for theme_id, length in phrases:
                said = written[start : places[position + length - 1][1]]
                found.append(Mention(theme_id, " ".join(said.split()), start, length))
        return found

    def _add(self, keyword: str, theme_id: str) -> None:
        parts = tuple(word_texts(folded(normalised(keyword))))
        if not parts:
            return
        letters = keyword.replace(" ", "")
        whole = len(letters) <= _SHORT_WORD or (letters.isupper() and len(letters) <= _LONGEST_ABBREVIATION)
        if len(parts) > 1:
            phrase = _Phrase(parts[1:], len(parts[-1]) <= _SHORT_WORD, theme_id)
            self._phrases.setdefault(parts[0], {}).setdefault(parts[1][:_KNOWN_BY], []).append(phrase)
        elif whole:
            for plural in _PLURALS:
                self._whole[parts[0] + plural].append(theme_id)
        else:
            self._beginnings[parts[0]].append(theme_id)
            self._longest_beginning = max(self._longest_beginning, len(parts[0]))

    def _begun_by(self, word: str) -> _Begun | None:
        themes, phrases = self._themes_of(word), self._phrases.get(word)
        return _Begun(themes, phrases or {}) if themes or phrases else None

    def _themes_of(self, word: str) -> tuple[str, ...]:
        if word in self._whole:
            return tuple(dict.fromkeys(self._whole[word]))
        for length in range(min(len(word), self._longest_beginning), 0, -1):
            if word[:length] in self._beginnings:
                return tuple(dict.fromkeys(self._beginnings[word[:length]]))
        return ()


def _phrases_said(possible: Sequence[_Phrase], words: list[str], position: int) -> list[tuple[str, int]]:
    """The themes whose phrases begin at this word, with the number of words of each phrase."""
    found = list[tuple[str, int]]()
    for phrase in possible:
        following = tuple(words[position + 1 : position + 1 + len(phrase.rest)])
        if following[:-1] != phrase.rest[:-1]:
            continue
        ends, with_what = following[-1], phrase.rest[-1]
        if ends == with_what or (not phrase.last_is_whole and ends.startswith(with_what)):
            found.append((phrase.theme_id, 1 + len(phrase.rest)))
    return found
