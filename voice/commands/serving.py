"""Serving: what ``voice run`` and ``voice demo`` share."""

from __future__ import annotations

import gc
import os
import socket

from voice.app import create_app, let_go, measured
from voice.capture.open_rounds import OpenRounds
from voice.clock import now
from voice.commands.problems import CommandProblem
from voice.people import signing_in
from voice.people.roles import Role
from voice.running import logs
from voice.running.generation import Generation
from voice.running.listening import CannotListen, listen
from voice.running.server import Server
from voice.settings import Settings
from voice.storage import Store


def serve(settings: Settings, lines: list[str]) -> int:
    """Serves until it is stopped. ``lines`` are printed once people can connect."""
    logs.begin(settings)
    try:
        listening = listen(settings)
    except CannotListen as problem:
        raise CommandProblem(str(problem)) from problem
    app = create_app(settings)
    say_where(settings, lines)
    return Server(settings, measured(settings, app), on_exit=lambda: let_go(app)).serve_at(listening)


def serve_side_by_side(
    settings: Settings, lines: list[str], processes: int, *, listening: int, ready: int, lives: int
) -> int:
    """Serves with several processes at a socket that the supervisor opened, until it says so or is gone."""
    app = create_app(settings)
    served = measured(settings, app)
    gc.collect()
    gc.freeze()  # what is loaded by now is shared by all, as long as nobody touches it

    def serve_one(says_ready: int, lives: int) -> int:
        server = Server(
            settings,
            served,
            on_exit=lambda: let_go(app),
            on_start=lambda: say_ready(says_ready),
            gently=True,
            lives=lives,
        )
        return server.serve_at(socket.socket(fileno=listening))

    def all_ready() -> None:
        if lines:
            say_where(settings, lines)
        say_ready(ready)

    figures = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
    return Generation(serve_one, processes, listening=listening, lives=lives, figures=figures).run(all_ready)


def say_ready(number: int) -> None:
    os.write(number, b"1")
    os.close(number)


def say_where(settings: Settings, lines: list[str]) -> None:
    print(f"Golden Thread is on {settings.base_url}", *lines, "Stop it with Ctrl+C.", sep="\n", flush=True)


async def links(settings: Settings, store: Store) -> list[str]:
    """A line for each link: what a parent would get, and a one-time sign-in link for each role.

    Sign-in links are made only for the members that the first start added, and only until a real person is an
    administrator. Real people get theirs by mail, or from ``voice user add``, and never from a log file.
    """
    rounds = await OpenRounds(store).with_link(now=now())
    for_parents = [each for each in rounds if each.document.audience == "parent_carer"]
    open_now = [each for each in for_parents if each.is_open(now().date())]
    lines = [f"parent: {settings.base_url}/s/{each.link}" for each in open_now[:1]]
    may_sign_in = await store.read(signing_in.placeholders_may_sign_in)
    members = _one_a_role(await store.read(signing_in.members)) if may_sign_in else []

    async def unit() -> list[str]:
        return [await signing_in.make_link(member.id, now=now()) for member in members]

    for member, token in zip(members, await store.write(unit), strict=True):
        lines.append(f"{member.role.value}: {settings.base_url}/sign-in/once/{token}")
    return lines


def _one_a_role(members: list[signing_in.SignedIn]) -> list[signing_in.SignedIn]:
    of_the_host = [each for each in members if each.organisation == signing_in.HOST_ID]
    by_role = {member.role: member for member in reversed(of_the_host) if signing_in.is_placeholder(member.email)}
    return [by_role[role] for role in Role if role in by_role]
