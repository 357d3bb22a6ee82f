"""What systemd is told of how we are: see sd_notify(3)."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Mapping


def tell_service_manager(words: str, environment: Mapping[str, str] = os.environ) -> None:
    """Says it where somebody listens. Nobody's silence stops us."""
    address = environment.get("NOTIFY_SOCKET", "")
    if address:
        where = "\0" + address[1:] if address.startswith("@") else address
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as telling:
            telling.sendto(words.encode(), where)
