"""What young people of the invented partnership say this term: My life, my support, and how they are at school."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import secrets
import uuid
from collections.abc import Mapping
from importlib.resources import files
from typing import get_args

from surveys import submissions
from surveys.answers import GivenAnswer, Part
from surveys.document import RATHER_NOT_SAY, Question
from surveys.publishing import OpenRound, open_round, publish, rounds
from surveys.routing import path
from surveys.submissions import Mode, SaidBy, SentAnswers
from surveys.templates import TEMPLATES
from surveys.terms import first_day, term_of
from voice.languages import LANGUAGES, words
from voice.storage import Store

YOUNG_PEOPLE = 48
CLASSES = ("Alder Lane Primary", "Brook Road School", "Northfield Academy")
PUPILS_A_CLASS = 28
HOW_MANY = YOUNG_PEOPLE + len(CLASSES) * PUPILS_A_CLASS

MOODS = ("good", "mixed", "bad")
SCALE = {"good": (62, 24, 9, 4, 1), "mixed": (26, 36, 22, 11, 5), "bad": (6, 16, 24, 30, 24)}
"""How the places of a scale weigh, the kindest first, as all scales of these surveys have it."""

AROUND = {"good": 8, "mixed": 6, "bad": 3}
"""The middle of what is answered from 0 to 10."""

GOOD_FEELINGS = frozenset(("happy", "calm", "safe", "proud", "excited", "loved"))
YEARS = {
    "Alder Lane Primary": ("year_4", "year_5", "year_6"),
    "Brook Road School": ("year_7", "year_8"),
    "Northfield Academy": ("year_9", "year_10", "year_11"),
}


class Unsaid:
    """Comments to choose from: nobody says what another has said."""

    def __init__(self) -> None:
        self._left: dict[tuple[str, str, str], list[str]] = {}
        text = files(__package__).joinpath("young_people.csv").read_text(encoding="utf-8")
        for row in csv.DictReader(io.StringIO(text, newline="")):
            self._left.setdefault((row["language"], row["concept"], row["mood"]), []).append(row["text"])

    def next(self, language: str, concept: str, mood: str) -> str | None:
        left = self._left.get((language, concept, mood))
        return left.pop() if left else None


async def load_young_people(store: Store, *, today: dt.date) -> None:
    """Opens both surveys by link and stores what was said. Begun again, it adds only what is missing."""
    said = Unsaid()
    life = await store.write(lambda: _round_of("my-life-young-person", today))
    school = await store.write(lambda: _round_of("school-wellbeing", today))
    chance = random.Random(21)  # noqa: S311 - an invented partnership, the same for everybody
    sent = [_young_person(life, chance, said, number) for number in range(YOUNG_PEOPLE)]
    sent += [_pupil(school, chance, said, setting, number) for setting in CLASSES for number in range(PUPILS_A_CLASS)]

    async def unit() -> None:
        for each in sent:
            await submissions.store(each)

    await store.write(unit)


async def _round_of(slug: str, today: dt.date) -> OpenRound:
    term = term_of(today)
    if not any(each.survey == slug for each in await rounds()):
        version = await publish(TEMPLATES[slug](words, tuple(LANGUAGES)), today=today)
        link = secrets.token_urlsafe(16)
        await open_round(
            version, term=term, identity_mode="anonymous", link=link, opens_on=first_day(term), closes_on=None
        )
    return next(each for each in await rounds() if each.survey == slug)


def _young_person(round: OpenRound, chance: random.Random, said: Unsaid, number: int) -> SentAnswers:
    modes: tuple[Mode, ...] = ("own_device", "shared_device", "paper")
    language = chance.choices(("en", "ur", "pl"), (76, 14, 10))[0]
    said_by = chance.choices(get_args(SaidBy), (58, 29, 13))[0]
    ages = {"own_age": ("5_to_10", "11_to_15", "16_to_18", "19_to_25")}
    return _sent(round, chance, said, f"young person {number}", language, chance.choice(modes), said_by, ages, None)


def _pupil(round: OpenRound, chance: random.Random, said: Unsaid, setting: str, number: int) -> SentAnswers:
    said_by = chance.choices(get_args(SaidBy), (84, 16, 0))[0]
    years = {"year_group": YEARS[setting]}
    return _sent(round, chance, said, f"{setting} {number}", "en", "class", said_by, years, setting)


def _sent(
    round: OpenRound,
    chance: random.Random,
    said: Unsaid,
    name: str,
    language: str,
    mode: Mode,
    said_by: SaidBy,
    known: Mapping[str, tuple[str, ...]],
    setting: str | None,
) -> SentAnswers:
    mood = chance.choices(MOODS, (48, 32, 20))[0]
    given: dict[str, GivenAnswer] = {}
    for question in round.document.questions:
        if question not in path(round.document, given):
            continue
        answer = _answer(question, chance, said, language, mood, known)
        if answer is not None:
            given[question.concept] = answer
    return SentAnswers(
        id=uuid.uuid5(round.id, name),
        round=round.id,
        language=language,
        mode=mode,
        said_by=said_by,
        setting=setting,
        respondent_kind=round.document.audience,
        submitted_at=f"{first_day(round.term) + dt.timedelta(days=chance.randrange(60)):%Y-%m}",
        answers=given,
    )


def _answer(
    question: Question,
    chance: random.Random,
    said: Unsaid,
    language: str,
    mood: str,
    known: Mapping[str, tuple[str, ...]],
) -> GivenAnswer | None:
    codes = [option.code for option in question.options]
    if question.kind == "consent":
        return GivenAnswer(language, code="yes")
    if question.concept in known:
        return GivenAnswer(language, code=chance.choice(known[question.concept]))
    if question.kind in ("drawing", "photo", "recording") or chance.random() < 0.06:
        return None
    if chance.random() < 0.04:
        return GivenAnswer(language, code=RATHER_NOT_SAY)
    match question.kind:
        case "free_text":
            text = said.next(language, question.concept, mood) if chance.random() < 0.6 else None
            return GivenAnswer(language, text=text) if text else None
        case "number_scale":
            return GivenAnswer(language, code=str(min(10, max(0, AROUND[mood] + chance.randint(-2, 2)))))
        case "feelings":
            liked = [code for code in codes if (code in GOOD_FEELINGS) == (mood == "good" or chance.random() < 0.3)]
            return _several(language, codes, chance.sample(liked, chance.randint(1, 3)))
        case "multiple_choice":
            return _several(language, codes, chance.sample(codes[:-1], chance.randint(1, 3)))
        case "ranking":
            return GivenAnswer(language, parts=tuple(Part(code) for code in chance.sample(codes, len(codes))))
        case "sorting":
            places = [place.code for place in question.places]
            weights = SCALE[mood][: len(places)]
            parts = tuple(Part(code, chance.choices(places, weights)[0]) for code in codes)
            return GivenAnswer(language, parts=parts)
        case _:
            return GivenAnswer(language, code=chance.choices(codes, SCALE[mood][: len(codes)])[0])


def _several(language: str, codes: list[str], chosen: list[str]) -> GivenAnswer:
    return GivenAnswer(language, parts=tuple(Part(code) for code in codes if code in chosen))
