"""Which translations of a draft are older than the English that they translate. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import msgspec

from surveys.building.editing import SETTINGS_IN_WORDS, words_of_question
from surveys.document import SurveyDocument

SOURCE = "en"


class StaleWords(msgspec.Struct, frozen=True, array_like=True, order=True):
    """A piece of text, named as in ``editing``; ``concept`` is empty for those of the settings."""

    concept: str
    field: str
    language: str


Stale = frozenset[StaleWords]


class LookedAt(msgspec.Struct, frozen=True):
    """What somebody has seen and saved: the words of a question, or of the settings (empty ``concept``), in one
    language, or in all of them (empty ``language``)."""

    concept: str
    language: str = ""

    def holds(self, words: StaleWords) -> bool:
        return self.concept == words.concept and self.language in ("", words.language)


def stale_after(
    stale: Collection[StaleWords], before: SurveyDocument, after: SurveyDocument, looked_at: LookedAt | None = None
) -> Stale:
    """What is stale once ``before`` has become ``after``.

    A change of the English makes every translation of that piece stale but those that were changed with it.
    """
    said_before = dict(_said(before))
    found = set()
    for (concept, field), words in _said(after):
        earlier = said_before.get((concept, field))
        for language, text in words.items():
            piece = StaleWords(concept, field, language)
            if language == SOURCE or not text or (looked_at and looked_at.holds(piece)):
                continue
            if earlier is not None and earlier.get(language, "") != text:
                continue
            is_new = earlier is not None and bool(earlier.get(SOURCE)) and earlier.get(SOURCE) != words.get(SOURCE)
            if is_new or piece in stale:
                found.add(piece)
    return frozenset(found)


def _said(document: SurveyDocument) -> Iterator[tuple[tuple[str, str], Mapping[str, str]]]:
    """Every piece of text in every language that it is in."""
    for name in SETTINGS_IN_WORDS:
        yield ("", name), getattr(document, name)
    for question in document.questions:
        languages = sorted({SOURCE, *question.title, *question.help, *document.languages})
        by_language = {language: words_of_question(question, language) for language in languages}
        for field in by_language[SOURCE]:
            yield (question.concept, field), {language: said[field] for language, said in by_language.items()}
