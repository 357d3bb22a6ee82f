"""A question of a draft beside the same question in the bank. Pure: the bank's question is handed in."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec
from msgspec.structs import replace

from surveys.building.editing import place_of, timed, with_words, words_of_question
from surveys.document import Question, RespondentKind, SurveyDocument


class InBank(msgspec.Struct, frozen=True):
    """A question as the bank has it now, in the edition of the survey; ``audiences`` are those it is asked of."""

    question: Question
    audiences: tuple[RespondentKind, ...]
    is_retired: bool = False


Bank = Mapping[str, InBank]
"""By concept. A question that is not in the bank is not in here."""


class Difference(msgspec.Struct, frozen=True):
    """``here`` is what the draft says, ``in_bank`` what the bank says."""

    language: str
    field: str
    here: str
    in_bank: str


def differences(question: Question, in_bank: Question, languages: Collection[str]) -> tuple[Difference, ...]:
    """Where the words differ, in those of the languages that the bank has words in."""
    found = []
    for language in languages:
        if not in_bank.title.get(language):
            continue
        here, there = words_of_question(question, language), words_of_question(in_bank, language)
        for field in here | there:
            if here.get(field, "") != there.get(field, ""):
                found.append(Difference(language, field, here.get(field, ""), there.get(field, "")))
    return tuple(found)


def with_bank_words(document: SurveyDocument, in_bank: Question) -> SurveyDocument:
    """The survey with one question as the bank has it now, in all languages; who is asked it stays.

    Words in a language that the bank does not have stay where they translate the same English.
    """
    place = place_of(document, in_bank.concept)
    before = document.questions[place]
    taken = replace(in_bank, only_if=before.only_if, also_if=before.also_if)
    questions = (*document.questions[:place], taken, *document.questions[place + 1 :])
    changed = replace(document, questions=questions)
    english, new_english = words_of_question(before, "en"), words_of_question(taken, "en")
    for language in sorted(before.title.keys() - in_bank.title.keys()):
        said = words_of_question(before, language)
        same = {field: said[field] for field in said if english[field] == new_english.get(field)}
        changed = with_words(changed, in_bank.concept, language, same)
    return timed(document, changed)
