"""Measures term by term: of those who answered a question, how many gave the answers that are counted."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from analysis.changes import Change, change
from analysis.disclosure import FLOOR
from analysis.measures import Measure, measures
from surveys.document import RATHER_NOT_SAY, Words
from surveys.terms import term_order
from voice.findings import favourable
from voice.findings.counting import Counted

OWN_WORDS = "own_words"


class Part(msgspec.Struct, frozen=True, order=True):
    """Whose answers a trend is of. ``by`` is empty for all of ``who``; else ``setting`` or one of
    ``counting.GROUPS``, and ``value`` which of them."""

    concept: str
    who: str
    by: str = ""
    value: str = ""


class Trend(msgspec.Struct, frozen=True):
    """A measure in every term with answers, in time. ``codes`` are the answers that are counted.

    ``points`` are of people who answered in their own words. ``surveys`` asked it in each of the terms. ``bare`` are
    the same numbers before small ones are hidden, by term: how many gave such an answer, of how many. They are looked
    at for changes, and never shown.
    """

    part: Part
    title: Words
    codes: tuple[str, ...]
    points: tuple[Measure, ...]
    bare: Mapping[str, tuple[int, int]]
    surveys: Mapping[str, tuple[str, ...]]

    def at(self, term: str) -> Measure | None:
        return next((each for each in self.points if each.term == term), None)

    def before(self, term: str) -> Measure | None:
        """The newest earlier term with a number that is shown."""
        earlier = [each for each in self.points if term_order(each.term) < term_order(term) and each.share is not None]
        return earlier[-1] if earlier else None

    def comparable(self, earlier: str, term: str) -> Measure | None:
        """The measure of an earlier term, ``None`` where other surveys asked then than in ``term``."""
        return self.at(earlier) if self.surveys.get(earlier) == self.surveys.get(term) else None

    def until(self, term: str) -> tuple[Measure, ...]:
        return tuple(each for each in self.points if term_order(each.term) <= term_order(term))

    def change(self, term: str) -> Change | None:
        """From the term before to ``term``; ``None`` where one of them has no number that is shown, or where other
        surveys asked: they may ask others, in another way."""
        now, before = self.at(term), self.before(term)
        if now is None or before is None or self.surveys[before.term] != self.surveys[term]:
            return None
        return change_between(before, now)


def change_between(before: Measure, now: Measure) -> Change | None:
    if before.favourable is None or now.favourable is None or not before.answered or not now.answered:
        return None
    return change(now.concept, before=(before.favourable, before.answered), now=(now.favourable, now.answered))


def trends(counted: Sequence[Counted], *, floor: int = FLOOR) -> tuple[Trend, ...]:
    """What each kind of people answered, question by question; the questions with a name of their own come first.

    Kept of the counts that were looked at last: several parts of one page ask for it.
    """
    if _last and floor == _last[1] and len(_last[0]) == len(counted) and all(map(operator.is_, _last[0], counted)):
        kept: tuple[Trend, ...] = _last[2]
        return kept
    found = _whole(counted, floor)
    _last[:] = (tuple(counted), floor, found)
    return found


_last: list[Any] = []


def _whole(counted: Sequence[Counted], floor: int) -> tuple[Trend, ...]:
    cells = [
        (round, Part(cell.concept, cell.who), cell.code, cell.people)
        for round in counted
        for cell in round.chosen
        if cell.said_by == OWN_WORDS
    ]
    return _trends(counted, cells, floor)


def trends_in_settings(counted: Sequence[Counted], *, floor: int = FLOOR) -> tuple[Trend, ...]:
    """The same for each setting whose people answered together."""
    cells = [
        (round, Part(cell.concept, cell.who, "setting", cell.setting), cell.code, cell.people)
        for round in counted
        for cell in round.chosen
        if cell.said_by == OWN_WORDS and cell.setting
    ]
    return _trends(counted, cells, floor)


def trends_in_groups(counted: Sequence[Counted], *, floor: int = FLOOR) -> tuple[Trend, ...]:
    """The same by what people said about themselves: their age band, their need."""
    cells = [
        (round, Part(cell.concept, cell.who, cell.by, cell.value), cell.code, cell.people)
        for round in counted
        for cell in round.chosen_in
        if cell.said_by == OWN_WORDS
    ]
    return _trends(counted, cells, floor)


def apart(counted: Iterable[Counted], said_by: str, *, floor: int = FLOOR) -> dict[tuple[str, str, str], Measure]:
    """By concept, kind of people and term what was answered with somebody's support, or for somebody."""
    rounds = tuple(counted)
    cells = [
        (round, Part(cell.concept, cell.who), cell.code, cell.people)
        for round in rounds
        for cell in round.chosen
        if cell.said_by == said_by
    ]
    return {
        (trend.part.concept, trend.part.who, point.term): point
        for trend in _trends(rounds, cells, floor)
        for point in trend.points
    }


def _trends(
    counted: Sequence[Counted], cells: Iterable[tuple[Counted, Part, str, int]], floor: int
) -> tuple[Trend, ...]:
    asked = _asked(counted)
    codes: dict[Part, dict[tuple[str, str], dict[str, int]]] = {}
    surveys: dict[Part, dict[str, set[str]]] = {}
    for round, part, code, people in cells:
        if part.concept not in asked or code in favourable.NOT_ASKED:
            continue
        term = round.round.term
        of_term = codes.setdefault(part, {}).setdefault((term, part.concept), {})
        of_term[code] = of_term.get(code, 0) + people
        surveys.setdefault(part, {}).setdefault(term, set()).add(round.round.survey)
    return tuple(
        Trend(
            part,
            asked[part.concept][0],
            asked[part.concept][1],
            measures(codes[part], {part.concept: asked[part.concept][1]}, floor=floor),
            {term: _bare(codes[part][term, part.concept], asked[part.concept][1]) for term in surveys[part]},
            {term: tuple(sorted(named)) for term, named in surveys[part].items()},
        )
        for part in sorted(codes, key=lambda part: (_place(part.concept), part))
    )


def _bare(codes: Mapping[str, int], counted: Sequence[str]) -> tuple[int, int]:
    said = {code: people for code, people in codes.items() if code != RATHER_NOT_SAY}
    return sum(people for code, people in said.items() if code in counted), sum(said.values())


def _asked(counted: Iterable[Counted]) -> dict[str, tuple[Words, tuple[str, ...]]]:
    """By concept its words in the newest survey that asks it, and the codes that are counted."""
    found: dict[str, tuple[Words, tuple[str, ...]]] = {}
    for each in sorted(counted, key=lambda each: (term_order(each.round.term), each.round.version), reverse=True):
        for question in each.round.document.questions:
            codes = favourable.counted_of(question)
            if codes and question.concept not in found:
                found[question.concept] = (question.title, codes)
    return found


def _place(concept: str) -> tuple[int, str]:
    known = list(favourable.OWN_LABEL)
    return (known.index(concept), "") if concept in known else (len(known), concept)
