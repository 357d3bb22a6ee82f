"""What changed from before something to after it: in one person's two answers, or in all before and all after.

Answers to two surveys are never joined, not even of the same person: anonymous answers cannot be, and others are not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence

import msgspec

from analysis.changes import difference_interval
from analysis.comparing.pairs import Moves, PairedChange, TwiceAsked, moves, paired_change, twice_asked
from analysis.comparing.safe_shares import SafeShare, place, safe_shares
from analysis.disclosure import FLOOR, Line, floor_counts, hidden_cells
from analysis.measures import wilson_interval
from surveys.document import Question, SurveyDocument, Words
from surveys.publishing import OpenRound, rounds
from surveys.tables import Answer, BankConcept
from surveys.terms import term_order
from voice.comparing import counting
from voice.comparing.counting import People
from voice.comparing.favourable import scale, worst_to_best
from voice.findings.counting import Counted as Answers
from voice.findings.counting import counted as answers_counted
from voice.findings.favourable import counted_of
from voice.storage import Store

BEFORE, AFTER = "before", "after"


class Change(msgspec.Struct, frozen=True):
    """``before`` and ``after`` are without a share where it may not be shown; then there is no difference either.

    ``moved`` are people who moved to a better, the same or a worse place of the scale; ``None`` for two surveys, where
    nobody can be followed, and each of them ``None`` when hidden. ``chance`` is how often so many move by chance.
    """

    questions: tuple[Question, Question]
    before: SafeShare
    after: SafeShare
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    moved: Mapping[str, int | None] | None = None
    chance: float | None = None


class Course(msgspec.Struct, frozen=True):
    """What was asked before and after one thing, in one survey or in two. ``note`` is told beside it."""

    titles: tuple[Words, ...]
    note: Words
    terms: tuple[str, ...]
    paired: bool
    changes: tuple[Change, ...]


async def before_and_after(store: Store, *, answers: Sequence[Answers] | None = None) -> tuple[Course, ...]:
    """Over all terms together, for few people go to one course; ``answers`` where they were counted."""
    answers = answers if answers is not None else await answers_counted(store)
    known = await store.read(rounds)
    newest = {each.survey: each.document for each in sorted(known, key=lambda each: each.version)}
    about = await store.read(_about_time)
    same_person = [await store.read(lambda d=document: _paired(d, known, about)) for document in newest.values()]  # type: ignore[misc]
    asked = await store.read(lambda: counting.asked_in(known))
    in_series = {question.concept for document in newest.values() if document.series for question in document.questions}
    wanted = [each for each in asked.values() if each.codes & in_series]
    counted = counting.people(wanted, answers)
    partner_of = await store.read(counting.partners)
    two_surveys = await asyncio.to_thread(_unpaired, newest, counted, partner_of)
    return (*(each for each in same_person if each), *two_surveys)


class _AboutTime(msgspec.Struct, frozen=True):
    """Of concepts of the bank: what time they are about, and which they follow."""

    periods: Mapping[str, str]
    follows: Mapping[str, str]

    def period(self, concept: str) -> str:
        known = self.periods.get(concept, "")
        if known in (BEFORE, AFTER):
            return known
        return next((time for time in (BEFORE, AFTER) if concept.endswith(f"_{time}")), known)

    def belong_together(self, before: str, after: str) -> bool:
        stems = before.removesuffix(f"_{BEFORE}"), after.removesuffix(f"_{AFTER}")
        return stems[0] == stems[1] or self.follows.get(after) == before


async def _about_time() -> _AboutTime:
    rows = await BankConcept.select(BankConcept.code, BankConcept.period, BankConcept.follows)
    return _AboutTime(
        {row["code"]: row["period"] for row in rows},
        {row["code"]: row["follows"] for row in rows if row["follows"]},
    )


def asked_twice(document: SurveyDocument, about: _AboutTime) -> Iterator[tuple[Question, Question]]:
    """Questions of one survey about before and after, with the same answers to choose from in the same order."""
    for before in document.questions:
        for after in document.questions:
            is_pair = about.period(before.concept) == BEFORE and about.period(after.concept) == AFTER
            same_scale = scale(before) == scale(after) and bool(scale(before)) and before.kind == after.kind
            if is_pair and same_scale and about.belong_together(before.concept, after.concept):
                yield before, after


async def _paired(document: SurveyDocument, known: Collection[OpenRound], about: _AboutTime) -> Course | None:
    changes = []
    for before, after in asked_twice(document, about):
        pairs = await _pairs_of(document.slug, before, after)
        if pairs:
            changes.append(_followed(before, after, pairs, await _everybody(document.slug, before, after)))
    terms = tuple(sorted({each.term for each in known if each.survey == document.slug}, key=term_order))
    return Course((document.title,), {}, terms, paired=True, changes=tuple(changes)) if changes else None


async def _pairs_of(survey: str, before: Question, after: Question) -> dict[tuple[str, str], int]:
    rows = await Answer.raw(
        'SELECT b."code" AS "before", a."code" AS "after", COUNT(*) AS "people" FROM "answer" AS b '
        'JOIN "answer" AS a ON a."submission" = b."submission" JOIN "submission" AS u ON b."submission" = u."id" '
        'JOIN "survey_round" AS r ON u."round" = r."id" JOIN "survey_version" AS v ON r."version" = v."id" '
        'JOIN "survey" AS s ON v."survey" = s."id" WHERE s."slug" = {} AND u."said_by" = \'own_words\' '
        'AND b."concept" = {} AND a."concept" = {} GROUP BY b."code", a."code"',
        survey,
        before.concept,
        after.concept,
    )
    offered = scale(before)
    return {
        (row["before"], row["after"]): int(row["people"])
        for row in rows
        if row["before"] in offered and row["after"] in offered
    }


async def _everybody(survey: str, before: Question, after: Question) -> dict[tuple[str, str], int]:
    """By concept and code, all who answered, with or without the other half of the pair."""
    rows = await Answer.raw(
        'SELECT a."concept" AS "concept", a."code" AS "code", COUNT(*) AS "people" FROM "answer" AS a '
        'JOIN "submission" AS u ON a."submission" = u."id" JOIN "survey_round" AS r ON u."round" = r."id" '
        'JOIN "survey_version" AS v ON r."version" = v."id" JOIN "survey" AS s ON v."survey" = s."id" '
        'WHERE s."slug" = {} AND u."said_by" = \'own_words\' AND a."concept" IN ({}, {}) '
        'GROUP BY a."concept", a."code"',
        survey,
        before.concept,
        after.concept,
    )
    return {(row["concept"], row["code"]): int(row["people"]) for row in rows if row["code"] in scale(before)}


def _followed(
    before: Question, after: Question, pairs: Mapping[tuple[str, str], int], everybody: Mapping[tuple[str, str], int]
) -> Change:
    good = frozenset(counted_of(after) or ())
    moved = moves(pairs, worst_to_best(after))
    asked = twice_asked(pairs, good)
    shown = _moves_shown(moved)
    if not good or not _may_show(asked) or not _hides_the_rest(asked, good, (before.concept, after.concept), everybody):
        people = asked.people if asked.people >= FLOOR else None
        chance = moved.chance if None not in shown.values() else None
        return Change((before, after), SafeShare(people), SafeShare(people), moved=shown, chance=chance)
    found = paired_change(asked)
    was, now = (_share(asked.both + part, asked.people) for part in (asked.lost, asked.gained))
    return _changed((before, after), was, now, found, shown, moved.chance)


def _changed(
    questions: tuple[Question, Question],
    was: SafeShare,
    now: SafeShare,
    found: PairedChange,
    shown: Mapping[str, int | None],
    chance: float,
) -> Change:
    return Change(questions, was, now, found.difference, found.low, found.high, shown, chance)


def _share(good: int, people: int) -> SafeShare:
    return SafeShare(people, good, good / people, *wilson_interval(good, people))


def _moves_shown(moved: Moves) -> dict[str, int | None]:
    counts = {"better": moved.better, "same": moved.same, "worse": moved.worse}
    floored = floor_counts(counts)
    return {key: floored.shown(key) if floored.total is not None else None for key in counts}


def _may_show(asked: TwiceAsked) -> bool:
    """Whether both shares can be shown: those in favour before, or after, and the others are no small groups."""
    counts: dict[Hashable, int] = {
        BEFORE: asked.both + asked.lost,
        AFTER: asked.both + asked.gained,
        "not_before": asked.gained + asked.neither,
        "not_after": asked.lost + asked.neither,
        "all": asked.people,
    }
    lines = [Line((BEFORE, "not_before"), "all"), Line((AFTER, "not_after"), "all")]
    return not hidden_cells(counts, lines)


def _hides_the_rest(
    asked: TwiceAsked, good: Collection[str], concepts: tuple[str, str], everybody: Mapping[tuple[str, str], int]
) -> bool:
    """Whether what other pages show of everybody tells nothing of the few who answered one half of the pair only."""
    pairs = (asked.both + asked.lost, asked.both + asked.gained)
    for concept, in_favour in zip(concepts, pairs, strict=True):
        all_good = sum(n for (code_of, code), n in everybody.items() if code_of == concept and code in good)
        all_answers = sum(n for (code_of, _), n in everybody.items() if code_of == concept)
        rest = (all_good - in_favour, (all_answers - all_good) - (asked.people - in_favour))
        if any(0 < people < FLOOR for people in rest):
            return False
    return True


def _unpaired(
    newest: Mapping[str, SurveyDocument], counted: Collection[People], partner_of: Mapping[str, str]
) -> list[Course]:
    by_series: dict[str, dict[str, SurveyDocument]] = {}
    for document in newest.values():
        if document.series and document.series.moment in (BEFORE, AFTER):
            by_series.setdefault(document.series.code, {})[document.series.moment] = document
    found = []
    for _, moments in sorted(by_series.items()):
        if len(moments) == 2:
            before, after = moments[BEFORE], moments[AFTER]
            changes = tuple(_changes(before, after, counted, partner_of))
            if changes and after.series:
                slugs = (before.slug, after.slug)
                terms = {each.term for each in counted if each.survey in slugs}
                found.append(
                    Course(
                        (before.title, after.title),
                        after.series.note,
                        tuple(sorted(terms, key=term_order)),
                        paired=False,
                        changes=changes,
                    )
                )
    return found


def _changes(
    before: SurveyDocument, after: SurveyDocument, counted: Collection[People], partner_of: Mapping[str, str]
) -> Iterator[Change]:
    for question in before.questions:
        again = after.question(question.concept)
        if again is None or counted_of(question) is None or scale(question) != scale(again):
            continue
        own = [each for each in counted if each.concept == question.concept]
        safe = safe_shares(counting.rows_of(own, partner_of))
        was, now = safe.get(place(survey=before.slug)), safe.get(place(survey=after.slug))
        if was is None or now is None:
            continue
        if was.share is None or now.share is None:
            yield Change((question, again), was, now)
            continue
        low, high = difference_interval((was.good or 0, was.answered or 0), (now.good or 0, now.answered or 0))
        yield Change((question, again), was, now, now.share - was.share, low, high)
