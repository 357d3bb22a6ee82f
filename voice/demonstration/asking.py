"""How much the partners of Millbrook Vale asked their families: an invented register, ledger, plans and rules.

Families differ in how much they are asked and in how willing they are, and each further ask makes an answer less
likely, so that the pages have something to show.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import math
import random
import uuid
from collections.abc import Sequence

import msgspec

from surveys.asking_less import overrides, plans
from surveys.asking_less.plans import Plan
from surveys.asking_less.rules import Rules, agree
from surveys.asking_less.spared import note_spared
from surveys.invitations import registers, sends
from surveys.invitations.reaching import Contact, Sealing
from surveys.invitations.register_rows import RegisterRow
from surveys.invitations.sends import SendChoice
from surveys.invitations.tables import ContactRegister
from surveys.ledger import choices, keys, sensitive
from surveys.ledger.recording import NewAsk, record
from surveys.ledger.tables import HowMuch, LedgerUpload
from surveys.publishing import open_round, publish, rounds
from surveys.templates import post_ehcp, service
from surveys.terms import first_day, last_day, term_of
from voice.languages import LANGUAGES, words
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage import Store

FAMILIES = 400
COUNCIL, NHS, ADVICE = "Millbrook Vale Council", "Millbrook Vale NHS Trust", "Millbrook Vale SENDIAS"
REGISTER = "Families with a plan"
FAMILIES_SURVEY = "service-families"
TIRING = 0.3
"""How much lower the log-odds of an answer are with each further ask in 90 days."""

STOPPED, LEFT_ALONE = 5, 3
"""Families who said stop, and families in a hard time."""


class Wave(msgspec.Struct, frozen=True):
    """Each term, ``share`` of the families are asked when ``part`` of the term has passed."""

    survey: str
    partner: str
    minutes: int
    part: float
    share: float
    kind: str = "invitation"
    way: str = "email"
    liked: float = 0.0


WAVES = (
    Wave(post_ehcp.SLUG, COUNCIL, 6, 0.12, 0.4, liked=0.5),
    Wave("School transport", COUNCIL, 5, 0.35, 0.3),
    Wave("Check of family details", COUNCIL, 10, 0.55, 0.2, kind="statutory", way="letter", liked=0.4),
    Wave("Health visits", NHS, 8, 0.22, 0.45, way="text", liked=-0.2),
    Wave("Waiting for therapy", NHS, 5, 0.5, 0.35, way="text"),
    Wave("Friends and family test", NHS, 2, 0.75, 0.3, way="text", liked=0.3),
    Wave("After our advice", ADVICE, 5, 0.65, 0.2, liked=0.3),
)

SURNAMES = (
    *("Abbott", "Ahmed", "Baker", "Begum", "Brook", "Carter", "Chaudhry", "Clarke", "Dudek", "Evans", "Farrell"),
    *("Grant", "Hale", "Hussain", "Iqbal", "Jones", "Kaur", "Kowalska", "Lamb", "Malik", "Nowak", "Osei", "Patel"),
    *("Quinn", "Rahman", "Shaw", "Singh", "Taylor", "Umarova", "Vance", "Walker", "Young"),
)
FIRST_NAMES = (
    *("Aisha", "Ben", "Carol", "Dan", "Ewa", "Farah", "Gill", "Hana", "Imran", "Jan", "Kim", "Leah", "Mo", "Nina"),
    *("Omar", "Pat", "Rosa", "Sam", "Tess", "Zofia"),
)


async def load_asking(store: Store, *, secret: bytes, now: dt.datetime) -> None:
    """Loads all of it at once, or nothing when it is there already."""
    if await store.read(lambda: ContactRegister.exists().where(ContactRegister.name == REGISTER)):
        return
    staff = {member.role: member.id for member in await store.read(signing_in.members)}
    officer, lead = staff[Role.OFFICER], staff[Role.LEAD]
    today = now.date()
    people = await asyncio.to_thread(_people, secret)
    sealed = await asyncio.to_thread(registers.sealed_rows, people, Sealing(secret), day=today)
    asks = _asked(people, now)

    async def unit() -> None:
        register = await registers.add(sealed, name=REGISTER, partner=COUNCIL, by=officer, today=today)
        await choices.introduce({row.person: row.family for row in people}, secret=secret)
        await _record(asks, officer, today)
        for row in people[:STOPPED]:
            await choices.stop(row.person, today=today)
        for row in people[STOPPED : STOPPED + LEFT_ALONE]:
            until = today + dt.timedelta(days=90)
            await sensitive.leave_alone(row.family, reason="bereavement", last_day=until, by=officer, today=today)
        await agree(Rules(priorities=(post_ehcp.SLUG,)), note="Agreed at the SEND board.", by=lead, today=today)
        await _plan(officer, today)
        await _send(register, officer, today)
        await _count(today)

    await store.write(unit)


def _people(secret: bytes) -> list[RegisterRow]:
    """Each is reached at an address that leads nowhere (RFC 2606); phone numbers are Ofcom's for drama."""
    key = keys.key_bytes(keys.ledger_key(secret))
    chance = random.Random(61)  # noqa: S311 - an invented partnership, the same for everybody
    people = []
    for number in range(FAMILIES):
        first, surname = chance.choice(FIRST_NAMES), SURNAMES[number % len(SURNAMES)]
        email = f"{first}.{surname}{number}@example.org".lower()
        postcode = f"ZZ{number % 9 + 1} {number // 9 % 9 + 1}{chr(65 + number % 26)}{chr(65 + number // 26)}"
        people.append(
            RegisterRow(
                family=keys.family_key(key, {"surname": surname, "postcode": postcode}),
                person=keys.person_key(key, {"email": email}),
                audience="parent_carer",
                language=chance.choices(("en", "ur", "pl"), (70, 18, 12))[0],
                groups={"area": chance.choices(("North", "Town", "Vale"), (3, 4, 2))[0]},
                contact=Contact(
                    email=email,
                    mobile=f"+447700900{number:03}",
                    name=f"{first} {surname}",
                    address=(f"{number + 1} Mill Lane", "Millbrook Vale", postcode),
                ),
            )
        )
    return people


