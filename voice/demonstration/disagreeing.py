"""A survey of the invented parent carer forum that hears something else than the team that writes the plans, and a
course that was asked about before and after.

The forum's survey asks its members once a year, a part of them on paper; what they say is less happy. The course ended
this term: people feel a little surer, which may be chance, and know much better what to try.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from surveys import submissions
from surveys.answers import GivenAnswer
from surveys.document import Question, SurveyDocument, Words
from surveys.ledger import keys
from surveys.ledger.recording import NewAsk, record
from surveys.ledger.tables import Ask
from surveys.publishing import OpenRound, open_round, publish, rounds
from surveys.submissions import Mode, SentAnswers
from surveys.templates import parenting_course, yearly_families
from surveys.templates.asked_often import how_much
from surveys.terms import first_day, term_of
from voice.languages import LANGUAGES, words
from voice.storage import Store

FORUM = "Millbrook Vale Parent Carer Forum"
MEMBERS, ANSWERED = 310, 118
"""Families whom the forum asked, and who answered."""

HOW_MUCH = ("yes", "mostly", "a_little", "no")
WAYS: tuple[Mode, ...] = ("own_device", "paper", "telephone")
FORUM_SAYS = {
    "kept_up_to_date": (14, 24, 33, 29),
    "felt_listened_to": (38, 30, 20, 12),
    "child_views_heard": (40, 31, 18, 11),
    "help_makes_difference": (30, 32, 24, 14),
}
"""How the answers from yes to no weigh: it hears something else of one question alone."""

COURSE = (("before", 66), ("after", 60))
"""People who answered before and after the course."""

THIS_TERM = ANSWERED + COURSE[1][1]
"""How many people of these answer in the newest term."""

SURE = {"before": (4, 6, 13, 15, 13, 10, 5), "after": (3, 4, 9, 13, 14, 11, 6)}
"""How many chose the numbers from 3 to 9."""

TRY = {"before": (7, 20, 17, 15, 7), "after": (15, 29, 10, 4, 2)}
"""How many agree a lot, agree, and so on to not at all."""


async def load_disagreeing(store: Store, *, secret: bytes, today: dt.date) -> None:
    """Loads both at once, or nothing when they are there already."""
    if any(each.survey == yearly_families.SLUG for each in await store.read(rounds)):
        return
    chance = random.Random(71)  # noqa: S311 - an invented partnership, the same for everybody

    async def unit() -> None:
        forum = await _round(_forum_survey(), term_of(today))
        for sent in _members(forum, chance):
            await submissions.store(sent)
        if not await Ask.exists().where(Ask.partner == FORUM):
            await record(_asks(secret, min(first_day(forum.term) + dt.timedelta(days=6), today - dt.timedelta(days=1))))
        this = term_of(today)
        earlier = term_of(first_day(this) - dt.timedelta(days=1))
        for (moment, _), term in zip(COURSE, (earlier, this), strict=True):
            course = parenting_course.before if moment == "before" else parenting_course.after
            document = course(words, tuple(LANGUAGES))
            round = await _round(_with_a_look_back(document) if moment == "after" else document, term)
            for sent in _parents(round, moment, chance):
                await submissions.store(sent)

    await store.write(unit)


def _forum_survey() -> SurveyDocument:
    """The yearly survey, with a question of the team that writes the plans in the slot for partners."""
    document = yearly_families.document(words, tuple(LANGUAGES))
    asked = Question(
        "kept_up_to_date",
        "single_choice",
        "news",
        {"en": "This year, did people tell you how your child’s plan was going?"},
        {"en": "Think of letters, calls and e-mails."},
        options=how_much(words),
    )
    place = next(n for n, each in enumerate(document.questions) if each.concept == yearly_families.SLOT) + 1
    return msgspec.structs.replace(
        document, questions=(*document.questions[:place], asked, *document.questions[place:])
    )


def _with_a_look_back(document: SurveyDocument) -> SurveyDocument:
    asked = (
        Question(concept, "single_choice", "signpost", title, {}, options=how_much(words))
        for concept, title in _looked_back()
    )
    return msgspec.structs.replace(document, questions=(*document.questions, *asked))


def _looked_back() -> tuple[tuple[str, Words], ...]:
    return (
        ("could_find_help_before", {"en": "Before the course, could you find help when you needed it?"}),
        ("could_find_help_after", {"en": "Now, can you find help when you need it?"}),
    )


async def _round(document: SurveyDocument, term: str) -> OpenRound:
    version = await publish(document, today=first_day(term))
    id = await open_round(
        version,
        term=term,
        identity_mode="anonymous",
        link=None,
        opens_on=first_day(term) + dt.timedelta(days=5),
        closes_on=first_day(term) + dt.timedelta(days=47),
    )
    return next(each for each in await rounds() if each.id == id)


def _members(round: OpenRound, chance: random.Random) -> Iterator[SentAnswers]:
    for number in range(ANSWERED):
        given = {concept: chance.choices(HOW_MUCH, weights)[0] for concept, weights in FORUM_SAYS.items()}
        given["told_what_happens_next"] = chance.choices(("yes", "no"), (74, 26))[0]
        mode = chance.choices(WAYS, (58, 30, 12))[0]
        yield _sent(round, f"member {number}", mode, given)


def _parents(round: OpenRound, moment: str, chance: random.Random) -> Iterator[SentAnswers]:
    agree = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree")
    sure = [str(place) for place, n in enumerate(SURE[moment], start=3) for _ in range(n)]
    knows = [code for code, n in zip(agree, TRY[moment], strict=True) for _ in range(n)]
    chance.shuffle(knows)
    for number, pair in enumerate(zip(sure, knows, strict=True)):
        given = dict(zip(("sure_as_parent_carer", "knows_what_to_try"), pair, strict=True))
        if moment == "after":
            was = chance.choices(range(4), (14, 26, 34, 26))[0]
            now = max(0, min(3, was + chance.choices((-2, -1, 0, 1), (20, 34, 28, 18))[0]))
            given |= {concept: HOW_MUCH[place] for (concept, _), place in zip(_looked_back(), (was, now), strict=True)}
        yield _sent(round, f"{moment} {number}", "own_device", given)


def _sent(round: OpenRound, name: str, mode: Mode, codes: Mapping[str, str]) -> SentAnswers:
    return SentAnswers(
        id=uuid.uuid5(round.id, name),
        round=round.id,
        language="en",
        mode=mode,
        respondent_kind="parent_carer",
        submitted_at=f"{first_day(round.term):%Y-%m}",
        answers={concept: GivenAnswer("en", code=code) for concept, code in codes.items()},
    )


def _asks(secret: bytes, day: dt.date) -> Sequence[NewAsk]:
    """The forum's own members, whom no register of the council has."""
    key = keys.key_bytes(keys.ledger_key(secret))
    moment = dt.datetime.combine(day, dt.time(10, 0), dt.UTC)
    return [
        NewAsk(
            keys.family_key(key, {"reference": f"forum member {number}"}),
            keys.person_key(key, {"reference": f"forum member {number}"}),
            yearly_families.SLUG,
            FORUM,
            "invitation",
            moment,
            way="letter",
            audience="parent_carer",
            language="en",
            outcome="completed" if number < ANSWERED else "none",
            minutes=8,
        )
        for number in range(MEMBERS)
    ]
