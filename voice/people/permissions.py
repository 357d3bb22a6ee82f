"""Whose a thing is, and who may look at it or change it: the one place of these rules.

``roles.py`` says which roles a page is for. This says what of it somebody reaches: a role counts in the organisation
that gave it, so that a school's officer does not open the council's register. What somebody of another organisation
needs is granted, for one thing and in one role. ``voice permissions`` prints both as a table.

Functions that are async run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from enum import StrEnum

import msgspec

from voice.people.roles import Audience, Role, may_use
from voice.people.signing_in import SignedIn
from voice.people.tables import HOST, AccessGrant, Belonging, Membership, StaffGroup

HOST_ID = uuid.UUID(HOST)


class Reach(StrEnum):
    """How far a role goes."""

    MINE = "mine"
    """What the person made, and nobody else's: a file that waits, a class of today."""
    OWN = "own"
    """What belongs to their organisation, or was granted to them."""
    ALL = "all"
    """What belongs to the partnership, whichever partner made it."""


class Kind(StrEnum):
    """The kinds of things that belong to somebody."""

    SURVEY = "survey"
    """By its slug: its drafts, its rounds and its raw answers."""
    STACK = "stack"
    """Paper forms that are typed in."""
    SESSION = "session"
    """A session in a room: what was said and recorded there, and its forum's reports."""
    REGISTER = "register"
    """Who can be invited."""
    SEND = "send"
    """An invitation that goes out to a register."""
    CONTACTS = "contacts"
    """A contact history that a partner brought in."""
    PLAN = "plan"
    """An ask in the calendar of all partners."""
    REVIEWS = "reviews"
    """The register of annual reviews and the codes made from it."""
    PERSON = "person"
    """Somebody on the staff."""
    ORGANISATION = "organisation"
    GROUP = "group"
    INSTALLATION = "installation"
    """What is set once for all partners."""
    AGREED = "agreed"
    """What was agreed once for all partners: the rules for asking, and what is done about worries."""
    ENTRUSTED = "entrusted"
    """What is looked after for all partners at once: worries, the record of who did what, what people ask of us."""


class Rule(msgspec.Struct, frozen=True):
    """``look`` and ``change`` are how far a role goes; ``host_too`` are roles that, in the host organisation, reach
    what belongs to any. ``may_be_granted`` says whether a role on one thing of this kind can be given to others."""

    look: Reach
    change: Reach
    host_too: frozenset[Role] = frozenset()
    may_be_granted: bool = False


ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

RULES: dict[Kind, Rule] = {
    Kind.SURVEY: Rule(look=Reach.ALL, change=Reach.OWN, may_be_granted=True),
    Kind.STACK: Rule(look=Reach.OWN, change=Reach.OWN, may_be_granted=True),
    Kind.SESSION: Rule(look=Reach.OWN, change=Reach.OWN, may_be_granted=True),
    Kind.REGISTER: Rule(look=Reach.OWN, change=Reach.OWN, may_be_granted=True),
    Kind.SEND: Rule(look=Reach.OWN, change=Reach.OWN, may_be_granted=True),
    Kind.CONTACTS: Rule(look=Reach.ALL, change=Reach.OWN),
    Kind.PLAN: Rule(look=Reach.ALL, change=Reach.OWN),
    Kind.REVIEWS: Rule(look=Reach.OWN, change=Reach.OWN, may_be_granted=True),
    Kind.PERSON: Rule(look=Reach.OWN, change=Reach.OWN, host_too=ADMINISTRATORS),
    Kind.ORGANISATION: Rule(look=Reach.OWN, change=Reach.OWN, host_too=ADMINISTRATORS),
    Kind.GROUP: Rule(look=Reach.OWN, change=Reach.OWN, host_too=ADMINISTRATORS),
    Kind.INSTALLATION: Rule(look=Reach.OWN, change=Reach.OWN),
    Kind.AGREED: Rule(look=Reach.ALL, change=Reach.OWN),
    Kind.ENTRUSTED: Rule(look=Reach.OWN, change=Reach.OWN),
}
"""Everybody looks at what is asked, so that it is not asked twice, and at what was agreed; everything else stays with
who made it. What there is once belongs to the host."""

ONLY_ONE = "one"
"""The key of what there is once."""


class Thing(msgspec.Struct, frozen=True):
    """One thing that belongs to somebody."""

    kind: Kind
    key: str


class NotYours(Exception):
    """It belongs to another organisation. Who asks is told that there is no such thing."""


async def belongs(kind: Kind, key: object, organisation: uuid.UUID) -> None:
    """Notes whose a new thing is. What somebody owns already stays theirs."""
    await Belonging.raw(
        'INSERT INTO "belonging" ("id", "kind", "key", "organisation") VALUES ({}, {}, {}, {}) ON CONFLICT DO NOTHING',
        uuid.uuid4(),
        kind.value,
        str(key),
        organisation,
    )


async def goes_on_from(new: Thing, earlier: Thing) -> None:
    """Notes that a new thing belongs to whom the earlier one belongs to, whoever made it: a reminder goes to the
    people of its invitation. Who was given a role on the earlier one has it on the new one too."""
    for owner in await owners_of(earlier):
        await belongs(new.kind, new.key, owner)
    given = AccessGrant.kind == earlier.kind.value, AccessGrant.key == earlier.key
    for row in await AccessGrant.select().where(*given):
        await AccessGrant.insert(AccessGrant(**{**row, "id": uuid.uuid4(), "kind": new.kind.value, "key": new.key}))


