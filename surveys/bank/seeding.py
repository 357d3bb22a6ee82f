"""What a bank begins with: the questions of our own surveys, in every language that they were put into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from surveys.bank import changing, reading
from surveys.bank.checking import is_whole
from surveys.bank.concepts import Concept, Period, Wording, concept_of
from surveys.bank.headings import FILED_UNDER
from surveys.document import Edition, Question, QuestionKind, SurveyDocument

ABOUT_THE_PERSON: frozenset[QuestionKind] = frozenset(
    ("year_group", "age_band", "postcode_area", "contact", "consent", "information")
)


class Seeded(msgspec.Struct, frozen=True):
    """How many concepts and wordings were new or had other words.

    ``at_odds`` are the concepts that two surveys, or a survey and the bank, do not mean the same by; the first
    was kept.
    """

    added: int
    reworded: int
    at_odds: tuple[str, ...]


async def seed(documents: Iterable[SurveyDocument], *, now: dt.datetime) -> Seeded:
    """Adds what the surveys ask and the bank does not know. Runs inside a unit; doing it again changes nothing.

    Words that a member of staff has changed stay. Others follow the surveys, so that a corrected translation
    comes with the next start. A language that not all of a question was translated into yet is left out.
    """
    wanted, at_odds = _wanted(documents)
    known = {each.code: each for each in await reading.concepts(retired=True)}
    new = [each for code, each in wanted.items() if code not in known]
    await changing.add_all(new, by=None, now=now)
    theirs = await reading.touched_by_people()
    reworded = 0
    for code in [code for code in wanted if code in known and not known[code].is_retired]:
        wider = _asked_of_both(known[code], wanted[code])
        if changing.changed_meaning(wider, _asked_of_both(wanted[code], known[code])):
            at_odds.append(code)
            continue
        if wider != known[code]:
            await changing.change_about(wider, by=None, now=now)
        for edition, language, wording in _words_of(wanted[code]):
            if wording != known[code].wording(edition, language) and (code, edition, language) not in theirs:
                await changing.change_wording(code, edition, language, wording, by=None, now=now)
                reworded += 1
    return Seeded(len(new), reworded, tuple(dict.fromkeys(at_odds)))


def _wanted(documents: Iterable[SurveyDocument]) -> tuple[dict[str, Concept], list[str]]:
    """The concepts of all surveys, and those that two surveys mean different things by."""
    wanted: dict[str, Concept] = {}
    at_odds: list[str] = []
    for document in documents:
        for question in document.questions:
            concept = _concept(question, document)
            first = wanted.get(concept.code)
            if first is None:
                wanted[concept.code] = concept
            elif changing.changed_meaning(_asked_of_both(first, concept), _asked_of_both(concept, first)):
                at_odds.append(concept.code)
            else:
                wanted[concept.code] = msgspec.structs.replace(
                    _asked_of_both(first, concept), wordings={**concept.wordings, **first.wordings}
                )
    return wanted, at_odds


def _asked_of_both(concept: Concept, other: Concept) -> Concept:
    """The concept, asked also of those that the other is asked of."""
    also = [each for each in (*concept.also_asked_of, *other.audiences) if each != concept.audience]
    return msgspec.structs.replace(concept, also_asked_of=tuple(dict.fromkeys(also)))


def _concept(question: Question, document: SurveyDocument) -> Concept:
    concept = concept_of(question, audience=document.audience, edition=document.edition, period=_period(question))
    said = concept.wordings[document.edition]
    return msgspec.structs.replace(
        concept,
        headings=FILED_UNDER.get(concept.code, ()),
        wordings={document.edition: {code: each for code, each in said.items() if is_whole(concept, each)}},
    )


def _period(question: Question) -> Period:
    if question.concept.endswith("_before"):
        return "before"
    if question.concept.endswith("_after"):
        return "after"
    return "now" if question.kind in ABOUT_THE_PERSON else "this_time"


def _words_of(concept: Concept) -> list[tuple[Edition, str, Wording]]:
    return [
        (edition, language, wording)
        for edition in concept.editions
        for language, wording in concept.wordings[edition].items()
    ]
