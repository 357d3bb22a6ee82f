"""The roles of staff, and who may use a page."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    FACILITATOR = "facilitator"
    OFFICER = "officer"
    ANALYST = "analyst"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"
    TRANSLATOR = "translator"


class Audience(StrEnum):
    """Who a page is for. Every route names one; a test fails when one does not."""

    ANYONE = "anyone"
    RESPONDENT = "respondent"
    """Whoever holds the link: the address itself is the permission."""
    PROGRAM = "program"
    """Another program with a token: see ``voice/web/api/guard.py``."""
    STAFF = "staff"
    ASKING = "asking"
    BUILDING = "building"
    """What is asked, and how: the question bank and the surveys made from it."""
    SURVEYS = "surveys"
    """Those who build surveys, and those who may look at how they are built."""
    EVIDENCE = "evidence"
    FINDINGS = "findings"
    MANAGING = "managing"
    TRANSLATING = "translating"


ALLOWED: dict[Audience, frozenset[Role]] = {
    Audience.STAFF: frozenset(Role),
    Audience.ASKING: frozenset({Role.FACILITATOR, Role.OFFICER, Role.ADMINISTRATOR}),
    Audience.BUILDING: frozenset({Role.OFFICER, Role.ADMINISTRATOR}),
    Audience.SURVEYS: frozenset({Role.OFFICER, Role.ADMINISTRATOR, Role.LEAD, Role.ANALYST}),
    Audience.EVIDENCE: frozenset({Role.OFFICER, Role.ANALYST, Role.ADMINISTRATOR}),
    Audience.FINDINGS: frozenset({Role.LEAD, Role.ANALYST, Role.OFFICER, Role.ADMINISTRATOR}),
    Audience.MANAGING: frozenset({Role.ADMINISTRATOR}),
    Audience.TRANSLATING: frozenset({Role.TRANSLATOR, Role.OFFICER, Role.ADMINISTRATOR}),
}
"""Which roles belong to which audience; the other audiences need no sign-in."""


def may_use(role: Role | None, audience: Audience) -> bool:
    if audience in (Audience.ANYONE, Audience.RESPONDENT):
        return True
    return role is not None and role in ALLOWED[audience]
