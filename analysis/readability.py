"""A first easy-read check of English: what in a line makes it hard to read.

After the advice of "Information for all: European standards for making information easy to read and
understand" (Inclusion Europe, 2009): short sentences, everyday words, no unexplained abbreviations, the
active voice, one question at a time.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from analysis.sentences import sentences_of
from analysis.tokens import words_of
from analysis.word_lists import rows_of

LONGEST_GOOD_SENTENCE = 15
SHORTEST_BAD_SENTENCE = 19

_AFTER_A_COLON = re.compile(r"(?<=:)\s+(?=[A-Z])")
# Known to everybody; also the Roman numbers of a list.
_EVERYDAY = "OK|TV|UK|PIN|QR|PDF|CSV|NHS|AM|PM|II|III|IV"
_ACRONYM = re.compile(rf"\b(?!(?:{_EVERYDAY})\b)[A-Z][A-Z&]+[a-z]?s?\b")
_EXPLAINED = re.compile(r"\(([A-Z][A-Za-z&]+)\)|\b([A-Z][A-Z&]+[a-z]?)s? (?:\(|means|is short for|stands for)")
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:not\s+|never\s+|also\s+|often\s+|usually\s+|being\s+)?"
    r"(\w+ed|written|given|made|taken|done|sent|held|kept|known|seen|shown|told|heard|chosen|found|met|put|read"
    r"|spoken|brought|paid|sold|led|built|spent|left)\b(?!-)",
    re.IGNORECASE,
)
# These end like a passive and tell how somebody is.
_STATES = re.compile(
    r"worried|tired|scared|interested|excited|pleased|bored|confused|upset|frightened|ashamed|married|disabled"
    r"|retired|allowed|need(?:ed)?|relaxed|annoyed|stressed|surprised|finished|supposed|used|closed|saved|left|red|bed"
    r"|hundred|indeed|speed|shed|done|concerned|satisfied|isolated|related",
    re.IGNORECASE,
)
_QUESTION_WORD = (
    "(?:who|what|when|where|why|how|which|whose|do you|do they|do we|does|did|is|are|was|were"
    "|have you|has|had|can|could|would|will|should)"
)
_TWO_QUESTIONS = re.compile(rf"(?:\?\s*.*\?)|\b(?:and|or),? {_QUESTION_WORD}\b(?! (?:else|other)).*\?", re.IGNORECASE)
_ASKED_OF_SEVERAL = re.compile(
    r"\b(?:how|did|do|are|were|is|was|have)\b[^?]*,[^?]*,?\s(?:and|or)\s(?!not\b)[^?]*\?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ReadingProblem:
    """What is hard about a line.

    `code` is long_sentence, hard_word, passive, acronym or double_question; `found` the words it is about.
    `warning` marks what is allowed but better avoided: a sentence of 16 to 18 words.
    """

    code: str
    found: str
    warning: bool = False


def reading_problems(line: str, *, explained: Collection[str] = ()) -> tuple[ReadingProblem, ...]:
    """The problems of a line of English, each kind of word once, in the order long_sentence, hard_word,
    passive, acronym, double_question.

    `explained` are acronyms and hard words that the page explains where it uses them, in any case.
    """
    known = {word.lower() for word in explained}
    problems = [
        *_long_sentences(line),
        *(ReadingProblem("hard_word", word) for word in _hard_words(line) if word.lower() not in known),
        *(ReadingProblem("passive", found) for found in _passives(line)),
        *(ReadingProblem("acronym", found) for found in _acronyms(line) if found.lower() not in known),
    ]
    if asked := _asked_twice(line):
        problems.append(ReadingProblem("double_question", asked))
    return tuple(dict.fromkeys(problems))


def problem_codes(line: str, *, explained: Collection[str] = ()) -> tuple[str, ...]:
    """The codes of `reading_problems` that are more than warnings, each once."""
    problems = reading_problems(line, explained=explained)
    return tuple(dict.fromkeys(problem.code for problem in problems if not problem.warning))


def sentences(text: str) -> list[str]:
    """The sentences of a short text; what begins with a capital after a colon is read as one of its own."""
    return [part for sentence in sentences_of(text) for part in _AFTER_A_COLON.split(sentence.text)]


def _long_sentences(line: str) -> list[ReadingProblem]:
    found = list[ReadingProblem]()
    for sentence in sentences(line):
        length = len(words_of(sentence))
        if length > LONGEST_GOOD_SENTENCE:
            found.append(ReadingProblem("long_sentence", sentence, warning=length < SHORTEST_BAD_SENTENCE))
    return found


def _hard_words(line: str) -> list[str]:
    return [found.group() for found in _hard_word_pattern().finditer(line)]


def _passives(line: str) -> list[str]:
    return [found.group() for found in _PASSIVE.finditer(line) if not _STATES.fullmatch(found.group(1))]


def _acronyms(line: str) -> list[str]:
    if line.isupper():
        return []  # a heading in capitals, or a word shouted
    explained = {name for pair in _EXPLAINED.findall(line) for name in pair if name}
    return [found.group() for found in _ACRONYM.finditer(line) if found.group() not in explained]


def _asked_twice(line: str) -> str:
    for sentence in sentences(line):
        if not sentence.endswith("?"):
            continue
        if _TWO_QUESTIONS.search(sentence) or _ASKED_OF_SEVERAL.search(sentence):
            return sentence
    return ""


@lru_cache(maxsize=1)
def _hard_word_pattern() -> re.Pattern[str]:
    words = sorted((row["word"] for row in rows_of("hard_words")), key=len, reverse=True)
    return re.compile(
        r"\b(?:" + "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words) + r")\b", re.IGNORECASE
    )
