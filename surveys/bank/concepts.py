"""What a question asks, across all its wordings. Pure: nothing here reads or writes the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from surveys.document import Edition, HardWord, Option, Question, QuestionKind, RespondentKind, Words

Period = Literal["this_time", "now", "last_term", "last_year", "before", "after", "always"]
"""What time a question is about: what the survey is about, the day of asking, the last three or twelve months,
before or after something (a pair), or no time at all."""

EDITIONS: tuple[Edition, ...] = ("easy_read", "standard")

GOOD_FOR_MONTHS = 12
"""How long an answer usually stays good; nobody is asked the same again before."""


class OfferedOption(msgspec.Struct, frozen=True):
    """A place on the scale. ``picture`` is the id of a stored file that is shown instead of the symbol."""

    code: str
    symbol: str = ""
    picture: str = ""


class Explained(msgspec.Struct, frozen=True, array_like=True):
    """A hard word and what it means. In every language of an edition the same word has the same ``code``."""

    word: str
    meaning: str
    code: str = ""


class Wording(msgspec.Struct, frozen=True, omit_defaults=True):
    """The words of a concept in one edition and language.

    ``labels`` and ``alts`` (what a picture shows) are by option code; ``places`` name where pictures can be sorted
    to. ``ends`` are the words at both ends of a scale of numbers. ``audio`` is the id of a stored file.
    """

    title: str
    help: str = ""
    labels: Mapping[str, str] = {}
    alts: Mapping[str, str] = {}
    places: Mapping[str, str] = {}
    ends: tuple[str, str] | None = None
    hard_words: tuple[Explained, ...] = ()
    audio: str = ""
    picture_alt: str = ""


Wordings = Mapping[Edition, Mapping[str, Wording]]
"""By edition, then by language code."""


class Concept(msgspec.Struct, frozen=True):
    """A question of the bank.

    ``code`` never changes and is never used again. ``kind``, ``audience``, ``period``, ``options`` (their
    codes, in order) and ``most`` are what it means: see ``surveys.bank.changing``. A concept that was
    ``retired_on`` a day is kept for what was published with it. ``follows`` is the code of the concept that it
    replaced. It was made for its ``audience``; in the same words it may be ``also_asked_of`` others, whose answers are
    told apart by who gave them. ``headings`` are codes of ``surveys.bank.headings`` or the words of another framework;
    ``i_statements`` are in the words of those who wrote them. ``picture`` and ``bsl`` (a film in British Sign
    Language) are ids of stored files. ``limit`` is the longest free text, in characters. ``created_on`` is set
    when it is added.
    """

    code: str
    kind: QuestionKind
    audience: RespondentKind = "parent_carer"
    also_asked_of: tuple[RespondentKind, ...] = ()
    period: Period = "this_time"
    owner: str = ""
    good_for_months: int = GOOD_FOR_MONTHS
    headings: tuple[str, ...] = ()
    i_statements: tuple[str, ...] = ()
    symbol: str = ""
    picture: str = ""
    bsl: str = ""
    options: tuple[OfferedOption, ...] = ()
    places: tuple[OfferedOption, ...] = ()
    limit: int = 2000
    most: int = 0
    created_on: dt.date | None = None
    retired_on: dt.date | None = None
    follows: str | None = None
    wordings: Wordings = {}

    @property
    def is_retired(self) -> bool:
        return self.retired_on is not None

    @property
    def audiences(self) -> tuple[RespondentKind, ...]:
        """All that it is asked of."""
        return (self.audience, *self.also_asked_of)

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions that have words in some language, easy read first."""
        return tuple(edition for edition in EDITIONS if self.wordings.get(edition))

    def wording(self, edition: Edition, language: str) -> Wording | None:
        return self.wordings.get(edition, {}).get(language)

    def languages(self, edition: Edition) -> frozenset[str]:
        """The languages that this edition is worded in."""
        return frozenset(self.wordings.get(edition, {}))

    def title(self, language: str) -> str:
        """How staff see it named: easy read first, in this language, else in English, else in any."""
        for wanted in (language, "en"):
            for edition in self.editions:
                if found := self.wording(edition, wanted):
                    return found.title
        return next((w.title for edition in self.editions for w in self.wordings[edition].values()), self.code)