def _asked(people: Sequence[RegisterRow], now: dt.datetime) -> list[NewAsk]:
    chance = random.Random(62)  # noqa: S311 - an invented partnership, the same for everybody
    made = []
    for row in people:
        willing, drawn = chance.gauss(0.1, 1.0), chance.gammavariate(2.5, 0.4)
        before: list[dt.datetime] = []
        for moment, wave in _waves(now):
            if chance.random() >= min(0.95, wave.share * drawn):
                continue
            moment += dt.timedelta(days=chance.randrange(6), minutes=chance.randrange(400))
            outcome = _outcome(chance, willing + wave.liked, moment, before)
            made.append(_ask(row, wave, wave.kind, moment, outcome))
            before.append(moment)
            reminded = moment + dt.timedelta(days=10)
            if wave.kind == "invitation" and outcome in ("none", "opened") and chance.random() < 0.5:
                outcome = _outcome(chance, willing + wave.liked - 0.6, reminded, before)
                made.append(_ask(row, wave, "reminder", reminded, outcome))
                before.append(reminded)
    return [ask for ask in made if ask.asked_at < now - dt.timedelta(days=1)]


def _waves(now: dt.datetime) -> list[tuple[dt.datetime, Wave]]:
    """The waves of the last four terms, in time. They go out by day."""
    found = []
    term = term_of(now.date())
    for _ in range(4):
        begins = first_day(term)
        days = (last_day(term) - begins).days
        for wave in WAVES:
            day = begins + dt.timedelta(days=int(days * wave.part))
            found.append((dt.datetime.combine(day, dt.time(9, 30), dt.UTC), wave))
        term = term_of(begins - dt.timedelta(days=1))
    return sorted(found, key=lambda pair: (pair[0], pair[1].survey))


def _outcome(chance: random.Random, willing: float, moment: dt.datetime, before: Sequence[dt.datetime]) -> str:
    lately = sum(1 for each in before if moment - each < dt.timedelta(days=90))
    if chance.random() < 1 / (1 + math.exp(TIRING * lately - willing)):
        return "completed"
    return chance.choices(("none", "opened", "partial", "bounced"), (70, 18, 9, 3))[0]


