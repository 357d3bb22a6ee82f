"""Before a sending goes out: whom the rules let be asked, and which groups would hardly be heard.

Everything async here runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import msgspec

from analysis.disclosure import FLOOR
from surveys.asking_less.checking import NO_OVERRIDE, Asking, Candidate, check
from surveys.asking_less.rules import Rules, in_force
from surveys.asking_less.tables import PlannedAsk
from surveys.invitations import sends
from surveys.invitations.candidates import candidates_of, persons_who_answered
from surveys.ledger.choices import choices_of
from surveys.ledger.past import families_past, own_past
from surveys.ledger.tables import SensitiveTime
from surveys.tables import SurveyRound
from surveys.terms import last_day, term_of

HARDLY = 0.8
"""A group is hardly heard when fewer than this share of its people are asked, measured by the share of all."""


class GroupAsked(msgspec.Struct, frozen=True):
    """Of a group, how many people are in the register and how many of them would be asked."""

    kind: str
    name: str
    people: int
    asked: int


class PreSendCheck(msgspec.Struct, frozen=True):
    """``asked`` are entries of the register; ``left_out`` maps an entry to its reason of ``checking.REASONS``."""

    asked: tuple[str, ...]
    left_out: Mapping[str, str]
    families: int
    families_left_out: int
    families_by_reason: Mapping[str, int]
    hardly_asked: tuple[GroupAsked, ...]

    @property
    def could_be_lifted(self) -> Mapping[str, int]:
        """Families by reason, as far as an approval can set it aside."""
        return {reason: n for reason, n in self.families_by_reason.items() if reason not in NO_OVERRIDE}


async def check_send(send: uuid.UUID, *, today: dt.date) -> PreSendCheck:
    """What the rules say to a sending on its day. Raises ``NoSuchSend``."""
    planned = await sends.send_of(send)
    agreed = await in_force()
    candidates = await candidates_of(planned)
    day = max(planned.goes_on, today)
    survey, audience = await survey_of(planned.round)
    may = check(
        candidates,
        Asking(survey=survey, kind=planned.kind, minutes=planned.minutes, day=day),
        rules=agreed.rules,
        families=await families_past(planned.register, survey=survey, day=day),
        own=await own_past(planned.register, survey=survey, day=day),
        choices=await choices_of(),
        sensitive=await families_left_alone(day),
        answered=await persons_who_answered(planned.round),
        planned_before=await _goes_before(survey, audience, agreed.rules, day),
    )
    return summed_up(candidates, may.asked, may.left_out)


def summed_up(candidates: Sequence[Candidate], asked: Sequence[str], left_out: Mapping[str, str]) -> PreSendCheck:
    """The check with what it means for families and groups. Pure."""
    family_of = {each.entry: each.family for each in candidates}
    families_asked = {family_of[entry] for entry in asked}
    families = set(family_of.values())
    reasons: dict[str, str] = {}
    for entry, reason in left_out.items():
        if family_of[entry] not in families_asked:
            reasons.setdefault(family_of[entry], reason)
    return PreSendCheck(
        asked=tuple(asked),
        left_out=left_out,
        families=len(families_asked),
        families_left_out=len(families - families_asked),
        families_by_reason=dict(Counter(reasons.values()).most_common()),
        hardly_asked=hardly_asked(candidates, frozenset(asked)),
    )


def hardly_asked(candidates: Sequence[Candidate], asked: Collection[str]) -> tuple[GroupAsked, ...]:
    """The groups of which a much smaller share is asked than of all, the largest gap first. Pure.

    Groups with fewer people than the floor are not named: who is in them could be told.
    """
    if not candidates or not asked:
        return ()
    people: Counter[tuple[str, str]] = Counter()
    heard: Counter[tuple[str, str]] = Counter()
    for each in candidates:
        for group in each.groups.items():
            people[group] += 1
            heard[group] += each.entry in asked
    of_all = len(asked) / len(candidates)
    found = [
        GroupAsked(kind, name, n, heard[kind, name])
        for (kind, name), n in people.items()
        if n >= FLOOR and heard[kind, name] / n < HARDLY * of_all
    ]
    return tuple(sorted(found, key=lambda group: (group.asked / group.people, group.kind, group.name)))


async def families_left_alone(day: dt.date) -> set[str]:
    """Families in a time in which they are left alone."""
    rows = await SensitiveTime.raw(
        'SELECT "family" FROM "sensitive_time" WHERE "first_day" <= {} AND "last_day" >= {}', day, day
    )
    return {row["family"] for row in rows}


async def survey_of(round: uuid.UUID) -> tuple[str, str]:
    """The slug of a round's survey, and whom it asks."""
    row = (
        await SurveyRound.select(
            SurveyRound.version._.survey._.slug.as_alias("slug"), SurveyRound.version.document.as_alias("document")
        )
        .where(SurveyRound.id == round)
        .first()
    )
    assert row is not None
    return row["slug"], str(msgspec.json.decode(row["document"], type=_WithAudience).audience)


class _WithAudience(msgspec.Struct):
    audience: str


async def _goes_before(survey: str, audience: str, rules: Rules, day: dt.date) -> tuple[int, int]:
    """The asks and minutes that surveys with priority mean to ask of families later this term.

    Whom a partner will ask is not known before, so every family is kept free for it.
    """
    if survey not in rules.priorities:
        first = frozenset(rules.priorities)
    else:
        first = frozenset(rules.priorities[: rules.priorities.index(survey)])
    if not first:
        return 0, 0
    rows = await PlannedAsk.select(PlannedAsk.minutes).where(
        PlannedAsk.dropped_on.is_null(),
        PlannedAsk.opens_on > day,
        PlannedAsk.opens_on <= last_day(term_of(day)),
        PlannedAsk.audience == audience,
        PlannedAsk.survey.is_in(sorted(first)),
    )
    return len(rows), sum(row["minutes"] for row in rows)
