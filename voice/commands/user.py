"""``voice user add EMAIL --role ROLE``: a member of staff, with a one-time sign-in link."""

from __future__ import annotations

import argparse

from voice.audit.by_command import record_role
from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, settings_of, with_store
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage import Store


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("user", help="add a member of staff and print a one-time sign-in link")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="add a member of staff, or give a known one another role")
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--role", required=True, choices=[role.value for role in Role])
    add_data_option(add)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from voice.app import now

    email = arguments.email.strip()
    if "@" not in email or len(email) > 200:
        raise CommandProblem(f"{email!r} is not an e-mail address.")
    settings = settings_of(arguments)

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
