"""What comes back to an invitation by e-mail: it could not be delivered, somebody says stop, somebody writes to us.

Which message it is about follows from the address that it came to, or from our Message-ID in it. Both hold 128 random
bits that only the message itself had, so nobody can say stop for somebody else.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Sequence
from email.parser import BytesHeaderParser
from email.policy import default

from surveys.invitations import replies
from surveys.invitations.reaching import Sealing
from surveys.invitations.replies import Reply
from voice.capture.drop_box.opening import read_letter
from voice.inviting.mail import TAG
from voice.storage import Store

LOOKED_THROUGH = 200_000
"""Bytes of a letter in which our Message-ID is looked for."""

_IN_ADDRESS = re.compile(rf"\+{TAG}([0-9a-f]{{32}})@", re.IGNORECASE)
_IN_LETTER = re.compile(rb"<([0-9a-f]{32})@[^<>\s]+>")
_NEVER = re.compile(rb"^Action:[ \t]*failed\b", re.IGNORECASE | re.MULTILINE)
_PERMANENT = re.compile(rb"^Status:[ \t]*5\.", re.IGNORECASE | re.MULTILINE)
_ANSWER_TO = re.compile(r"^\s*(?:(?:re|aw|sv|odp)\s*:\s*)+", re.IGNORECASE)


def is_return_address(address: str, base: str) -> bool:
    """Whether this is one of the addresses that invitations come back to, where ``base`` is the one of the drop box."""
    local, _, host = base.lower().partition("@")
    found = _IN_ADDRESS.search(address.lower())
    return found is not None and address.lower() == f"{local}{found[0]}{host}"


class ComingBack:
    def __init__(self, store: Store, *, secret: bytes, clock: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._secret = secret
        self._clock = clock

    async def take(self, content: bytes, recipients: Sequence[str]) -> bool:
        """Does what a letter says; ``False`` for one that is not about an invitation of ours."""
        message = await self._about(content, recipients)
        if message is None:
            return False
        headers = _headers(content)
        if headers.kind == "multipart/report":
            # Whoever reports only that it takes longer will report again.
            if _NEVER.search(content) and _PERMANENT.search(content):
                await self._store.write(lambda: replies.bounced(message, now=self._clock()))
            return True
        if headers.is_automatic:
            return True
        letter = await read_letter(content)
        words, today = letter.words or headers.subject, self._clock().date()
        if replies.says_stop(words) or replies.says_stop(headers.subject):
            await self._store.write(lambda: replies.stop(message, today=today))
        else:
            reply, sealing = Reply(words, letter.sender), Sealing(self._secret)
            await self._store.write(lambda: replies.keep(message, reply, sealing=sealing, today=today))
        return True

    async def _about(self, content: bytes, recipients: Sequence[str]) -> uuid.UUID | None:
        named = [found[1].lower() for each in recipients if (found := _IN_ADDRESS.search(each))]
        named += [found.decode() for found in _IN_LETTER.findall(content[:LOOKED_THROUGH])]
        for each in dict.fromkeys(named):
            message = uuid.UUID(each)
            if await self._store.read(lambda message=message: replies.is_ours(message)):  # type: ignore[misc]
                return message
        return None


class _Headers:
    """The few headers of a letter that say what kind it is."""

    def __init__(self, kind: str, subject: str, is_automatic: bool) -> None:
        self.kind = kind
        self.subject = subject
        self.is_automatic = is_automatic


def _headers(content: bytes) -> _Headers:
    """What strangers write into headers makes the standard library raise almost anything: then there are none."""
    try:
        read = BytesHeaderParser(policy=default).parsebytes(content[:LOOKED_THROUGH])
        automatic = str(read.get("Auto-Submitted", "no")).strip().lower() != "no"
        subject = _ANSWER_TO.sub("", str(read.get("Subject", "")))
        return _Headers(read.get_content_type(), subject, automatic)
    except Exception:
        return _Headers("", "", False)
