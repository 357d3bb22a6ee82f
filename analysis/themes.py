"""Themes suggested by the words of a code frame; a person decides."""

from collections import Counter, defaultdict
from dataclasses import dataclass

import pandas as pd

from analysis.cleaning import Outcome, clean
from analysis.code_frame import CodeFrame
from analysis.tokens import folded, normalised, word_texts, words_of

SENTIMENTS = ("negative", "mixed", "neutral", "positive", "not_measured")
_SHORT_WORD = 3
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
        self._phrases: dict[str, list[tuple[tuple[str, ...], bool, str]]] = defaultdict(list)
        self._longest_beginning = 0
        for theme in code_frame.themes:
            for keyword in theme.keywords:
                self._add(keyword, theme.theme_id)
        self._known: dict[str, tuple[str, ...]] = {}

    def mentions(self, text: str) -> list[Mention]:
        """Every mention in a normalised text, in the order of the text."""
        search = folded(text)
        words = word_texts(search)
        hits = [
            position
            for position, word in enumerate(words)
            if self._themes_of(word) or (word in self._phrases and self._phrases_at(words, position))
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
            self._phrases[parts[0]].append((parts[1:], len(parts[-1]) <= _SHORT_WORD, theme_id))
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
        for rest, last_is_whole, theme_id in self._phrases.get(words[position], ()):
            following = tuple(words[position + 1 : position + 1 + len(rest)])
            if following[:-1] != rest[:-1] or not following:
                continue
            if following[-1] == rest[-1] or (not last_is_whole and following[-1].startswith(rest[-1])):
                found.append((theme_id, 1 + len(rest)))
        return found


def suggest_themes(
    comments: pd.DataFrame,
    code_frame: CodeFrame,
    *,
    text: str,
    question: str | None = None,
    lang: str | None = None,
) -> pd.DataFrame:
    """Themes for every row of `comments`, on its index; nothing is dropped and `comments` is left as it was.

    `text`, `question` and `lang` name columns of strings. The result has the columns `themes` (ids joined
    by `;`, the strongest first), `why` (`theme_id: words, words; theme_id: ...` in the same order),
    `outcome` (themed, none_fits, stock_answer, other_language for a text that is not English and has no
    keyword, unreadable) and `language`. Strength is the number of different keywords, a phrase counting as
    many times as it has words; of equals, the one mentioned first. Raises KeyError when a named column is
    not there.
    """
    cleaned = clean(comments, text=text, question=question, lang=lang)
    finder = KeywordFinder(code_frame)
    themes, why, outcomes = list[str](), list[str](), list[str]()
    for said, language, outcome in zip(
        cleaned["text"].tolist(), cleaned["language"].tolist(), cleaned["outcome"].tolist(), strict=True
    ):
        mentions = [] if outcome else finder.mentions(said)
        ranked = _ranked(mentions)
        themes.append(";".join(theme_id for theme_id, _ in ranked))
        why.append("; ".join(f"{theme_id}: {', '.join(words)}" for theme_id, words in ranked))
        outcomes.append(outcome or str(_outcome(bool(ranked), language)))
    return pd.DataFrame(
        {
            "themes": pd.Series(themes, index=comments.index, dtype="str"),
            "why": pd.Series(why, index=comments.index, dtype="str"),
            "outcome": pd.Series(outcomes, index=comments.index, dtype="str"),
            "language": cleaned["language"],
        }
    )


def theme_counts(suggested: pd.DataFrame, code_frame: CodeFrame, *, sentiment: str | None = None) -> pd.DataFrame:
    """How many voices each theme of the frame was suggested for, in the frame's order, themes with none
    included.

    `suggested` has the column `themes`. The result has the columns `theme_id`, `theme`, `voices`, and when
    `sentiment` names a column of `suggested`, one column a sentiment: negative, mixed, neutral, positive,
    not_measured. A voice counts once for each of its themes, so the counts do not add up to the number of
    voices.
    """
    counts: Counter[str] = Counter()
    by_sentiment: Counter[tuple[str, str]] = Counter()
    sentiments = suggested[sentiment].tolist() if sentiment else [""] * len(suggested)
    for joined, feeling in zip(suggested["themes"].tolist(), sentiments, strict=True):
        for theme_id in filter(None, joined.split(";")):
            counts[theme_id] += 1
            by_sentiment[theme_id, feeling] += 1
    columns: dict[str, list[str] | list[int]] = {
        "theme_id": list(code_frame.theme_ids),
        "theme": [theme.theme for theme in code_frame.themes],
        "voices": [counts[theme_id] for theme_id in code_frame.theme_ids],
    }
    if sentiment:
        for feeling in SENTIMENTS:
            columns[feeling] = [by_sentiment[theme_id, feeling] for theme_id in code_frame.theme_ids]
    return pd.DataFrame(columns)


def _ranked(mentions: list[Mention]) -> list[tuple[str, list[str]]]:
    words: dict[str, dict[str, Mention]] = defaultdict(dict)
    for mention in mentions:
        words[mention.theme_id].setdefault(folded(mention.words), mention)
    strength = {theme_id: sum(said.weight for said in found.values()) for theme_id, found in words.items()}
    first = {theme_id: min(said.start for said in found.values()) for theme_id, found in words.items()}
    order = sorted(words, key=lambda theme_id: (-strength[theme_id], first[theme_id]))
    return [(theme_id, [said.words for said in words[theme_id].values()]) for theme_id in order]


def _outcome(has_themes: bool, language: str) -> Outcome:
    if has_themes:
        return Outcome.THEMED
    return Outcome.NONE_FITS if language == "en" else Outcome.OTHER_LANGUAGE
