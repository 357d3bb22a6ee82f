"""The socket at which people arrive: our own, or one that systemd keeps open while we are started anew."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping

from voice.settings import Settings

SEVERAL_WAITING = 512

FIRST_HANDED_OVER = 3
"""Where systemd puts the sockets that it hands over: see sd_listen_fds(3)."""


class CannotListen(Exception):
    """The sentence says where, and why not."""


def listen(settings: Settings, environment: Mapping[str, str] = os.environ) -> socket.socket:
    """Raises :class:`CannotListen`."""
    if environment.get("LISTEN_PID") == str(os.getpid()) and environment.get("LISTEN_FDS", "0") != "0":
        return socket.socket(fileno=FIRST_HANDED_OVER)
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except (OSError, OverflowError) as problem:
        listening.close()
        reason = problem.strerror if isinstance(problem, OSError) else "ports go up to 65535"
        raise CannotListen(
            f"{settings.host}:{settings.port} cannot be used ({reason}). Choose another with --port."
        ) from problem
    listening.listen(SEVERAL_WAITING)
    return listening