def edition_used(concept: Concept, edition: Edition) -> Edition:
    """The edition whose words are shown when ``edition`` is wanted: the other when this one has none at all."""
    return edition if concept.wordings.get(edition) or not concept.editions else concept.editions[0]


def question_of(concept: Concept, edition: Edition, languages: Iterable[str]) -> Question:
    """The question for a survey's document, with its words in ``languages``.

    A language that this edition is not worded in is missing from the words; nothing stands in for it, so that
    a check for missing words finds it. A concept without any words in ``edition`` is asked in the other one.
    """
    known = concept.wordings.get(edition_used(concept, edition), {})
    said = {language: known[language] for language in languages if language in known}
    ends = {language: each.ends for language, each in said.items() if each.ends}
    return Question(
        concept=concept.code,
        kind=concept.kind,
        symbol=concept.symbol,
        title={language: each.title for language, each in said.items()},
        help={language: each.help for language, each in said.items() if each.help},
        options=tuple(
            Option(
                code=option.code,
                symbol=option.symbol,
                label={language: w.labels[option.code] for language, w in said.items() if w.labels.get(option.code)},
                picture=option.picture,
                alt={language: w.alts[option.code] for language, w in said.items() if w.alts.get(option.code)},
            )
            for option in concept.options
        ),
        hard_words=_hard_words(said),
        limit=concept.limit,
        most=concept.most,
        ends=({k: v[0] for k, v in ends.items()}, {k: v[1] for k, v in ends.items()}) if ends else None,
        audio={language: each.audio for language, each in said.items() if each.audio},
        bsl=concept.bsl,
        picture=concept.picture,
        picture_alt={language: each.picture_alt for language, each in said.items() if each.picture_alt},
        places=tuple(
            Option(
                code=place.code,
                symbol=place.symbol,
                label={language: w.places[place.code] for language, w in said.items() if w.places.get(place.code)},
            )
            for place in concept.places
        ),
    )


def _hard_words(said: Mapping[str, Wording]) -> tuple[HardWord, ...]:
    """The hard words of all languages, those of the same code being one."""
    by_code: dict[str, dict[str, Explained]] = {}
    for language, wording in said.items():
        for each in wording.hard_words:
            by_code.setdefault(each.code, {})[language] = each
    return tuple(
        HardWord(
            word={language: each.word for language, each in found.items()},
            meaning={language: each.meaning for language, each in found.items()},
        )
        for found in by_code.values()
    )


def concept_of(question: Question, *, audience: RespondentKind, edition: Edition, period: Period) -> Concept:
    """The concept that a survey's question would be in the bank, with the words it has there."""
    wordings = {language: wording for language in question.title if (wording := _wording(question, language))}
    return Concept(
        code=question.concept,
        kind=question.kind,
        audience=audience,
        period=period,
        symbol=question.symbol,
        picture=question.picture,
        bsl=question.bsl,
        options=tuple(OfferedOption(each.code, each.symbol, each.picture) for each in question.options),
        places=tuple(OfferedOption(each.code, each.symbol) for each in question.places),
        limit=question.limit,
        most=question.most,
        wordings={edition: wordings},
    )


def _wording(question: Question, language: str) -> Wording:
    def said(words: Words) -> str:
        return words.get(language, "")

    return Wording(
        title=said(question.title),
        help=said(question.help),
        labels={each.code: said(each.label) for each in question.options if said(each.label)},
        alts={each.code: said(each.alt) for each in question.options if said(each.alt)},
        places={each.code: said(each.label) for each in question.places if said(each.label)},
        ends=(said(question.ends[0]), said(question.ends[1])) if question.ends else None,
        hard_words=tuple(
            Explained(said(each.word), said(each.meaning), str(place))
            for place, each in enumerate(question.hard_words)
            if said(each.word)
        ),
        audio=said(question.audio),
        picture_alt=said(question.picture_alt),
    )
