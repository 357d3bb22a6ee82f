"""GOV.UK Notify: text messages and e-mails by template, and what became of them.

The API is described at https://docs.notifications.service.gov.uk/rest-api.html. A message carries our reference, so
after a crash Notify can be asked whether it has it.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import json
import uuid
from collections.abc import Callable, Sequence
from typing import Any, Literal

import httpx
import msgspec

from surveys.invitations.queue import Outcome
from voice.inviting.handing import Letter
from voice.settings import NOTIFY_KEY, Settings

SECONDS_TO_ANSWER = 30
LONG_WAIT = dt.timedelta(minutes=30)
A_MINUTE = dt.timedelta(minutes=1)

STATES = {
    "delivered": ("delivered", ""),
    "permanent-failure": ("bounced", "no_such_address"),
    "temporary-failure": ("failed", "not_delivered"),
    "technical-failure": ("failed", "refused"),
    "validation-failed": ("failed", "refused"),
}
"""What a status of Notify means to us; the others (created, sending, pending, sent) mean: not yet."""


class _Notification(msgspec.Struct):
    id: str
    status: str = "created"
    reference: str | None = None


class _Notifications(msgspec.Struct):
    notifications: list[_Notification]


class _Sent(msgspec.Struct):
    id: str


def bearer(key: str, *, now: dt.datetime) -> str:
    """What a request is signed with: a JSON web token (RFC 7519), HS256, of the service and the second."""
    found = NOTIFY_KEY.fullmatch(key)
    assert found is not None
    service, secret = found[1], found[2]
    told = [{"typ": "JWT", "alg": "HS256"}, {"iss": service, "iat": int(now.timestamp())}]
    signed = b".".join(_plain(json.dumps(part, separators=(",", ":")).encode()) for part in told)
    return b".".join((signed, _plain(hmac.digest(secret.encode(), signed, "sha256")))).decode()


def _plain(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")


class Notify:
    """Hands messages of one kind to Notify. ``clock`` signs requests: Notify takes none that are 30 seconds old."""

    def __init__(self, settings: Settings, kind: Literal["sms", "email"], *, clock: Callable[[], dt.datetime]) -> None:
        self._settings = settings
        self._kind = kind
        self._clock = clock
        self._client = httpx.AsyncClient(
            base_url=settings.notify_url, timeout=SECONDS_TO_ANSWER, follow_redirects=False, trust_env=False
        )

    async def hand_over(self, letter: Letter) -> Outcome:
        is_text = self._kind == "sms"
        settings = self._settings
        personal = {"message": letter.text} if is_text else {"subject": letter.subject, "message": letter.text}
        body: dict[str, Any] = {
            "phone_number" if is_text else "email_address": letter.to,
            "template_id": settings.notify_text_template if is_text else settings.notify_email_template,
            "personalisation": personal,
            "reference": letter.reference.hex,
        }
        try:
            response = await self._client.post(f"/v2/notifications/{self._kind}", json=body, headers=self._headers())
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            return Outcome("waiting", "no_server")
        except httpx.HTTPError:
            return await self._looked_for(letter.reference)
        if response.status_code == httpx.codes.CREATED:
            try:
                return Outcome("handed_over", provider_id=msgspec.json.decode(response.content, type=_Sent).id)
            except msgspec.MsgspecError:
                return await self._looked_for(letter.reference)
        return await self._refused(response, letter)

    async def _refused(self, response: httpx.Response, letter: Letter) -> Outcome:
        match response.status_code:
            case httpx.codes.BAD_REQUEST:
                is_the_number = any(word in response.text for word in ("phone_number", "email_address"))
                return Outcome("bounced", "no_such_address") if is_the_number else Outcome("failed", "refused")
            case httpx.codes.UNAUTHORIZED | httpx.codes.FORBIDDEN:
                return Outcome("waiting", "not_allowed", wait=LONG_WAIT)
            case httpx.codes.TOO_MANY_REQUESTS:
                # Either the minute is full, or the day is.
                wait = LONG_WAIT if "TooManyRequests" in response.text else A_MINUTE
                return Outcome("waiting", "too_many", wait=wait)
            case code if code >= httpx.codes.INTERNAL_SERVER_ERROR:
                return await self._looked_for(letter.reference)
        return Outcome("failed", "refused")

    async def _looked_for(self, reference: uuid.UUID) -> Outcome:
        """Notify did not say whether it took the message: it is asked, and where it cannot tell either, a person is."""
        return await self.find(reference) or Outcome("unknown", "connection_lost")

    async def find(self, reference: uuid.UUID) -> Outcome | None:
        try:
            response = await self._client.get(
                "/v2/notifications", params={"reference": reference.hex}, headers=self._headers()
            )
            if response.status_code != httpx.codes.OK:
                return None
            found = msgspec.json.decode(response.content, type=_Notifications).notifications
        except (httpx.HTTPError, msgspec.MsgspecError):
            return None
        mine = [each for each in found if each.reference == reference.hex]
        if not mine:
            return Outcome("waiting", "not_taken")
        state, problem = STATES.get(mine[0].status, ("handed_over", ""))
        return Outcome(state, problem, mine[0].id)

    async def receipts(self, ids: Sequence[str]) -> dict[str, Outcome]:
        """What became of messages, by the id that Notify gave; those of which nothing new is known are left out."""
        found: dict[str, Outcome] = {}
        for id in ids:
            try:
                response = await self._client.get(f"/v2/notifications/{id}", headers=self._headers())
                if response.status_code != httpx.codes.OK:
                    continue
                told = msgspec.json.decode(response.content, type=_Notification)
            except (httpx.HTTPError, msgspec.MsgspecError):
                continue
            if told.status in STATES:
                state, problem = STATES[told.status]
                found[id] = Outcome(state, problem, id)
        return found

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {bearer(self._settings.notify_key, now=self._clock())}"}

    async def close(self) -> None:
        await self._client.aclose()
