"""``voice user add EMAIL --role ROLE``: a member of staff, with a one-time sign-in link.

``voice user reset EMAIL`` lets somebody in again who has lost their phone and their recovery codes.
"""

from __future__ import annotations

import argparse

from voice.audit.by_command import record_role
from voice.clock import now
from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, settings_of, with_store
from voice.people import devices, second_factor, sessions, signing_in
from voice.people.roles import Role
from voice.people.ways_in import forget_ways_in
from voice.settings import Settings
from voice.storage import Store


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("user", help="add a member of staff and print a one-time sign-in link")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="add a member of staff, or give a known one another role")
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--role", required=True, choices=[role.value for role in Role])
    add_data_option(add)
    reset = actions.add_parser("reset", help="take away a second step, passkeys and all sessions, and print a new link")
    reset.add_argument("email", metavar="EMAIL")
    add_data_option(reset)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    email = arguments.email.strip()
    if "@" not in email or len(email) > 200:
        raise CommandProblem(f"{email!r} is not an e-mail address.")
    settings = settings_of(arguments)
    if arguments.action == "reset":
        return _reset(settings, email)

    async def unit() -> str:
        member = await signing_in.add_member(email, Role(arguments.role))
        link = await signing_in.make_link(member, now=now())
        await record_role(member, arguments.role, now=now())
        return link

    async def work(store: Store) -> str:
        return await store.write(unit)

    try:
        token = with_store(settings, work)
    except signing_in.LastAdministrator as problem:
        raise CommandProblem(f"{email} is the last administrator. Add another one first.") from problem
    print(f"{arguments.role}: {settings.base_url}/sign-in/once/{token}")
    return 0


def _reset(settings: Settings, email: str) -> int:
    """Whoever can start this holds the machine: nobody needs to prove more to it."""

    async def unit() -> str | None:
        member = await signing_in.member_by_email(email)
        if member is None:
            return None
        await second_factor.remove(member.id)
        await forget_ways_in(member.id)  # what was lost may hold a passkey, which needs no second step
        await sessions.end_all(member.id)
        await devices.forget_all(member.id)
        return await signing_in.make_link(member.id, now=now())

    async def work(store: Store) -> str | None:
        return await store.write(unit)

    token = with_store(settings, work)
    if token is None:
        raise CommandProblem(f"Nobody with the address {email} may sign in here.")
    print(f"{email}: {settings.base_url}/sign-in/once/{token}")
    return 0
