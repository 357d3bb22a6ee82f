"""The invented partnership of Millbrook Vale, with answers from four terms."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import uuid
from collections import Counter
from importlib.resources import files

import msgspec

from surveys import submissions
from surveys.answers import GivenAnswer
from surveys.document import RATHER_NOT_SAY, Question, SurveyDocument
from surveys.publishing import OpenRound, open_round, publish, rounds
from surveys.routing import path
from surveys.submissions import SentAnswers
from surveys.templates import post_ehcp
from surveys.terms import NAMES, first_day, term_of, term_order
from voice.demonstration.actions import load_actions
from voice.demonstration.asking import load_asking
from voice.demonstration.beginning import begin
from voice.demonstration.coding import load_decisions
from voice.demonstration.disagreeing import load_disagreeing
from voice.demonstration.drop_box import load_drop_box
from voice.demonstration.forum import load_forum
from voice.demonstration.partners import load_partners
from voice.demonstration.population import load_population
from voice.demonstration.published import load_published
from voice.demonstration.reviews import load_reviews
from voice.demonstration.room import load_rooms
from voice.demonstration.worries import load_worries
from voice.demonstration.young_people import load_young_people
from voice.evidence import quotes
from voice.evidence.reading import read_new_voices
from voice.evidence.voices import Voice, voices
from voice.first_start import begin_with
from voice.languages import LANGUAGES, words
from voice.people import signing_in
from voice.people.partnership import PartnershipInfo, set_partnership
from voice.storage import Store

PARTNERSHIP = PartnershipInfo(
    name="Millbrook Vale SEND Partnership",
    help_phone="01632 960 123",
    help_email="help@millbrook-vale.example",
    local_offer="https://localoffer.millbrook-vale.example/you-said-we-did",
    invented=True,
)
"""The phone number is one that Ofcom keeps for drama; ``.example`` names never lead anywhere (RFC 2606)."""

DOMAIN = "millbrook-vale.example"
PEOPLE_A_TERM = (160, 210, 240, 480)
"""How many families answered, from the oldest term to this one."""

MOODS = {
    "good": (("yes", "mostly", "a_little", "no"), (70, 22, 6, 2), (55, 35, 7, 2, 1)),
    "mixed": (("yes", "mostly", "a_little", "no"), (35, 35, 20, 10), (8, 35, 37, 15, 5)),
    "bad": (("yes", "mostly", "a_little", "no"), (10, 22, 33, 35), (1, 8, 22, 39, 30)),
}
"""By mood: the answers of most questions with their weights, and the weights of the five faces."""

WEIGHT_OF_MOODS = {0: (60, 25, 15), 1: (56, 26, 18), 2: (42, 30, 28), 3: (52, 28, 20)}
"""How good, mixed and bad weigh in each term: a dip last term, and a rise since."""


QUOTES_A_FEELING = 2
CAMPAIGN = 12
"""Families who sent nearly the same words this term."""

SHORT, TWICE = 8, 2
"""Comments of fewer words may come twice, as "All good, thank you" does."""


class Comment(msgspec.Struct, frozen=True):
    language: str
    concept: str
    mood: str
    text: str


class Unsaid:
    """Comments to choose from: each is used before any is used again, and a long one never, for that would be a
    campaign. The ``letters`` of a campaign come first where they fit."""

    def __init__(self, said: list[Comment], chance: random.Random, letters: list[Comment]) -> None:
        self._said = said
        self._chance = chance
        self._left: dict[tuple[str, str, str], list[str]] = {}
        self._letters = [*letters]
        self._times: Counter[tuple[str, str, str]] = Counter()

    def next(self, language: str, concept: str, mood: str) -> str | None:
        key = (language, concept, mood)
        for each in self._letters:
            if (each.language, each.concept, each.mood) == key:
                self._letters.remove(each)
                return each.text
        if not self._left.get(key):
            fitting = [each.text for each in self._said if (each.language, each.concept, each.mood) == key]
            times = self._times[key]
            self._times[key] += 1
            fresh = [text for text in fitting if times == 0 or (times < TWICE and len(text.split()) < SHORT)]
            self._left[key] = self._chance.sample(fresh, len(fresh))
        return self._left[key].pop() if self._left[key] else None


def campaign() -> list[Comment]:
    """What some families copied from each other, with words of their own at the end."""
    letter = (
        "Please open the Thursday drop-in at the library again. It was the only place where somebody answered our "
        "questions without an appointment, and we have waited since March to hear why it closed."
    )
    ends = ("", "", "", " Thank you.", " My daughter loved it.", " It helped us.", " We need it.", " Please.")
    return [Comment("en", "could_be_better", "bad", letter + ends[n % len(ends)]) for n in range(CAMPAIGN)]


async def load_partnership(store: Store, *, secret: bytes, now: dt.datetime) -> None:
    """Loads everything. Begun again after an interruption, it adds only what is missing."""
    today = now.date()
    await begin(store)
    await store.write(lambda: begin_with(today=today, domain=DOMAIN))
    chance = random.Random(20)  # noqa: S311 - an invented partnership, the same for everybody
    said = read_comments()
    for number, term in enumerate(_terms(today)):
        round = await store.write(lambda term=term: _round_of(term, today))  # type: ignore[misc]
        unsaid = Unsaid(said, chance, campaign() if number == len(PEOPLE_A_TERM) - 1 else [])
        sent = [
            _family(round, chance, unsaid, WEIGHT_OF_MOODS[number], number * 1000 + family)
            for family in range(PEOPLE_A_TERM[number])
        ]
        await store.write(lambda sent=sent: _store_all(sent))  # type: ignore[misc]
    await load_young_people(store, today=today)
    await load_rooms(store, secret=secret, now=now)
    await load_forum(store, secret=secret, now=now)
    await read_new_voices(store)
    await _release_some_quotes(store, today)
    await load_decisions(store, today=today)
    officer = next(m for m in await store.read(signing_in.members) if m.role.value == "officer")
    await store.write(lambda: load_drop_box(officer=officer.id, today=today))
    await load_reviews(store, secret, today=today)
    await load_population(store, today=today)
    await load_asking(store, secret=secret, now=now)
    await load_disagreeing(store, secret=secret, today=today)
    await load_actions(store, today=today)
    await load_published(store, today=today)
    await load_partners(store, domain=DOMAIN)
    await load_worries(store, secret=secret, today=today)
    await store.write(lambda: set_partnership(PARTNERSHIP))


def read_comments() -> list[Comment]:
    text = files(__package__).joinpath("said.csv").read_text(encoding="utf-8")
    return [Comment(**row) for row in csv.DictReader(io.StringIO(text, newline=""))]


def _terms(today: dt.date) -> list[str]:
    """The last four terms up to this one, the oldest first."""
    year, place = term_order(term_of(today))
    places = [year * 3 + place - back for back in (3, 2, 1, 0)]
    return [f"{each // 3}-{NAMES[each % 3]}" for each in places]


async def _round_of(term: str, today: dt.date) -> OpenRound:
    known = {each.term: each for each in await rounds() if each.survey == post_ehcp.SLUG}
    if term not in known:
        version = await publish(post_ehcp.document(words, tuple(LANGUAGES)), today=today)
        await open_round(
            version,
            term=term,
            identity_mode="anonymous",
            link=None,
            opens_on=first_day(term),
            closes_on=first_day(term) + dt.timedelta(days=80),
        )
        known = {each.term: each for each in await rounds() if each.survey == post_ehcp.SLUG}
    return known[term]


def _family(round: OpenRound, chance: random.Random, said: Unsaid, moods: tuple[int, ...], number: int) -> SentAnswers:
    language = chance.choices(("en", "ur", "pl"), (62, 24, 14))[0]
    mood = chance.choices(tuple(MOODS), moods)[0]
    answers = _answers(round.document, chance, said, language, mood)
    return SentAnswers(
        id=uuid.uuid5(round.id, f"family {number}"),
        round=round.id,
        language=language,
        mode="own_device" if chance.random() < 0.9 else "shared_device",
        respondent_kind="parent_carer",
        submitted_at=f"{first_day(round.term) + dt.timedelta(days=chance.randrange(80)):%Y-%m}",
        answers=answers,
    )


def _answers(
    document: SurveyDocument, chance: random.Random, said: Unsaid, language: str, mood: str
) -> dict[str, GivenAnswer]:
    given: dict[str, GivenAnswer] = {}
    for question in document.questions:
        if question not in path(document, given) or chance.random() < 0.04:
            continue
        answer = _answer(question, chance, said, language, mood)
        if answer is not None:
            given[question.concept] = answer
    return given


def _answer(question: Question, chance: random.Random, said: Unsaid, language: str, mood: str) -> GivenAnswer | None:
    codes, weights, faces = MOODS[mood]
    if question.kind == "free_text":
        text = said.next(language, question.concept, mood) if chance.random() < 0.75 else None
        return GivenAnswer(language, text=text) if text else None
    if chance.random() < 0.03:
        return GivenAnswer(language, code=RATHER_NOT_SAY)
    offered = tuple(option.code for option in question.options)
    if question.kind == "faces":
        return GivenAnswer(language, code=chance.choices(offered, faces)[0])
    if offered == codes:
        return GivenAnswer(language, code=chance.choices(offered, weights)[0])
    leaning = {"good": (75, 12, 3, 10), "mixed": (50, 25, 10, 15), "bad": (20, 25, 45, 10)}
    return GivenAnswer(language, code=chance.choices(offered, leaning[mood][: len(offered)])[0])


async def _store_all(sent: list[SentAnswers]) -> None:
    for each in sent:
        await submissions.store(each)


async def _release_some_quotes(store: Store, today: dt.date) -> None:
    """An analyst of the partnership has read a few texts of this term and released them."""
    released: dict[str, list[Voice]] = {}
    for voice in await voices(store, term=term_of(today)):
        alike = released.setdefault(voice.standing.sentiment, [])
        is_good = voice.standing.outcome == "themed" and 40 <= len(voice.text) <= 220
        if is_good and len(alike) < QUOTES_A_FEELING and voice.text not in {each.text for each in alike}:
            alike.append(voice)
    analyst = next(m for m in await store.read(signing_in.members) if m.role.value == "analyst")

    async def unit() -> None:
        for voice in (voice for alike in released.values() for voice in alike):
            await quotes.decide(voice.voice, "released", voice.text, by=analyst.id, today=today)

    await store.write(unit)
