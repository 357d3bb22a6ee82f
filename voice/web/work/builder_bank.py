"""The questions of a draft as the bank has them now. Every function here runs inside a unit of the store."""

from __future__ import annotations

from surveys.bank import reading
from surveys.bank.concepts import Concept, question_of
from surveys.building.from_bank import Bank, InBank
from surveys.document import Edition, Question, SurveyDocument
from surveys.question_types import complete
from voice.languages import LANGUAGES, words


async def in_bank(document: SurveyDocument) -> Bank:
    asked = {question.concept for question in document.questions}
    concepts = [each for each in await reading.concepts(retired=True) if each.code in asked]
    return {
        each.code: InBank(bank_question(each, document.edition), each.audiences, each.is_retired) for each in concepts
    }


def bank_question(concept: Concept, edition: Edition) -> Question:
    """The question as a survey gets it, with what its kind implies."""
    return complete(question_of(concept, edition, tuple(LANGUAGES)), words)
