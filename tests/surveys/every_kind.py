"""A survey with every kind of question, and people who answered it in every way there is."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from surveys import submissions
from surveys.answers import GivenAnswer, Part
from surveys.document import RATHER_NOT_SAY, OnlyIf, Option, Question, SurveyDocument, Words
from surveys.publishing import open_round, publish
from surveys.question_types import TYPES, complete
from surveys.submissions import Mode, SaidBy, SentAnswers

SLUG = "every-kind"


def both(english: str) -> Words:
    return {"en": english, "pl": f"{english} (pl)"}


def options(*codes: str) -> tuple[Option, ...]:
    return tuple(Option(code, "yes", both(code.replace("_", " ").capitalize())) for code in codes)


def ask(concept: str, kind: str, **more: object) -> Question:
    title = both(f"About {concept.replace('_', ' ')}?")
    return complete(Question(concept, kind, "sun", title, both("Take your time."), **more), both)  # type: ignore[arg-type]


QUESTIONS = (
    ask("welcome", "information"),
    ask("takes_part", "consent"),
    ask("route", "single_choice", options=options("new", "review")),
    ask("first_time", "yes_no", only_if=OnlyIf("route", ("new",))),
    ask("clubs", "multiple_choice", options=options("art", "sport", "music"), most=2),
    ask("mood", "faces", options=options("very_happy", "in_between", "very_unhappy")),
    ask("heard", "agree"),
    ask("safe", "number_scale", ends=(both("Not at all"), both("Very much"))),
    ask("first_things", "ranking", options=options("friends", "quiet", "help")),
    ask("mat", "sorting", options=options("lunch", "bus")),
    ask("feeling", "feelings"),
    ask("reach_me", "contact"),
    ask("own_words", "free_text", limit=500),
    ask("voice_note", "recording"),
    ask("picture", "drawing"),
    ask("snap", "photo"),
    ask("day", "date"),
    ask("year", "year_group"),
    ask("age", "age_band"),
    ask("area", "postcode_area"),
)
QUESTIONS = tuple(question for question in QUESTIONS if question.kind in TYPES)

FILE = "5f0e6f3a-8d3c-4b57-9d4e-0c4b7f1f2a11"

SAID: dict[str, GivenAnswer] = {
    "takes_part": GivenAnswer("en", code="yes"),
    "route": GivenAnswer("en", code="new"),
    "first_time": GivenAnswer("en", code="not_sure"),
    "clubs": GivenAnswer("en", parts=(Part("art"), Part("music"))),
    "mood": GivenAnswer("en", code="in_between"),
    "heard": GivenAnswer("en", code="agree"),
    "safe": GivenAnswer("en", code="7"),
    "first_things": GivenAnswer("en", parts=(Part("quiet"), Part("friends"), Part("help"))),
    "mat": GivenAnswer("en", parts=(Part("lunch", "good"), Part("bus", "not_good"))),
    "feeling": GivenAnswer("en", parts=(Part("happy"), Part("tired"))),
    "reach_me": GivenAnswer("en", code="letter"),
    "own_words": GivenAnswer("en", text='Dobrze,\n„tak” "so"'),
    "voice_note": GivenAnswer("en", file=FILE),
    "picture": GivenAnswer("en", file=FILE),
    "snap": GivenAnswer("en", file=FILE),
    "day": GivenAnswer("en", code="2026-09-14"),
    "year": GivenAnswer("en", code="year_4"),
    "age": GivenAnswer("en", code="5_to_10"),
    "area": GivenAnswer("en", code="B91"),
}
SAID = {concept: answer for concept, answer in SAID.items() if concept in {q.concept for q in QUESTIONS}}


def document(questions: tuple[Question, ...] = QUESTIONS, slug: str = SLUG) -> SurveyDocument:
    return SurveyDocument(
        slug=slug,
        title=both("Every kind"),
        about=both("One of each."),
        who_reads=both("The team."),
        what_happens_next=both("We write to you."),
        minutes=5,
        languages=("en", "pl"),
        questions=questions,
        audience="young_person",
    )


async def a_round(asked: SurveyDocument, term: str = "2026-autumn") -> uuid.UUID:
    version = await publish(asked, today=dt.date(2026, 9, 1))
    return await open_round(
        version, term=term, identity_mode="anonymous", link=None, opens_on=dt.date(2026, 9, 1), closes_on=None
    )


async def send(
    round: uuid.UUID,
    answers: Mapping[str, GivenAnswer],
    *,
    mode: Mode = "class",
    said_by: SaidBy = "supported",
    number: int = 0,
) -> str:
    """One person's answers, stored; returns their id. Runs inside a unit."""
    id = uuid.uuid5(round, f"person {number}")
    await submissions.store(
        SentAnswers(
            id=id,
            round=round,
            language="en",
            mode=mode,
            respondent_kind="young_person",
            submitted_at="2026-09",
            answers=answers,
            said_by=said_by,
        )
    )
    return str(id)


async def three_people() -> tuple[str, str, str]:
    """One who answered everything, one who would rather not say anything, and one who skipped all after the route."""
    round = await a_round(document())
    everything = await send(round, SAID, number=1)
    rather_not = {
        concept: answer if concept in ("takes_part", "route") else GivenAnswer("en", code=RATHER_NOT_SAY)
        for concept, answer in SAID.items()
    }
    nothing = await send(round, rather_not, number=2, said_by="proxy")
    little = {"takes_part": SAID["takes_part"], "route": GivenAnswer("en", code="review")}
    return everything, nothing, await send(round, little, number=3, said_by="own_words", mode="paper")