def _ask(row: RegisterRow, wave: Wave, kind: str, moment: dt.datetime, outcome: str) -> NewAsk:
    return NewAsk(
        row.family,
        row.person,
        wave.survey,
        wave.partner,
        kind,
        moment,
        way=wave.way,
        audience=row.audience,
        language=row.language,
        outcome=outcome,
        minutes=wave.minutes if kind != "reminder" else 1,
    )


async def _record(asks: Sequence[NewAsk], officer: uuid.UUID, today: dt.date) -> None:
    """Partners' asks came as a file of each."""
    for partner in (COUNCIL, NHS, ADVICE):
        theirs = [ask for ask in asks if ask.partner == partner]
        upload = uuid.uuid4()
        await LedgerUpload.insert(
            LedgerUpload(
                id=upload,
                partner=partner,
                uploaded_by=officer,
                uploaded_on=today,
                rows=len(theirs),
                added=len(theirs),
                known_already=0,
                left_out="{}",
            )
        )
        await record([msgspec.structs.replace(ask, upload=upload) for ask in theirs])


async def _plan(officer: uuid.UUID, today: dt.date) -> None:
    """What is planned: two surveys of ours among them that come too close."""
    if not any(each.survey == FAMILIES_SURVEY for each in await rounds()):
        version = await publish(service.families(words, tuple(LANGUAGES)), today=today)
        day = today + dt.timedelta(days=16)
        await open_round(version, term=term_of(day), identity_mode="anonymous", link=None, opens_on=day, closes_on=None)
    for survey, partner, audience, days, families, minutes, statutory in (
        (post_ehcp.SLUG, COUNCIL, "parent_carer", 10, 240, 6, False),
        (FAMILIES_SURVEY, COUNCIL, "parent_carer", 16, 180, 5, False),
        ("Health visits", NHS, "parent_carer", 38, 220, 8, False),
        ("Check of family details", COUNCIL, "parent_carer", 45, 400, 10, True),
        ("After our advice", ADVICE, "parent_carer", 75, 90, 5, False),
        ("school-wellbeing", COUNCIL, "young_person", 60, 350, 10, False),
        ("Places in special schools", COUNCIL, "school", 30, 40, 15, False),
    ):
        opens_on = today + dt.timedelta(days=days)
        plan = Plan(
            id=uuid.uuid4(),
            partner=partner,
            survey=survey,
            audience=audience,
            opens_on=opens_on,
            closes_on=opens_on + dt.timedelta(days=28),
            families=families,
            minutes=minutes,
            statutory=statutory,
        )
        await plans.add(plan, by=officer, today=today)


async def _send(register: uuid.UUID, officer: uuid.UUID, today: dt.date) -> None:
    """One sending is planned, and another waits: its officer asks a lead to set a rule aside."""
    round = next(each for each in await rounds() if each.survey == post_ehcp.SLUG and each.term == term_of(today))
    made = [
        await sends.plan(
            round=round.id,
            register=register,
            kind="invitation",
            way="email",
            minutes=6,
            goes_on=today + dt.timedelta(days=days),
            choice=SendChoice(groups=groups),
            by=officer,
            today=today,
        )
        for days, groups in ((1, {}), (2, {"area": ("North",)}))
    ]
    await overrides.ask_for(
        made[1],
        survey=round.survey,
        broken={"too_recent": 24, "too_many_minutes": 11},
        reason="The board decides on transport in the north next week. It wants to hear these families first.",
        by=officer,
        today=today,
    )


async def _count(today: dt.date) -> None:
    """What families said of how much they are asked, and what they were spared this term."""
    for said, people in (("too_many", 41), ("about_right", 63), ("could_be_more", 12)):
        await HowMuch.insert(
            HowMuch(id=uuid.uuid4(), survey=post_ehcp.SLUG, term=term_of(today), said=said, people=people)
        )
    for how, survey, families, minutes in (
        ("heard_already", "School transport", 130, 650),
        ("merged", "Friends and family test", 160, 320),
        ("rules", post_ehcp.SLUG, 58, 348),
    ):
        await note_spared(how, survey=survey, partner=COUNCIL, families=families, minutes=minutes, today=today)