async def owners_of(thing: Thing) -> frozenset[uuid.UUID]:
    """The organisations that a thing belongs to: one, but for people, who may work in several."""
    match thing.kind:
        case Kind.PERSON:
            rows = await Membership.select(Membership.organisation).where(Membership.member == uuid.UUID(thing.key))
        case Kind.ORGANISATION:
            return frozenset({uuid.UUID(thing.key)})
        case Kind.GROUP:
            rows = await StaffGroup.select(StaffGroup.organisation).where(StaffGroup.id == uuid.UUID(thing.key))
        case _:
            rows = await Belonging.select(Belonging.organisation).where(
                Belonging.kind == thing.kind.value, Belonging.key == thing.key
            )
    return frozenset(row["organisation"] for row in rows) or frozenset({HOST_ID})


async def may(person: SignedIn, audience: Audience, thing: Thing | None, *, change: bool) -> bool:
    """Whether this person may use a page for ``audience`` about ``thing``. A page about none asks for the role alone.

    Raises :class:`NotYours` where the role would do and the thing is somebody else's.
    """
    by_role = may_use(person.role, audience)
    if thing is None or (by_role and _reaches(person, thing.kind, await owners_of(thing), change=change)):
        return by_role
    if thing.key in await granted_keys(person.id, thing.kind, audience):
        return True
    if by_role:
        raise NotYours
    return False


def _reaches(person: SignedIn, kind: Kind, owners: Collection[uuid.UUID], *, change: bool) -> bool:
    rule = RULES[kind]
    if (rule.change if change else rule.look) is Reach.ALL or person.organisation in owners:
        return True
    return person.organisation == HOST_ID and person.role in rule.host_too


async def check_reach(person: SignedIn, audience: Audience, kind: Kind, key: object, *, change: bool = True) -> None:
    """For a thing that a form names on a page for ``audience``. Raises :class:`NotYours`."""
    thing = Thing(kind, str(key))
    if _reaches(person, kind, await owners_of(thing), change=change):
        return
    if thing.key not in await granted_keys(person.id, kind, audience):
        raise NotYours


async def reached(
    person: SignedIn, audience: Audience | None, kind: Kind, keys: Iterable[object], *, change: bool = False
) -> set[str]:
    """Those of ``keys`` that this person may look at (or change) on a page for ``audience``: for lists. Without an
    audience, what was granted does not count."""
    wanted = {str(key) for key in keys}
    rows = await Belonging.select(Belonging.key, Belonging.organisation).where(Belonging.kind == kind.value)
    owners = {row["key"]: row["organisation"] for row in rows}
    given = await granted_keys(person.id, kind, audience) if audience else set()
    return {key for key in wanted if key in given or _reaches(person, kind, {owners.get(key, HOST_ID)}, change=change)}


async def granted_keys(member: uuid.UUID, kind: Kind, audience: Audience) -> set[str]:
    """The things on which somebody was given a role, in person or with a group, that may use a page for ``audience``:
    who may look at a survey because it was shared with them for that may not close it."""
    return {row["key"] for row in await _grants(member, kind) if may_use(Role(row["role"]), audience)}


async def _grants(member: uuid.UUID, kind: Kind) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = await AccessGrant.raw(
        'SELECT "key", "role" FROM "access_grant" WHERE "kind" = {} AND ("member" = {} OR "staff_group" IN '
        '(SELECT "staff_group" FROM "group_member" WHERE "member" = {}))',
        kind.value,
        member,
        member,
    )
    return rows


class Grant(msgspec.Struct, frozen=True):
    """``to`` is the e-mail address of a member of staff, or the name of a group."""

    id: uuid.UUID
    role: Role
    to: str
    is_group: bool


async def grants_on(thing: Thing) -> list[Grant]:
    """Who was given a role on this thing, in the order of their names."""
    rows = await AccessGrant.raw(
        'SELECT g."id", g."role", m."email", s."name" FROM "access_grant" AS g '
        'LEFT JOIN "member" AS m ON m."id" = g."member" LEFT JOIN "staff_group" AS s ON s."id" = g."staff_group" '
        'WHERE g."kind" = {} AND g."key" = {} ORDER BY m."email", s."name", g."role"',
        thing.kind.value,
        thing.key,
    )
    return [
        Grant(uuid.UUID(str(row["id"])), Role(row["role"]), row["email"] or row["name"], row["email"] is None)
        for row in rows
    ]


async def give(
    thing: Thing,
    role: Role,
    *,
    member: uuid.UUID | None = None,
    group: uuid.UUID | None = None,
    by: uuid.UUID,
    today: dt.date,
) -> None:
    """Gives a role on one thing to a member of staff or to a group; twice changes nothing."""
    assert RULES[thing.kind].may_be_granted
    assert (member is None) != (group is None), "to one of the two"
    same = (AccessGrant.kind == thing.kind.value) & (AccessGrant.key == thing.key) & (AccessGrant.role == role.value)
    to = AccessGrant.member == member if member else AccessGrant.staff_group == group
    if not await AccessGrant.exists().where(same & to):
        await AccessGrant.insert(
            AccessGrant(
                id=uuid.uuid4(),
                kind=thing.kind.value,
                key=thing.key,
                role=role.value,
                member=member,
                staff_group=group,
                given_by=by,
                given_on=today,
            )
        )


async def take_back(grant: uuid.UUID, thing: Thing) -> None:
    await AccessGrant.delete().where(
        AccessGrant.id == grant, AccessGrant.kind == thing.kind.value, AccessGrant.key == thing.key
    )


def granted_kinds() -> tuple[Kind, ...]:
    """The kinds of things on which a role can be given."""
    return tuple(kind for kind, rule in RULES.items() if rule.may_be_granted)


async def given_to(member: uuid.UUID, kinds: Collection[Kind]) -> list[tuple[Thing, Role]]:
    """What somebody was given, in person or with a group."""
    return [(Thing(kind, row["key"]), Role(row["role"])) for kind in kinds for row in await _grants(member, kind)]
