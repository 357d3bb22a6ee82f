"""What can be read of a comment before anyone looks for themes: stock answers, the unreadable, the
language.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache

import pandas as pd

from analysis.asking import Asks, what_is_asked
from analysis.tokens import folded, has_letters, normalised, word_texts
from analysis.word_lists import rows_of


class Outcome(StrEnum):
    """What became of a comment; every comment gets exactly one."""

    THEMED = "themed"
    NONE_FITS = "none_fits"
    STOCK_ANSWER = "stock_answer"
    OTHER_LANGUAGE = "other_language"
    UNREADABLE = "unreadable"


LANGUAGES = ("en", "ur", "pl", "pa", "bn", "ar", "ro")
_SCRIPTS = (
    ("pa", re.compile(r"[\u0a00-\u0a7f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("ur", re.compile(r"[ٹڈڑںھہےۓگچپژ]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_OWN_LETTERS = (
    ("pl", re.compile(r"[ąćęłńśźż]", re.IGNORECASE)),
    ("ro", re.compile(r"[ășțşţ]", re.IGNORECASE)),
)
_WORDS_TO_TELL_A_LANGUAGE = 5
_WORDS_LOOKED_AT = 40
_LONGEST_REMEMBERED = 2_000  # characters
_LONGEST_STOCK_ANSWER = 80
_SURE_OF_LANGUAGE = 0.9
_SURE_AGAINST_DECLARED = 0.98

_TAIL = re.compile(
    r"[\s,.!;:–-]*\b(thank you( very much| so much)?|thanks( very much| so much)?|many thanks|sorry|x+"
    r"|dziękuję|dziekuje|شکریہ|شکریا)$"
)
_EDGES = " \t\r\n.,!?;:-–—_*'\"“”‘’()[]/\\…،۔؟•"


def stock_outcome(text: str, question: str | None = None) -> Outcome | None:
    """STOCK_ANSWER or UNREADABLE when the answer says nothing to its question, otherwise None.

    "Nothing" says something when the question asks what is good, hard or to be improved; "no" also when it
    can be answered by yes or no.
    """
    if not has_letters(text):
        return Outcome.UNREADABLE
    if len(text) > _LONGEST_STOCK_ANSWER:
        return None
    bare = _bare(text)
    if bare in _stock("no_answer"):
        return Outcome.STOCK_ANSWER
    asks = what_is_asked(question)
    if says_nothing(text):
        if asks in (Asks.FAULTS, Asks.WISHES, Asks.GOOD, Asks.HARD):
            return None
        return None if asks is Asks.YES_NO and bare in _stock("yes_or_no") else Outcome.STOCK_ANSWER
    if bare in _stock("yes_or_no") and asks is not Asks.YES_NO:
        return Outcome.STOCK_ANSWER
    return None


def says_nothing(text: str) -> bool:
    """Whether the whole answer is "nothing", "none", "no" or the like, thanks apart."""
    return len(text) <= _LONGEST_STOCK_ANSWER and _bare(text) in _stock("nothing")


def language_of(text: str, declared: str | None = None) -> str:
    """The ISO 639 code of the language of `text`.

    The script decides first, then letters only one of our languages uses. In the Latin script a longer text
    is identified among our languages (py3langid, offline); a short one, or one that could be two, is taken
    to be in the declared language, English when none is declared.
    """
    # Themes, feeling and urgency each ask about the same texts, one piece of a file after the other.
    return (_found_language if len(text) <= _LONGEST_REMEMBERED else _found_language.__wrapped__)(text, declared)


@lru_cache(maxsize=4096)
def _found_language(text: str, declared: str | None) -> str:
    if not text.isascii():
        for language, script in _SCRIPTS:
            if script.search(text):
                return _language_of_script(language, declared)
    assumed = (declared or "en").strip().lower().replace("_", "-").split("-")[0] or "en"
    words = word_texts(text)
    if len(words) >= _WORDS_TO_TELL_A_LANGUAGE and _is_plainly_english(words):
        return "en"
    if not text.isascii():
        for language, letters in _OWN_LETTERS:
            if letters.search(text):
                return language
    if len(words) < _WORDS_TO_TELL_A_LANGUAGE:
        return assumed
    language, probability = _identifier()(text)
    needed = _SURE_AGAINST_DECLARED if declared else _SURE_OF_LANGUAGE
    return language if probability >= needed else assumed


def clean(comments: pd.DataFrame, *, text: str, question: str | None = None, lang: str | None = None) -> pd.DataFrame:
    """Each comment as it will be read, with the index of `comments` and a row for every row.

    `text`, `question` and `lang` name columns of `comments`; the cells are strings or missing. The result
    has the columns `text` (normalised), `question`, `language`, and `outcome` (stock_answer, unreadable or
    empty). Raises KeyError when a named column is not there.
    """
    texts = [normalised(cell).strip() for cell in _cells(comments, text)]
    questions = _cells(comments, question) if question else [""] * len(texts)
    declared = _cells(comments, lang) if lang else [""] * len(texts)
    return pd.DataFrame(
        {
            "text": pd.Series(texts, index=comments.index, dtype="str"),
            "question": pd.Series(questions, index=comments.index, dtype="str"),
            "language": pd.Series(
                [language_of(said, known or None) for said, known in zip(texts, declared, strict=True)],
                index=comments.index,
                dtype="str",
            ),
            "outcome": pd.Series(
                [str(stock_outcome(said, asked) or "") for said, asked in zip(texts, questions, strict=True)],
                index=comments.index,
                dtype="str",
            ),
        }
    )


def _cells(comments: pd.DataFrame, column: str) -> list[str]:
    return ["" if pd.isna(cell) else str(cell) for cell in comments[column].tolist()]


def _bare(text: str) -> str:
    bare = folded(text).strip(_EDGES)
    return " ".join(_TAIL.sub("", bare).strip(_EDGES).split()) or bare


def _language_of_script(language: str, declared: str | None) -> str:
    """Arabic letters without a letter of Urdu's own may still be a short answer of an Urdu writer."""
    if language == "ar" and declared in ("ur", "ar", "fa", "ps", "ku"):
        return declared
    if language == "ru" and declared in ("uk", "bg"):
        return declared
    return language


def _is_plainly_english(words: list[str]) -> bool:
    looked_at = words[:_WORDS_LOOKED_AT]
    known = sum(map(_plain_english().__contains__, looked_at))
    return known >= 2 and known * 4 >= len(looked_at)


@lru_cache(maxsize=1)
def _identifier() -> Callable[[str], tuple[str, float]]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([language for language in LANGUAGES if language in identifier.labels])
    classify: Callable[[str], tuple[str, float]] = identifier.classify
    return classify


@lru_cache(maxsize=8)
def _stock(kind: str) -> frozenset[str]:
    return frozenset(folded(row["answer"]) for row in rows_of("stock_answers") if row["kind"] == kind)


@lru_cache(maxsize=1)
def _plain_english() -> frozenset[str]:
    return frozenset(row["word"] for row in rows_of("stop_words") if row["lang"] == "en")
