"""The words and phrases of some voices, and how distinctive they are against the rest, in every script.

How distinctive a phrase is: the log-odds ratio with an informative Dirichlet prior, in standard deviations. Monroe,
B.L., Colaresi, M.P. and Quinn, K.M. (2008), "Fightin' Words", Political Analysis 16(4), 372-403. Voices are counted,
not mentions: one person who says "bus" ten times is one voice.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.tokens import folded, normalised, word_texts
from analysis.words import spelling_of, stop_words, without_possessive

LONGEST = 3
_SHORTEST_WORD = 2
_LONGEST_READ = 4000  # characters of one text; a phrase counts once for a voice however long it is
_PART_ENDS = re.compile(r"[.,!?;:()\[\]{}\"“”«»…\n\r،؛؟۔।॥•]+|\s[-–—]+\s")
_PRIOR_WEIGHS = 0.1
"""The prior holds so many voices for each one that was heard."""


@dataclass(slots=True)
class Phrases:
    """The phrases of some texts. ``voices`` has for each the number of texts that say it."""

    texts: int = 0
    voices: Counter[str] = field(default_factory=Counter)
    spellings: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, text: str, left_out: frozenset[str], longest: int = LONGEST) -> None:
        self.texts += 1
        found = set[str]()
        for words, said in _parts(text):
            for word, written in zip(words, said, strict=True):
                if _has_content(word, left_out):
                    self.spellings.setdefault(word, Counter())[written] += 1
            found.update(_runs(words, left_out, longest))
        self.voices.update(found)

    def spelt(self, phrase: str) -> str:
        """The phrase as most people write its words."""
        known = self.spellings
        return " ".join(spelling_of(known[word]) if word in known else word for word in phrase.split(" "))


def phrases_of(texts: Iterable[str], lang: str = "en", *, longest: int = LONGEST) -> Phrases:
    """The phrases of one to ``longest`` words in each text, counted in texts.

    Words without content (those of ``lang``, and the English ones, which families mix in) stand at neither end of a
    phrase, and a phrase ends where a sentence or its part does.
    """
    found, left_out = Phrases(), stop_words(lang)
    for text in texts:
        found.add(text, left_out, longest)
    return found


def distinctive(
    part: Mapping[str, int], part_texts: int, whole: Mapping[str, int], whole_texts: int
) -> dict[str, float]:
    """How much more the voices of a part say each of its phrases than the rest of the whole does.

    The counts are voices; the part belongs to the whole. The numbers are standard deviations: from about 2 on the
    difference is hardly chance, and below 0 the rest says it more.
    """
    rest_texts = whole_texts - part_texts
    prior_texts = _PRIOR_WEIGHS * whole_texts
    found: dict[str, float] = {}
    for phrase, said in part.items():
        prior = _PRIOR_WEIGHS * whole[phrase]
        here, there = said + prior, whole[phrase] - said + prior
        odds_here = math.log(here / max(part_texts + prior_texts - here, prior))
        odds_there = math.log(there / max(rest_texts + prior_texts - there, prior))
        found[phrase] = (odds_here - odds_there) / math.sqrt(1 / here + 1 / there)
    return found


def phrase_table(
    texts: Sequence[str], rest: Sequence[str] = (), *, lang: str = "en", floor: int = 1, longest: int = LONGEST
) -> pd.DataFrame:
    """The phrases that ``floor`` or more of ``texts`` say, the most distinctive against ``rest`` first.

    The columns are `phrase`, `voices` (of `texts`), `elsewhere` (voices of `rest`), `share` (0 to 1, of `texts`) and
    `distinctive` (standard deviations; missing without a rest, when the commonest come first). A phrase that only
    stands inside a longer one is left out.
    """
    here, there = phrases_of(texts, lang, longest=longest), phrases_of(rest, lang, longest=longest)
    said = _kept(here.voices, max(1, floor))
    scores = distinctive(said, here.texts, here.voices + there.voices, here.texts + there.texts) if rest else {}
    ordered = sorted(said, key=lambda phrase: (-scores.get(phrase, 0.0), -said[phrase], -phrase.count(" "), phrase))
    return pd.DataFrame(
        {
            "phrase": pd.Series([here.spelt(phrase) for phrase in ordered], dtype="str"),
            "voices": pd.Series([said[phrase] for phrase in ordered], dtype="int64"),
            "elsewhere": pd.Series([there.voices[phrase] for phrase in ordered], dtype="int64"),
            "share": pd.Series([said[phrase] / here.texts for phrase in ordered], dtype="float64"),
            "distinctive": pd.Series([scores.get(phrase, math.nan) for phrase in ordered], dtype="float64"),
        }
    )


def telling_words(ranked: Iterable[str], most: int) -> list[str]:
    """The first phrases of a ranking none of which says what another says: "car park" makes "park" needless."""
    chosen = list[str]()
    for phrase in ranked:
        words = set(phrase.split(" "))
        if not any(words & set(other.split(" ")) for other in chosen):
            chosen.append(phrase)
        if len(chosen) == most:
            break
    return chosen


def _parts(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """The words of each part of a sentence: folded for comparing, and as they are written."""
    for part in _PART_ENDS.split(normalised(text[:_LONGEST_READ])):
        said = [without_possessive(word) for word in word_texts(part)]
        if said:
            yield [folded(word) for word in said], said


def _runs(words: list[str], left_out: frozenset[str], longest: int) -> Iterator[str]:
    content = [_has_content(word, left_out) for word in words]
    for start, begins in enumerate(content):
        if begins:
            for end in range(start, min(start + longest, len(words))):
                if content[end]:
                    yield " ".join(words[start : end + 1])


def _has_content(word: str, left_out: frozenset[str]) -> bool:
    return len(word) >= _SHORTEST_WORD and word not in left_out and not word.isdecimal()


def _kept(voices: Mapping[str, int], floor: int) -> dict[str, int]:
    """Those of enough voices, without what only ever stands inside a longer phrase that is kept too."""
    enough = {phrase: n for phrase, n in voices.items() if n >= floor}
    inside = set[str]()
    for phrase, n in enough.items():
        words = phrase.split(" ")
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                shorter = " ".join(words[start:end])
                if shorter != phrase and enough.get(shorter) == n:
                    inside.add(shorter)
    return {phrase: n for phrase, n in enough.items() if phrase not in inside}
