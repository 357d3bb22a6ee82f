"""The partners that share an installation, what somebody is in each, and groups of people.

Every function here runs inside a unit of the store. Nobody has two roles in one organisation, and at any moment
somebody works as one of what they are: see ``docs/decisions/0140-one-hat-at-a-time.md``.
"""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec

from voice.people.roles import Role
from voice.people.sessions import end_all
from voice.people.signing_in import HOST_ID, add_member, check_that_an_administrator_stays, end_access
from voice.people.tables import AccessGrant, GroupMember, Member, Membership, Organisation, StaffGroup

KINDS = ("council", "nhs", "school", "college", "forum", "charity", "other")
LONGEST = 120


class OrganisationProblem(Exception):
    """``code`` is ``no_name``, ``too_long``, ``known``, ``kind``, ``unknown`` or ``not_a_member``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Partner(msgspec.Struct, frozen=True):
    """An organisation; ``people`` are those who work there now."""

    id: uuid.UUID
    name: str
    kind: str
    is_host: bool
    people: int = 0


class Hat(msgspec.Struct, frozen=True):
    """What somebody is in one organisation."""

    organisation: uuid.UUID
    name: str
    is_host: bool
    role: Role


class Colleague(msgspec.Struct, frozen=True):
    """Somebody on the staff as one organisation sees them."""

    id: uuid.UUID
    email: str
    hats: tuple[Hat, ...]


class Group(msgspec.Struct, frozen=True):
    id: uuid.UUID
    name: str
    organisation: uuid.UUID
    members: tuple[tuple[uuid.UUID, str], ...]


async def organisations() -> list[Partner]:
    """Every organisation: the host first, then by name."""
    rows = await Organisation.raw(
        'SELECT o."id", o."name", o."kind", o."is_host", (SELECT COUNT(*) FROM "membership" AS m '
        'JOIN "member" AS p ON p."id" = m."member" WHERE m."organisation" = o."id" AND p."ended_on" IS NULL) '
        'AS "people" FROM "organisation" AS o ORDER BY o."is_host" DESC, o."name"'
    )
    return [
        Partner(uuid.UUID(str(row["id"])), row["name"], row["kind"], bool(row["is_host"]), row["people"])
        for row in rows
    ]


async def organisation(id: uuid.UUID) -> Partner:
    """Raises :class:`OrganisationProblem`."""
    found = next((each for each in await organisations() if each.id == id), None)
    if found is None:
        raise OrganisationProblem("unknown")
    return found


async def add(name: str, kind: str) -> uuid.UUID:
    """Raises :class:`OrganisationProblem`."""
    name = await _checked(name)
    if kind not in KINDS:
        raise OrganisationProblem("kind")
    made = Organisation(id=uuid.uuid4(), name=name, kind=kind, is_host=False)
    await made.save()
    return made.id


async def rename(id: uuid.UUID, name: str) -> None:
    """Raises :class:`OrganisationProblem`."""
    await Organisation.update({Organisation.name: await _checked(name, but=id)}).where(Organisation.id == id)


async def _checked(name: str, but: uuid.UUID | None = None) -> str:
    name = " ".join(name.replace("\x00", "").split())
    if not name:
        raise OrganisationProblem("no_name")
    if len(name) > LONGEST:
        raise OrganisationProblem("too_long")
    if any(each.name.casefold() == name.casefold() and each.id != but for each in await organisations()):
        raise OrganisationProblem("known")
    return name


async def hats(member: uuid.UUID) -> tuple[Hat, ...]:
    """What somebody is, by organisation: the host first, then by name."""
    rows = await Membership.raw(
        'SELECT m."organisation", o."name", o."is_host", m."role" FROM "membership" AS m '
        'JOIN "organisation" AS o ON o."id" = m."organisation" WHERE m."member" = {} '
        'ORDER BY o."is_host" DESC, o."name"',
        member,
    )
    return tuple(
        Hat(uuid.UUID(str(row["organisation"])), row["name"], bool(row["is_host"]), Role(row["role"])) for row in rows
    )


async def colleagues(of: uuid.UUID | None) -> list[Colleague]:
    """Everybody who works in an organisation, or anywhere, by e-mail address."""
    there = Membership.select(Membership.member)
    ids = {row["member"] for row in await (there.where(Membership.organisation == of) if of else there)}
    rows = await Member.select(Member.id, Member.email).where(Member.ended_on.is_null()).order_by(Member.email)
    return [Colleague(row["id"], row["email"], await hats(row["id"])) for row in rows if row["id"] in ids]


async def take_on(email: str, role: Role, organisation: uuid.UUID) -> uuid.UUID:
    """Somebody works in an organisation in this role from now on; whoever was known stays what they are elsewhere.

    Raises ``LastAdministrator`` and ``RoleOfTheHost``.
    """
    return await add_member(email, role, organisation=organisation)


async def wear(member: uuid.UUID, organisation: uuid.UUID) -> Role:
    """Somebody works as what they are in this organisation from now on. Raises :class:`OrganisationProblem`."""
    found = (
        await Membership.select(Membership.role)
        .where(Membership.member == member, Membership.organisation == organisation)
        .first()
    )
    if found is None:
        raise OrganisationProblem("not_a_member")
    await Member.update({Member.role: found["role"], Member.organisation: organisation}).where(Member.id == member)
    return Role(found["role"])


async def leave(member: uuid.UUID, organisation: uuid.UUID, *, today: dt.date) -> None:
    """Somebody works there no more. Who works nowhere else cannot sign in any more. Raises ``LastAdministrator``."""
    others = [each for each in await hats(member) if each.organisation != organisation]
    if not others:
        await end_access(member, today=today)
        await AccessGrant.delete().where(AccessGrant.member == member)
        await GroupMember.delete().where(GroupMember.member == member)
        await Membership.delete().where(Membership.member == member)
        return
    if organisation == HOST_ID:
        await check_that_an_administrator_stays(member)
    await end_all(member)
    await wear(member, others[0].organisation)
    await Membership.delete().where(Membership.member == member, Membership.organisation == organisation)


async def groups(organisation: uuid.UUID | None) -> list[Group]:
    """The groups that an organisation keeps, or all, by name."""
    query = StaffGroup.select().order_by(StaffGroup.name)
    rows = await (query.where(StaffGroup.organisation == organisation) if organisation else query)
    return [Group(row["id"], row["name"], row["organisation"], await _members_of(row["id"])) for row in rows]


async def _members_of(group: uuid.UUID) -> tuple[tuple[uuid.UUID, str], ...]:
    rows = await GroupMember.raw(
        'SELECT p."id", p."email" FROM "group_member" AS g JOIN "member" AS p ON p."id" = g."member" '
        'WHERE g."staff_group" = {} ORDER BY p."email"',
        group,
    )
    return tuple((uuid.UUID(str(row["id"])), row["email"]) for row in rows)


async def make_group(name: str, organisation: uuid.UUID) -> uuid.UUID:
    """Raises :class:`OrganisationProblem`."""
    name = " ".join(name.replace("\x00", "").split())
    if not name or len(name) > LONGEST:
        raise OrganisationProblem("too_long" if name else "no_name")
    made = StaffGroup(id=uuid.uuid4(), organisation=organisation, name=name)
    await made.save()
    return made.id


async def join_group(group: uuid.UUID, member: uuid.UUID) -> None:
    if not await GroupMember.exists().where(GroupMember.staff_group == group, GroupMember.member == member):
        await GroupMember.insert(GroupMember(id=uuid.uuid4(), staff_group=group, member=member))


async def leave_group(group: uuid.UUID, member: uuid.UUID) -> None:
    await GroupMember.delete().where(GroupMember.staff_group == group, GroupMember.member == member)


async def end_group(group: uuid.UUID) -> None:
    """The group is no more, and what was given to it goes with it."""
    await AccessGrant.delete().where(AccessGrant.staff_group == group)
    await GroupMember.delete().where(GroupMember.staff_group == group)
    await StaffGroup.delete().where(StaffGroup.id == group)
