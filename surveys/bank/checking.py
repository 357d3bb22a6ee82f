"""What a concept must be before the bank takes it, and a code proposed for a new one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection

from analysis.questions.differences import telling_words
from analysis.tokens import folded
from surveys.bank.concepts import Concept, Wording
from surveys.document import RATHER_NOT_SAY

CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
OPTION_CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
NO_CODES = frozenset(("new", RATHER_NOT_SAY))
LONGEST_CODE = 80
LONGEST_TITLE = 300
LONGEST_WORDS = 1000
LONGEST_LABEL = 120
MOST_OPTIONS = 30
SHORTEST_LIMIT = 20
LONGEST_LIMIT = 5000

WITH_OPTIONS = frozenset(
    (
        "single_choice",
        "multiple_choice",
        "yes_no",
        "faces",
        "agree",
        "ranking",
        "sorting",
        "feelings",
        "contact",
        "year_group",
        "age_band",
        "consent",
    )
)
"""The kinds that offer options to choose from; the others are answered in another way."""

WORDS_IN_A_CODE = 5


class BankProblem(Exception):
    """Something the bank does not take; ``voice/web/work/bank_words.py`` words each ``code``.

    ``field`` names what it is about: ``code``, ``title``, ``help``, ``options``, ``places``, ``ends``, ``most``,
    ``limit``, or ``label``, ``place`` or ``hard_word`` with ``option``. ``limit`` is the largest number,
    ``least`` the smallest.
    """

    def __init__(self, code: str, field: str, *, option: str = "", limit: int = 0, least: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.option = option
        self.limit = limit
        self.least = least


def check(concept: Concept) -> None:
    """Raises ``BankProblem`` for the first thing that is wrong with a concept as it is to be added."""
    if not CODE.fullmatch(concept.code) or len(concept.code) > LONGEST_CODE or concept.code in NO_CODES:
        raise BankProblem("bad_code", "code", limit=LONGEST_CODE)
    if not concept.editions:
        raise BankProblem("no_title", "title")
    codes = [option.code for option in concept.options]
    if concept.kind in WITH_OPTIONS and len(codes) < 2:
        raise BankProblem("too_few_options", "options")
    if concept.kind == "sorting" and len(concept.places) < 2:
        raise BankProblem("too_few_places", "places")
    if len(codes) > MOST_OPTIONS:
        raise BankProblem("too_many_options", "options", limit=MOST_OPTIONS)
    for code, times in Counter(codes).items():
        if not OPTION_CODE.fullmatch(code) or len(code) > LONGEST_CODE or code == RATHER_NOT_SAY:
            raise BankProblem("bad_option_code", "options", option=code)
        if times > 1:
            raise BankProblem("option_twice", "options", option=code)
    if not 0 <= concept.most <= MOST_OPTIONS:
        raise BankProblem("bad_number", "most", limit=MOST_OPTIONS)
    check_limit(concept)
    for edition in concept.editions:
        for wording in concept.wordings[edition].values():
            check_wording(concept, wording)


def check_limit(concept: Concept) -> None:
    """Raises ``BankProblem`` for a longest text that is too short to say anything, or longer than anybody reads."""
    if not SHORTEST_LIMIT <= concept.limit <= LONGEST_LIMIT:
        raise BankProblem("bad_number", "limit", least=SHORTEST_LIMIT, limit=LONGEST_LIMIT)


def is_whole(concept: Concept, wording: Wording) -> bool:
    """Whether the bank takes these words for the concept."""
    try:
        check_wording(concept, wording)
    except BankProblem:
        return False
    return True


def check_wording(concept: Concept, wording: Wording) -> None:
    """Raises ``BankProblem`` for the first thing that is wrong with the words of a concept."""
    if not wording.title.strip():
        raise BankProblem("no_title", "title")
    if len(wording.title) > LONGEST_TITLE:
        raise BankProblem("too_long", "title", limit=LONGEST_TITLE)
    if len(wording.help) > LONGEST_WORDS:
        raise BankProblem("too_long", "help", limit=LONGEST_WORDS)
    codes = [option.code for option in concept.options]
    for code in (*wording.labels, *wording.alts):
        if code not in codes:
            raise BankProblem("other_options", "options", option=code)
    for code in codes:
        label = wording.labels.get(code, "")
        if not label.strip():
            raise BankProblem("no_label", "label", option=code)
        if len(label) > LONGEST_LABEL:
            raise BankProblem("too_long", "label", option=code, limit=LONGEST_LABEL)
    for place in concept.places:
        if not wording.places.get(place.code, "").strip():
            raise BankProblem("no_place_words", "place", option=place.code)
    if concept.kind == "number_scale" and not all(end.strip() for end in wording.ends or ("",)):
        raise BankProblem("no_ends", "ends")
    for each in wording.hard_words:
        if not each.word.strip() or not each.meaning.strip():
            raise BankProblem("half_hard_word", "hard_word", option=each.code)


def proposed_code(title: str, taken: Collection[str]) -> str:
    """A code from the words that say most, such as ``felt_listened`` for "Did you feel listened to?"; not taken."""
    said = [plain for word in telling_words(title) if CODE.fullmatch(plain := _plain(word))]
    return _free("_".join(said[:WORDS_IN_A_CODE]) or "question", taken)


def _plain(word: str) -> str:
    bare = unicodedata.normalize("NFD", word.replace("'", ""))
    return "".join(letter for letter in bare if letter.isascii() and letter.isalnum())


def proposed_option_code(label: str, taken: Collection[str]) -> str:
    """A code from the words of an answer, such as ``a_little``; not taken."""
    return _free("_".join(filter(None, map(_plain, folded(label).split()))) or "answer", taken)


def _free(wish: str, taken: Collection[str]) -> str:
    """The wish, or with a number behind it."""
    start = wish[: LONGEST_CODE - 4].strip("_")
    number = 1
    while (code := start if number == 1 else f"{start}_{number}") in taken:
        number += 1
    return code
