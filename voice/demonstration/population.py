"""How many children and young people of each group live in Millbrook Vale, and families who said which need they have.

Some groups are heard much less than others, so that the page of who was not heard has something to show.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid

import msgspec

from surveys import submissions
from surveys.answers import GivenAnswer
from surveys.document import Option, Question
from surveys.publishing import OpenRound, open_round, publish, rounds
from surveys.submissions import SentAnswers
from surveys.templates import TEMPLATES
from surveys.templates.asked_often import with_options
from surveys.terms import first_day, term_of
from voice.languages import LANGUAGES, words
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage import Store
from voice.unheard import figures
from voice.unheard.categories import OTHERS, TOTAL, meant
from voice.unheard.meaning import Figure

SURVEY = "my-life-parent-carer"
TOLD = {"asd": 74, "semh": 13, "slcn": 26, "mld": 21, "spld": 19, "pd": 11}
"""Families who said which need their child has. Nobody said that their child is deaf or does not see."""

FAMILIES = sum(TOLD.values())
THERE_ARE: dict[str, dict[str, int]] = {
    "need": {
        "Autistic spectrum disorder": 912,
        "Social, emotional and mental health": 768,
        "Speech, language and communications needs": 631,
        "Moderate learning difficulty": 424,
        "Specific learning difficulty": 308,
        "Severe learning difficulty": 92,
        "Profound & multiple learning difficulty": 38,
        "Hearing impairment": 51,
        "Visual impairment": 26,
        "Multi-sensory impairment": 4,
        "Physical disability": 97,
        "Other difficulty": 63,
    },
    "stage": {"SEN Support": 2190, "EHC plan": 1224, "Early years": 286, "Post 16": 517},
    "age_band": {"Under 5": 286, "5 to 10": 1204, "11 to 15": 1267, "16 to 18": 431, "19 to 25": 226},
    "setting": {
        "Alder Lane Primary": 118,
        "Brook Road School": 142,
        "Northfield Academy": 205,
        "Riverside College": 187,
        "Alder Special School": 131,
    },
    "language": {
        "English": 2381,
        "Urdu": 402,
        "Polish": 196,
        "Panjabi": 148,
        "Bengali": 93,
        "Romanian": 71,
        "Other": 123,
    },
    "seldom": {
        "Youth justice": 64,
        "Inpatient units": 7,
        "Residential schools": 41,
        "Fostered in another area": 58,
        "Educated elsewhere or not in school": 173,
        "Primary age": 1204,
        "Non-verbal": 212,
    },
}
SOURCE = "Millbrook Vale SEND register"


async def load_population(store: Store, *, today: dt.date) -> None:
    """Takes in the figures and stores the families' answers. Begun again, it adds only what is missing."""
    staff = {member.role: member.id for member in await store.read(signing_in.members)}

    async def unit() -> None:
        if not await figures.files():
            await figures.take_in(
                _figures(),
                filename="millbrook-vale-register.csv",
                source=SOURCE,
                year=f"January {first_day(term_of(today)).year}",
                by=staff[Role.ANALYST],
                today=today,
            )
        round = await _round(today)
        chance = random.Random(22)  # noqa: S311 - an invented partnership, the same for everybody
        needs = [need for need, families in TOLD.items() for _ in range(families)]
        for number, need in enumerate(needs):
            await submissions.store(_family(round, chance, need, number))

    await store.write(unit)


def _figures() -> list[Figure]:
    found = [
        Figure(dimension, meant(dimension, wording) or OTHERS, wording, people)
        for dimension, groups in THERE_ARE.items()
        for wording, people in groups.items()
    ]
    return [*found, Figure("need", TOTAL, "Total", sum(THERE_ARE["need"].values()))]


async def _round(today: dt.date) -> OpenRound:
    """The yearly form for parent carers, in which this partnership asks for the main need too."""
    if not any(each.survey == SURVEY for each in await rounds()):
        document = TEMPLATES[SURVEY](words, tuple(LANGUAGES))
        asked = with_options(words, _need())
        version = await publish(msgspec.structs.replace(document, questions=(*document.questions, *asked)), today=today)
        await open_round(
            version,
            term=term_of(today),
            identity_mode="anonymous",
            link=None,
            opens_on=first_day(term_of(today)),
            closes_on=None,
        )
    return next(each for each in await rounds() if each.survey == SURVEY)


def _need() -> Question:
    """The options are worded as the page of who was not heard words them."""
    return Question(
        "main_need",
        "single_choice",
        "partners",
        words("Which need does your child have most of all?"),
        words("Choose the one that matters most."),
        options=(
            Option("asd", "partners", words("Autism")),
            Option("semh", "heart", words("Feelings and mental health (SEMH)")),
            Option("slcn", "speech", words("Speech and language (SLCN)")),
            Option("mld", "learn", words("Moderate learning difficulty (MLD)")),
            Option("spld", "read", words("Dyslexia and the like (SpLD)")),
            Option("pd", "walk", words("Physical disability")),
            Option("hi", "listen", words("Hearing")),
            Option("vi", "clear", words("Sight")),
        ),
    )


def _family(round: OpenRound, chance: random.Random, need: str, number: int) -> SentAnswers:
    given = {"main_need": GivenAnswer("en", code=need)}
    for question in round.document.questions:
        codes = [option.code for option in question.options]
        if question.kind == "age_band":
            given[question.concept] = GivenAnswer("en", code=chance.choices(codes[:5], (12, 44, 30, 9, 5))[0])
        elif question.concept != "main_need" and question.kind in ("single_choice", "agree", "yes_no"):
            content = (24, 34, 24, 18, 9) if need == "semh" else (40, 33, 16, 9, 4)
            given[question.concept] = GivenAnswer("en", code=chance.choices(codes, content[: len(codes)])[0])
    return SentAnswers(
        id=uuid.uuid5(round.id, f"family {number}"),
        round=round.id,
        language="en",
        mode="own_device",
        respondent_kind="parent_carer",
        submitted_at=f"{first_day(round.term):%Y-%m}",
        answers=given,
    )
