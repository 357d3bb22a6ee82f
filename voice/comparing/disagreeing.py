"""Surveys that ask the same in a term and hear something else."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import itertools
from collections.abc import Collection, Mapping, Sequence

import msgspec

from analysis.comparing.disagreements import Judged, judged
from analysis.comparing.reasons import Likeness, Reason, Side, Unknown, reasons, unknown
from analysis.comparing.safe_shares import SafeShare, place, safe_shares
from analysis.comparing.silent import Silent, silent
from surveys.document import Question, SurveyDocument, Words, wording
from surveys.publishing import rounds
from surveys.terms import is_term, term_order
from voice.comparing import counting
from voice.comparing.counting import Asked, People
from voice.comparing.favourable import scale
from voice.comparing.how_asked import HowAsked, how_asked
from voice.findings.counting import Counted as Answers
from voice.findings.counting import counted as answers_counted
from voice.findings.favourable import counted_of
from voice.storage import Store

TERMS_BACK = 3
"""Where a survey was not asked in the term, the newest of so many terms before it stands for it: a year."""


class OneSide(msgspec.Struct, frozen=True):
    """What one survey heard. ``share`` is of people's own words; ``silent`` is what the others could change."""

    survey: str
    term: str
    document: SurveyDocument
    question: Question
    share: SafeShare
    kinds: Mapping[str, int]
    how: HowAsked
    silent: Silent | None

    @property
    def title(self) -> Words:
        return self.document.title

    @property
    def only_some(self) -> bool:
        return bool(self.question.conditions)

    @property
    def who(self) -> str:
        """The kind of people that most of them are."""
        return max(sorted(self.kinds), key=lambda kind: self.kinds[kind])


class Pair(msgspec.Struct, frozen=True):
    """Two surveys that ask one concept; ``differs`` when they disagree: see ``analysis.comparing.disagreements``."""

    key: str
    concept: str
    title: Words
    sides: tuple[OneSide, OneSide]
    judged: Judged
    reasons: tuple[Reason, ...] = ()
    unknown: tuple[tuple[Unknown, int | None], ...] = ()

    @property
    def anchor(self) -> str:
        return f"pair-{hashlib.blake2b(self.key.encode(), digest_size=4).hexdigest()}"


Disagreement = Pair


class Compared(msgspec.Struct, frozen=True):
    """``hidden`` counts pairs of which a number may not be shown."""

    term: str
    terms: tuple[str, ...]
    disagree: tuple[Pair, ...]
    agree: tuple[Pair, ...]
    hidden: int


def address(pair: Pair, term: str) -> str:
    return f"/lead/disagreements?term={term}#{pair.anchor}"


async def disagreement(store: Store, key: str, today: dt.date) -> Disagreement | None:
    """The one with this key, ``None`` once its surveys disagree no longer or the key was never given."""
    terms = [part for part in key.split("~")[2::2] if is_term(part)]
    try:
        found = await disagreements(store, max(terms, key=term_order), today) if terms else ()
    except KeyError:
        return None
    return next((each for each in found if each.key == key), None)


async def disagreements(
    store: Store, term: str | None, today: dt.date, *, answers: Sequence[Answers] | None = None
) -> tuple[Disagreement, ...]:
    """The disagreements of a term (the newest when ``None``), the largest first; ``answers`` if known."""
    found = await compared(store, term, today=today, answers=answers)
    return found.disagree if found else ()


async def compared(
    store: Store, term: str | None, *, today: dt.date, answers: Sequence[Answers] | None = None
) -> Compared | None:
    """``None`` while nobody has answered what two surveys ask. Raises ``KeyError`` for a term without such answers."""
    known = await store.read(rounds)
    asked = [each for each in (await store.read(lambda: counting.asked_in(known))).values() if len(each.questions) > 1]
    answers = answers if answers is not None else await answers_counted(store)
    counted = counting.people(asked, answers)
    terms = tuple(sorted({each.term for each in counted}, key=term_order, reverse=True))
    if not terms:
        return None
    chosen = term or terms[0]
    if chosen not in terms:
        raise KeyError(chosen)
    partner_of = await store.read(counting.partners)
    places = await asyncio.to_thread(_places, asked, counted, partner_of, chosen)
    wanted = {key: each.rounds[key] for each, keys in places for key in keys if key in each.rounds}
    how = await store.read(lambda: how_asked(wanted, answers, today=today))
    pairs, hidden = _pairs(places, counted, how, chosen)
    judged_pairs = [_judged(each, len(pairs)) for each in pairs]
    disagree = [each for each in judged_pairs if each.judged.differs]
    likeness = await asyncio.to_thread(_likeness, disagree)
    explained = [_explained(pair, like) for pair, like in zip(disagree, likeness, strict=True)]

    def size(pair: Pair) -> float:
        return -abs(pair.judged.difference)

    agree = (each for each in judged_pairs if not each.judged.differs)
    return Compared(chosen, terms, tuple(sorted(explained, key=size)), tuple(sorted(agree, key=size)), hidden)


