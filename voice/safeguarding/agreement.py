"""What the partnership has agreed about worries: who looks, by when, and who is told when nobody does.

Every function here that is async runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from voice.people.roles import Role
from voice.people.signing_in import HOST_ID, SignedIn
from voice.safeguarding.tables import SafeguardingAgreement

Urgency = Literal["today", "soon", "week"]
URGENCIES: tuple[Urgency, ...] = ("today", "soon", "week")

SATURDAY = 5

MOST = {
    "days_today": 1,
    "days_soon": 5,
    "days_week": 10,
    "deputy_after": 5,
    "administrator_after": 10,
    "months_kept": 84,
}
"""The longest that can be agreed. A worry of today that may wait for a week is none."""

FEWEST = {
    "days_today": 0,
    "days_soon": 1,
    "days_week": 1,
    "deputy_after": 0,
    "administrator_after": 1,
    "months_kept": 1,
}

Problem = Literal["no_lead", "not_a_lead", "same_person", "no_number", "order"]


class AgreementProblem(Exception):
    """``no_number`` means out of ``FEWEST`` to ``MOST``; ``order`` that somebody would be told before they could be."""

    def __init__(self, code: Problem, field: str) -> None:
        super().__init__(code)
        self.code = code
        self.field = field


class Agreement(msgspec.Struct, frozen=True):
    """``days_…`` are working days until somebody must have looked, 0 for the same day; ``deputy_after`` and
    ``administrator_after`` are working days beyond that day. ``months_kept`` is how long words stay after a worry was
    closed. ``agreed_on`` is ``None`` where nobody has agreed on anything: these are then our own."""

    lead: uuid.UUID | None = None
    deputy: uuid.UUID | None = None
    days_today: int = 0
    days_soon: int = 2
    days_week: int = 5
    deputy_after: int = 1
    administrator_after: int = 2
    months_kept: int = 12
    agreed_on: dt.date | None = None

    def due(self, urgency: Urgency, day: dt.date) -> dt.date:
        """The last day on which somebody may look at what came on ``day``."""
        return working_days_after(day, getattr(self, f"days_{urgency}"))


def working_days_after(day: dt.date, days: int) -> dt.date:
    """The working day so many working days after ``day``; with 0, ``day`` itself or the next working day.

    Bank holidays count as working days: a letter may then come early, and never late.
    """
    while day.weekday() >= SATURDAY:
        day += dt.timedelta(days=1)
    for _ in range(days):
        day += dt.timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day += dt.timedelta(days=1)
    return day


def who_may_look(members: Sequence[SignedIn]) -> tuple[SignedIn, ...]:
    """Those of the staff who can read worries: the role counts in the host organisation alone."""
    return tuple(each for each in members if each.role is Role.SAFEGUARDING and each.organisation == HOST_ID)


def check(agreement: Agreement, members: Sequence[SignedIn]) -> None:
    """Raises :class:`AgreementProblem` unless this can be kept to."""
    safeguarding = {each.id for each in who_may_look(members)}
    if agreement.lead is None:
        raise AgreementProblem("no_lead", "lead")
    for field, person in (("lead", agreement.lead), ("deputy", agreement.deputy)):
        if person is not None and person not in safeguarding:
            raise AgreementProblem("not_a_lead", field)
    if agreement.lead == agreement.deputy:
        raise AgreementProblem("same_person", "deputy")
    for field, most in MOST.items():
        if not FEWEST[field] <= getattr(agreement, field) <= most:
            raise AgreementProblem("no_number", field)
    if not agreement.days_today <= agreement.days_soon <= agreement.days_week:
        raise AgreementProblem("order", "days_soon")
    if agreement.administrator_after <= agreement.deputy_after:
        raise AgreementProblem("order", "administrator_after")


def number_in(form: Mapping[str, str], field: str) -> int:
    """Raises :class:`AgreementProblem`."""
    written = form.get(field, "").strip()
    if not (written.isascii() and written.isdecimal() and len(written) <= 3):
        raise AgreementProblem("no_number", field)
    return int(written)


async def agreement_now() -> Agreement:
    row = await SafeguardingAgreement.select().order_by(SafeguardingAgreement.place, ascending=False).first()
    return _agreement(row) if row else Agreement()


async def agreements() -> list[Agreement]:
    """Everything that was agreed, the newest first."""
    rows = await SafeguardingAgreement.select().order_by(SafeguardingAgreement.place, ascending=False)
    return [_agreement(row) for row in rows]


async def agree(agreement: Agreement, *, by: uuid.UUID, today: dt.date) -> None:
    """Adds what was agreed; what was agreed before stays on record."""
    values = {name: getattr(agreement, name) for name in ("lead", "deputy", *MOST)} | {"agreed_by": by}
    await SafeguardingAgreement.raw(
        f'INSERT INTO "safeguarding_agreement" ({", ".join(map(_quoted, values))}, "agreed_on") '  # noqa: S608
        f"VALUES ({', '.join(['{}'] * (len(values) + 1))})",
        *values.values(),
        today,
    )


def _quoted(name: str) -> str:
    return f'"{name}"'


def _agreement(row: dict[str, object]) -> Agreement:
    return Agreement(**{name: row[name] for name in ("lead", "deputy", *MOST, "agreed_on")})  # type: ignore[arg-type]
