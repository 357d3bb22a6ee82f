"""What is done on the server itself, where nobody signs in."""

from __future__ import annotations

import datetime as dt
import getpass
import uuid

from voice.audit.entry import Act, Entry
from voice.audit.recording import record


async def record_command(act: Act, kind: str, *, key: str = "", detail: str = "", now: dt.datetime) -> None:
    """Records what a verb of the command line does, with the account that it runs under. Runs inside a unit."""
    said = f"login={_account()}" + (f",{detail}" if detail else "")
    await record(Entry(act, kind, key=key, detail=said, actor="command"), now=now)


async def record_role(member: uuid.UUID, role: str, *, now: dt.datetime) -> None:
    """Records that somebody was added, or given another role, on the server itself. Runs inside a unit."""
    await record_command(Act.CHANGED, "member", key=str(member), detail=f"role={role}", now=now)


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in a container
        return "unknown"