Places = list[tuple[Asked, dict[tuple[str, str], SafeShare]]]


def _places(asked: Sequence[Asked], counted: Collection[People], partner_of: Mapping[str, str], term: str) -> Places:
    """Of each concept, what each survey heard in the term or as soon before it as there is."""
    found: Places = []
    for each in asked:
        own = [people for people in counted if people.concept == each.concept]
        newest: dict[str, str] = {}
        for people in own:
            if 0 <= _terms_between(people.term, term) <= TERMS_BACK:
                newest[people.survey] = max(newest.get(people.survey, people.term), people.term, key=term_order)
        if len(newest) > 1 and term in newest.values():
            safe = safe_shares(counting.rows_of(own, partner_of))
            found.append((each, {key: safe[place(survey=key[0], term=key[1])] for key in newest.items()}))
    return found


def _terms_between(earlier: str, later: str) -> int:
    (year, season), (later_year, later_season) = term_order(earlier), term_order(later)
    return (later_year - year) * 3 + later_season - season


def _pairs(
    places: Places, counted: Collection[People], how: Mapping[tuple[str, str], HowAsked], term: str
) -> tuple[list[tuple[Asked, OneSide, OneSide]], int]:
    pairs, hidden = [], 0
    for asked, shares in places:
        for one, two in itertools.combinations(sorted(shares), 2):
            if term not in (one[1], two[1]) or _one_series(asked, one, two):
                continue
            if shares[one].share is None or shares[two].share is None:
                hidden += 1
                continue
            sides = [_side(asked, key, shares[key], counted, how[key]) for key in (one, two)]
            pairs.append((asked, *sorted(sides, key=lambda side: -(side.share.share or 0))))
    return pairs, hidden  # type: ignore[return-value]


def _one_series(asked: Asked, *keys: tuple[str, str]) -> bool:
    """Whether both are parts of one series: what differs between before and after is what was hoped for."""
    series = [asked.rounds[key][0].document.series for key in keys]
    return None not in series and len({each.code for each in series if each}) == 1


def _side(asked: Asked, key: tuple[str, str], share: SafeShare, counted: Collection[People], how: HowAsked) -> OneSide:
    newest = max(asked.rounds[key], key=lambda round: round.version)
    question = next(q for q in newest.document.questions if q.concept in asked.codes)
    kinds: dict[str, int] = {}
    for each in counted:
        if (each.concept, each.survey, each.term) == (asked.concept, *key):
            kinds[each.kind] = kinds.get(each.kind, 0) + each.answered
    good, answered = share.good or 0, share.answered or 0
    may_tell = how.asked is not None and how.asked >= answered and not question.conditions
    others = silent(good, answered, how.asked) if may_tell and how.asked else None
    return OneSide(key[0], key[1], newest.document, question, share, kinds, how, others)


def _judged(pair: tuple[Asked, OneSide, OneSide], looked_at: int) -> Pair:
    asked, first, second = pair
    found = judged(_part(first), _part(second), looked_at=looked_at)
    key = "~".join((asked.concept, *itertools.chain(*sorted((side.survey, side.term) for side in (first, second)))))
    return Pair(key, asked.concept, asked.question.title, (first, second), found)


def _part(side: OneSide) -> tuple[int, int]:
    return side.share.good or 0, side.share.answered or 0


def _likeness(pairs: Sequence[Pair]) -> list[Likeness]:
    # It brings numpy, for which no start shall wait.
    from analysis.questions.same_question import compare

    asked = [tuple(wording(side.question.title, "en") for side in pair.sides) for pair in pairs]
    return [Likeness(each.score, each.differs_by) for each in compare(asked, None)]  # type: ignore[arg-type]


def _explained(pair: Pair, likeness: Likeness) -> Pair:
    first, second = (_asked_how(side) for side in pair.sides)
    return msgspec.structs.replace(pair, reasons=reasons(first, second, likeness), unknown=unknown(first, second))


def _asked_how(side: OneSide) -> Side:
    good, answered = _part(side)
    return Side(
        good=good,
        answered=answered,
        asked=side.how.asked if side.silent else None,
        kinds=side.kinds,
        ways=side.how.ways,
        day=side.how.middle,
        words=wording(side.question.title, "en"),
        scale=(*scale(side.question), *(counted_of(side.question) or ())),
        edition=side.document.edition,
        only_some=side.only_some,
        sent_to_a_list=side.how.sent_to_a_list,
    )
