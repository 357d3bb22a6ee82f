"""The words of a code frame found in a text."""

from collections import defaultdict
from dataclasses import dataclass

from analysis.code_frame import CodeFrame
from analysis.tokens import folded, normalised, word_texts, words_of

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
        self._phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], bool, str]]] = defaultdict(list)
        self._begins_phrase = set[str]()
        self._longest_beginning = 0
        for theme in code_frame.themes:
            for keyword in theme.keywords:
                self._add(keyword, theme.theme_id)
        self._known: dict[str, tuple[str, ...]] = {}

    def mentions(self, text: str) -> list[Mention]:
        """Every mention in a normalised text, in order; what stands after 50,000 letters is not read."""
        text = text[:_LETTERS_READ]
        search = folded(text)
        words = word_texts(search)
        hits = [
            position
            for position, word in enumerate(words)
            if self._themes_of(word) or (word in self._begins_phrase and self._phrases_at(words, position))
        ]
        if not hits:
            return []
        places = words_of(search)
        written = text if len(search) == len(text) else search
        found = list[Mention]()
        for position in hits:
            start = places[position].start
            for theme_id in self._themes_of(words[position]):
                found.append(Mention(theme_id, written[start : places[position].end], start, 1))
            for theme_id, length in self._phrases_at(words, position):
                said = written[start : places[position + length - 1].end]
                found.append(Mention(theme_id, " ".join(said.split()), start, length))
        return found

    def _add(self, keyword: str, theme_id: str) -> None:
        parts = tuple(word_texts(folded(normalised(keyword))))
        if not parts:
            return
        letters = keyword.replace(" ", "")
        whole = len(letters) <= _SHORT_WORD or (letters.isupper() and len(letters) <= _LONGEST_ABBREVIATION)
        if len(parts) > 1:
            self._begins_phrase.add(parts[0])
            key = (parts[0], parts[1][:_KNOWN_BY])
            self._phrases[key].append((parts[1:], len(parts[-1]) <= _SHORT_WORD, theme_id))
        elif whole:
            for plural in _PLURALS:
                self._whole[parts[0] + plural].append(theme_id)
        else:
            self._beginnings[parts[0]].append(theme_id)
            self._longest_beginning = max(self._longest_beginning, len(parts[0]))

    def _themes_of(self, word: str) -> tuple[str, ...]:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._looked_up(word)
        return known

    def _looked_up(self, word: str) -> tuple[str, ...]:
        if word in self._whole:
            return tuple(dict.fromkeys(self._whole[word]))
        for length in range(min(len(word), self._longest_beginning), 0, -1):
            if word[:length] in self._beginnings:
                return tuple(dict.fromkeys(self._beginnings[word[:length]]))
        return ()

    def _phrases_at(self, words: list[str], position: int) -> list[tuple[str, int]]:
        """The themes whose phrases begin at this word, with the number of words of each phrase."""
        found = list[tuple[str, int]]()
        if words[position] not in self._begins_phrase or position + 1 == len(words):
            return found
        key = (words[position], words[position + 1][:_KNOWN_BY])
        for rest, last_is_whole, theme_id in self._phrases.get(key, ()):
            following = tuple(words[position + 1 : position + 1 + len(rest)])
            if following[:-1] != rest[:-1] or not following:
                continue
            if following[-1] == rest[-1] or (not last_is_whole and following[-1].startswith(rest[-1])):
                found.append((theme_id, 1 + len(rest)))
        return found
