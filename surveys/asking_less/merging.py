"""What happens when one survey carries the questions of another: minutes, questions that fall away, series that break.

Pure, but for the meanings that are handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from surveys.building.asked_before import SAYS_WHO
from surveys.building.minutes import minutes
from surveys.document import Question, SurveyDocument, Words

Same = Callable[[Sequence[tuple[str, str]]], Sequence[bool]]
"""Whether the two questions of each pair ask the same."""

SHORT_ENOUGH = 10
"""Minutes. A survey that takes longer is broken off: easy read asks for five."""


class FallsAway(msgspec.Struct, frozen=True):
    """A question of the other survey that the carrier asks already, in ``kept``."""

    question: Question
    kept: Question


class Breaks(msgspec.Struct, frozen=True):
    """A series of the other survey that cannot go on as it was.

    ``why`` is ``other_people`` (the carrier asks others), ``other_words`` (the question that stays is worded otherwise)
    or ``other_choices`` (it has other choices).
    """

    title: Words
    why: str


class Merged(msgspec.Struct, frozen=True):
    """``carrier`` with the questions of the other survey that it does not ask yet.

    ``minutes`` is what it then takes, ``added`` what came to it, ``saved`` what each family keeps that would have been
    asked both. ``families`` are families asked once instead of twice: at most as many as the smaller of the two asks.
    """

    minutes: int
    added: int
    saved: int
    families: int
    questions: tuple[Question, ...]
    falls_away: tuple[FallsAway, ...]
    breaks: tuple[Breaks, ...]

    @property
    def is_long(self) -> bool:
        return self.minutes > SHORT_ENOUGH


def merged(
    carrier: SurveyDocument,
    other: SurveyDocument,
    *,
    families: tuple[int, int],
    same: Same,
    has_series: Callable[[str], bool],
) -> Merged:
    """What comes of it when ``carrier`` asks what ``other`` would have asked.

    ``families`` are how many each would ask. ``has_series`` says of a concept whether it was asked in an earlier term.
    """
    falls_away = _falls_away(carrier, other, same)
    gone = {each.question.concept for each in falls_away}
    added = tuple(question for question in other.questions if question.concept not in gone)
    # A code that is no code of the bank may stand for another question in each survey.
    carried = (msgspec.structs.replace(each, concept=f"{other.slug}_{each.concept}", only_if=None) for each in added)
    whole = msgspec.structs.replace(carrier, questions=(*carrier.questions, *carried))
    alone, together = minutes(carrier), minutes(whole)
    return Merged(
        minutes=together,
        added=together - alone,
        saved=max(0, alone + minutes(other) - together),
        families=min(families) if carrier.audience == other.audience else 0,
        questions=added,
        falls_away=falls_away,
        breaks=tuple(_breaks(carrier, other, falls_away, has_series)),
    )


def _falls_away(carrier: SurveyDocument, other: SurveyDocument, same: Same) -> tuple[FallsAway, ...]:
    by_concept = {question.concept: question for question in carrier.questions}
    found = {}
    open_pairs = []
    for question in other.questions:
        kept = by_concept.get(question.concept)
        if kept is not None and kept.kind == question.kind:
            found[question.concept] = FallsAway(question, kept)
            continue
        if question.kind not in SAYS_WHO:
            open_pairs += [(question, each) for each in carrier.questions if each.kind not in SAYS_WHO]
    verdicts = same([(question.title["en"], each.title["en"]) for question, each in open_pairs])
    for (question, each), is_same in zip(open_pairs, verdicts, strict=True):
        if is_same:
            found.setdefault(question.concept, FallsAway(question, each))
    return tuple(found[question.concept] for question in other.questions if question.concept in found)


def _breaks(
    carrier: SurveyDocument,
    other: SurveyDocument,
    falls_away: Sequence[FallsAway],
    has_series: Callable[[str], bool],
) -> list[Breaks]:
    kept = {each.question.concept: each.kept for each in falls_away}
    found = []
    for question in other.questions:
        if question.kind in SAYS_WHO or not has_series(question.concept):
            continue
        instead = kept.get(question.concept, question)
        if carrier.audience != other.audience:
            found.append(Breaks(question.title, "other_people"))
        elif [option.code for option in instead.options] != [option.code for option in question.options]:
            found.append(Breaks(question.title, "other_choices"))
        elif instead.title["en"] != question.title["en"]:
            found.append(Breaks(question.title, "other_words"))
    return found
