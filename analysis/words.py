"""Which words people use, counted for a word cloud and the table behind it."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from analysis.tokens import folded, normalised, word_texts
from analysis.word_lists import rows_of

_SHORTEST = 2


def word_counts(texts: Iterable[str], lang: str, *, floor: int = 1) -> pd.DataFrame:
    """The words of `texts` with how many texts contain each (`voices`) and how often it is said (`mentions`).

    `lang` (en, ur, pl, or any other) chooses the words left out because they say nothing alone; numbers and
    single characters are left out too. A word appears in small letters when anybody writes it so. Words in
    fewer than `floor` voices are dropped. The columns are `word`, `voices`, `mentions`; most voices first,
    then most mentions, then by the word.
    """
    left_out = stop_words(lang)
    voices: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    for text in texts:
        in_this_voice = set[str]()
        for said in word_texts(normalised(text)):
            word = without_possessive(folded(said))
            if len(word) < _SHORTEST or word in left_out or word.isdecimal():
                continue
            mentions[word] += 1
            in_this_voice.add(word)
            spellings.setdefault(word, Counter())[without_possessive(said)] += 1
        voices.update(in_this_voice)
    rows = sorted(
        (
            (spelling_of(spellings[word]), said_by, mentions[word])
            for word, said_by in voices.items()
            if said_by >= floor
        ),
        key=lambda row: (-row[1], -row[2], row[0]),
    )
    return pd.DataFrame(
        {
            "word": pd.Series([row[0] for row in rows], dtype="str"),
            "voices": pd.Series([row[1] for row in rows], dtype="int64"),
            "mentions": pd.Series([row[2] for row in rows], dtype="int64"),
        }
    )


def is_telling(word: str) -> bool:
    """Whether a folded word says something by itself in English."""
    return len(word) >= _SHORTEST and word not in stop_words("en") and not word.isdecimal()


def spelling_of(spellings: Counter[str]) -> str:
    """The commonest spelling in small letters if there is one, so that the first word of a sentence and a
    word that somebody shouted look like the rest; otherwise (a name, "EHCP") the commonest.
    """
    return min(spellings, key=lambda word: (word != word.lower(), -spellings[word], word))


def without_possessive(word: str) -> str:
    return word[:-2] if word.lower().endswith(("'s", "\u2019s")) else word


@lru_cache(maxsize=16)
def stop_words(lang: str) -> frozenset[str]:
    """Common words without content, folded; those of English go with every language, since families mix
    them.
    """
    from wordcloud import STOPWORDS  # type: ignore[import-untyped]

    language = lang.split("-")[0].lower()
    own = (row["word"] for row in rows_of("stop_words") if row["lang"] == language)
    english = (word for stop in STOPWORDS for word in (stop, stop.replace("'", "")))
    return frozenset(folded(word) for word in (*own, *english))
