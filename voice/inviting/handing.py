"""One message on its way: what it needs to be handed over, by whichever way it goes."""

from __future__ import annotations

import uuid
from typing import Protocol

import msgspec

from surveys.invitations.queue import Outcome

PROBLEMS = (
    "machine_stopped",
    "connection_lost",
    "no_server",
    "not_now",
    "refused",
    "no_such_address",
    "not_taken",
    "too_many",
    "not_allowed",
    "no_contact",
    "asked_to_stop",
    "closed",
    "not_delivered",
)
"""What can be wrong with a message; the codes are worded in ``voice/web/invite/send_words.py``."""


class Letter(msgspec.Struct, frozen=True):
    """A message in its words. ``to`` is an address or a number; ``reference`` is the same at every try."""

    reference: uuid.UUID
    to: str
    subject: str
    text: str
    language: str
    stop_link: str


class Way(Protocol):
    """Somebody who takes messages: a mail server, GOV.UK Notify."""

    async def hand_over(self, letter: Letter) -> Outcome:
        """Never raises: what came of it says everything."""
        ...

    async def find(self, reference: uuid.UUID) -> Outcome | None:
        """What became of a message that we lost sight of; ``None`` where nobody can tell."""
        ...

    async def close(self) -> None: ...
