"""Serving: what ``voice run`` and ``voice demo`` share."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from voice.app import create_app, let_go, now
from voice.capture.open_rounds import OpenRounds
from voice.commands.patience import ImpatientProtocol
from voice.commands.problems import CommandProblem
from voice.people import signing_in
from voice.people.roles import Role
from voice.settings import Settings
from voice.storage import Store

SEVERAL_WAITING = 512


class _Server(uvicorn.Server):
    """Lets the screens of rooms go when it is to stop: they wait for news, and it would wait for them."""

    def __init__(self, config: uvicorn.Config, on_exit: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_exit = on_exit

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._on_exit()
        super().handle_exit(sig, frame)


def serve(settings: Settings, lines: list[str]) -> int:
    """Serves until it is stopped. ``lines`` are printed once people can connect."""
    listening = _listen(settings)
    app = create_app(settings)
    server = _Server(
        uvicorn.Config(
            app,
            log_level="warning",
            # The address of an answering page is a key to somebody's answers, so no address is logged;
            # and only a proxy that the settings name is believed where a request comes from.
            access_log=False,
            proxy_headers=bool(settings.trusted_proxy),
            forwarded_allow_ips=settings.trusted_proxy,
            server_header=False,
            http=ImpatientProtocol,
            lifespan="on",
        ),
        on_exit=lambda: let_go(app),
    )

    # What is loaded by now stays for good: the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    print(f"Golden Thread is on {settings.base_url}", *lines, "Stop it with Ctrl+C.", sep="\n", flush=True)
    server.run(sockets=[listening])
    return 0 if server.started else 1


def _listen(settings: Settings) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except (OSError, OverflowError) as problem:
        listening.close()
        reason = problem.strerror if isinstance(problem, OSError) else "ports go up to 65535"
        raise CommandProblem(
            f"{settings.host}:{settings.port} cannot be used ({reason}). Choose another with --port."
        ) from problem
    listening.listen(SEVERAL_WAITING)
    return listening


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
