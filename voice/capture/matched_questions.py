"""The questions that columns of a file can be matched with: our own about a plan, and all others of the bank."""

from __future__ import annotations

from functools import cache

import msgspec

from surveys.bank import reading
from surveys.bank.concepts import question_of
from surveys.document import RATHER_NOT_SAY, Option, Question, QuestionKind, SurveyDocument
from surveys.importing.mapping import KnownOption, KnownQuestion
from surveys.question_types.number_scale import NUMBERS
from surveys.templates import post_ehcp
from voice.languages import LANGUAGES, words
from voice.storage import Store

KINDS: frozenset[QuestionKind] = frozenset(
    ("single_choice", "yes_no", "faces", "agree", "number_scale", "year_group", "age_band", "free_text")
)
"""Kinds of question that one cell can answer."""


class Matched(msgspec.Struct, frozen=True):
    """A question with the heading of the bank that it stands under: "" for none."""

    question: Question
    heading: str = ""

    @property
    def known(self) -> KnownQuestion:
        """The question as a column is compared with it."""
        options = self.question.options
        if self.question.kind == "number_scale":
            options = tuple(Option(number, "", {"en": number}) for number in NUMBERS)
        rather_not = KnownOption(RATHER_NOT_SAY, tuple(words("I would rather not say").values()))
        return KnownQuestion(
            concept=self.question.concept,
            titles=tuple(self.question.title.values()),
            kind="text" if self.question.kind == "free_text" else "choice",
            options=(*(KnownOption(o.code, tuple(o.label.values())) for o in options), rather_not) if options else (),
        )


class MatchedQuestions(msgspec.Struct, frozen=True):
    """``ours`` are those of the survey after a plan, in its order; ``others`` are the bank's."""

    ours: tuple[Matched, ...]
    others: tuple[Matched, ...]

    @property
    def known(self) -> tuple[KnownQuestion, ...]:
        return tuple(each.known for each in (*self.ours, *self.others))

    def question(self, concept: str | None) -> Question | None:
        return next((each.question for each in (*self.ours, *self.others) if each.question.concept == concept), None)


@cache
def plan_survey() -> SurveyDocument:
    return post_ehcp.document(words, tuple(LANGUAGES))


async def matched_questions(store: Store) -> MatchedQuestions:
    ours = tuple(Matched(question) for question in plan_survey().questions)
    concepts = {each.question.concept for each in ours}
    bank = await store.read(reading.concepts)
    others = [
        Matched(
            question_of(concept, concept.editions[0], tuple(LANGUAGES)), concept.headings[0] if concept.headings else ""
        )
        for concept in bank
        if concept.code not in concepts and concept.kind in KINDS and concept.editions
    ]
    return MatchedQuestions(ours, tuple(others))
