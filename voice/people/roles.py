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
    SAFEGUARDING = "safeguarding"
    """The safeguarding lead: sees what somebody is worried about, and nothing else."""
    GOVERNANCE = "governance"
    """Information governance: who saw and changed what, how long things are kept, and what people ask of us."""


WHOLE_PARTNERSHIP = frozenset({Role.SAFEGUARDING, Role.GOVERNANCE})
"""Roles that reach what every partner brought in. They are roles in the host organisation alone: a partner's own
administrator could otherwise give them to anybody. See ``docs/decisions/0144-roles-for-the-whole-partnership.md``."""


def roles_in(*, host: bool) -> tuple[Role, ...]:
    """The roles that somebody can have in the host organisation, or in another one."""
    return tuple(role for role in Role if host or role not in WHOLE_PARTNERSHIP)


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
    FACILITATING = "facilitating"
    """Sessions in rooms. Who may open one session is asked of the session too."""
    REVIEWS = "reviews"
    """Registers of annual reviews and codes for private spaces; never what is in a space."""
    DROPPING = "dropping"
    """Adding to the drop box what was heard."""
    VOICES = "voices"
    """The evidence bank. What each role may read of a voice follows from what it may be used for."""
    INVITING = "inviting"
    """Registers of contacts and what is sent to them."""
    AGREEING = "agreeing"
    """The rules for asking families, and whether one may be set aside this once."""
    SAFEGUARDING = "safeguarding"
    CARING = "caring"
    """What is agreed about worries: who looks, by when, and the words of help; never what somebody said."""
    ACTING = "acting"
    """Actions: what was decided about what was heard, and what came of it."""
    GOVERNING = "governing"
    """The record of who did what, and what the law gives people: their data, a correction, an erasure."""


ALLOWED: dict[Audience, frozenset[Role]] = {
    Audience.STAFF: frozenset(Role),
    Audience.ASKING: frozenset({Role.FACILITATOR, Role.OFFICER, Role.ADMINISTRATOR}),
    Audience.BUILDING: frozenset({Role.OFFICER, Role.ADMINISTRATOR}),
    Audience.SURVEYS: frozenset({Role.OFFICER, Role.ADMINISTRATOR, Role.LEAD, Role.ANALYST}),
    Audience.EVIDENCE: frozenset({Role.OFFICER, Role.ANALYST, Role.ADMINISTRATOR}),
    Audience.FINDINGS: frozenset({Role.LEAD, Role.ANALYST, Role.OFFICER, Role.ADMINISTRATOR}),
    Audience.MANAGING: frozenset({Role.ADMINISTRATOR}),
    Audience.TRANSLATING: frozenset({Role.TRANSLATOR, Role.OFFICER, Role.ADMINISTRATOR}),
    Audience.FACILITATING: frozenset({Role.FACILITATOR, Role.OFFICER, Role.ADMINISTRATOR}),
    Audience.REVIEWS: frozenset({Role.OFFICER, Role.ADMINISTRATOR}),
    Audience.DROPPING: frozenset({Role.FACILITATOR, Role.OFFICER, Role.ANALYST, Role.ADMINISTRATOR}),
    Audience.VOICES: frozenset({Role.FACILITATOR, Role.OFFICER, Role.ANALYST, Role.LEAD, Role.ADMINISTRATOR}),
    Audience.INVITING: frozenset({Role.OFFICER, Role.ADMINISTRATOR}),
    Audience.AGREEING: frozenset({Role.LEAD, Role.ADMINISTRATOR}),
    Audience.SAFEGUARDING: frozenset({Role.SAFEGUARDING}),
    Audience.CARING: frozenset({Role.SAFEGUARDING, Role.LEAD, Role.ADMINISTRATOR}),
    Audience.ACTING: frozenset({Role.LEAD, Role.OFFICER, Role.ADMINISTRATOR}),
    Audience.GOVERNING: frozenset({Role.GOVERNANCE}),
}
"""Which roles belong to which audience; the other audiences need no sign-in."""


def may_use(role: Role | None, audience: Audience) -> bool:
    if audience in (Audience.ANYONE, Audience.RESPONDENT):
        return True
    return role is not None and role in ALLOWED[audience]
