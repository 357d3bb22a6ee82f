"""Messages to webhooks on their way: signed, tried again when nobody answers, given up after three days.

Signed as Standard Webhooks 1.0.0 describes (https://www.standardwebhooks.com): the base64 of the HMAC with
SHA-256 over ``id.timestamp.body``, in the header ``webhook-signature`` after ``v1,``.
"""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
import hmac
import ipaddress
import logging
import secrets
import socket
import uuid
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from voice.programs.tables import Webhook, WebhookMessage
from voice.storage import Store

if TYPE_CHECKING:
    import httpx

WAITS = (5, 60, 300, 1800, 7200, 18000, 36000, 36000, 86400, 86400)
"""Seconds before each new try; after the last one a message is given up."""

AT_ONCE = 20
SECONDS_TO_ANSWER = 15
"""In all, from looking its name up to the first line of the answer."""
SECRET_PREFIX = "whsec_"  # noqa: S105 - what Standard Webhooks puts before every secret

OF_THE_INTERNET = ipaddress.ip_network("2000::/3")
"""All that is given out of IPv6. Outside it, and in 6to4, stand addresses that hold one of IPv4 and may lead to it."""

log = logging.getLogger("voice.programs")


class AddressRefused(Exception):
    """``code`` is ``not_https``, ``not_an_address``, ``unknown_host`` or ``private_address``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def new_secret() -> str:
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def signature(secret: str, id: str, timestamp: int, body: str) -> str:
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = hmac.digest(key, f"{id}.{timestamp}.{body}".encode(), "sha256")
    return f"v1,{base64.b64encode(signed).decode()}"


async def checked_address(url: str, *, local_too: bool) -> str:
    """The IP address that a webhook leads to. Raises :class:`AddressRefused`.

    Addresses inside our own network are refused, or anybody who may add a webhook could reach into it.
    ``local_too`` allows them, and plain http, on a machine where the product is being developed.
    """
    import httpx

    # What the client cannot send to must not be kept; urlsplit alone drops some letters and takes others.
    try:
        httpx.URL(url)
        parts = urlsplit(url)
    except (httpx.InvalidURL, ValueError):
        raise AddressRefused("not_an_address") from None
    if not url.isprintable() or " " in url:
        raise AddressRefused("not_an_address")
    if parts.scheme != "https" and not (local_too and parts.scheme == "http"):
        raise AddressRefused("not_https")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = await asyncio.get_running_loop().getaddrinfo(parts.hostname or "", port, type=socket.SOCK_STREAM)
    except (OSError, ValueError, UnicodeError):
        raise AddressRefused("unknown_host") from None
    addresses = [str(each[4][0]) for each in found]
    if not local_too and not all(map(is_public, addresses)):
        raise AddressRefused("private_address")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is that of one machine outside our network, and leads to no address inside it."""
    ip = ipaddress.ip_address(address)
    if not ip.is_global or ip.is_multicast:
        return False
    return isinstance(ip, ipaddress.IPv4Address) or (ip in OF_THE_INTERNET and ip.sixtofour is None)


async def deliver(store: Store, *, now: dt.datetime, local_too: bool) -> int:
    """Sends the messages whose time has come, and returns how many arrived."""

    async def due() -> list[dict[str, object]]:
        rows: list[dict[str, object]] = await WebhookMessage.raw(
            'SELECT m."id" AS "id", m."event" AS "event", m."body" AS "body", m."tries" AS "tries", '
            'w."url" AS "url", w."secret" AS "secret" FROM "webhook_message" AS m '
            'JOIN "webhook" AS w ON m."webhook" = w."id" '
            'WHERE m."outcome" = {} AND m."next_try_at" <= {} ORDER BY m."next_try_at" LIMIT {}',
            "waiting",
            now,
            AT_ONCE,
        )
        return rows

    messages = await store.read(due)
    if not messages:
        return 0
    import httpx  # brings a terminal's colours, for which every start would wait

    async with httpx.AsyncClient(timeout=SECONDS_TO_ANSWER, follow_redirects=False, trust_env=False) as client:
        return sum(await asyncio.gather(*(_deliver(client, each, store, now, local_too) for each in messages)))


async def _deliver(
    client: httpx.AsyncClient, message: dict[str, object], store: Store, now: dt.datetime, local_too: bool
) -> bool:
    """Sends one message and keeps what came of it: nothing that is wrong with another can undo that."""
    try:
        arrived = await _send(client, message, now, local_too)
    except Exception:
        log.exception("a webhook message could not be sent")
        arrived = False
    await store.write(lambda: _keep(message, arrived, now))
    return arrived


async def _send(client: httpx.AsyncClient, message: dict[str, object], now: dt.datetime, local_too: bool) -> bool:
    import httpx

    url, body, id = str(message["url"]), str(message["body"]), str(message["id"])
    timestamp = int(now.timestamp())
    headers = {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(str(message["secret"]), id, timestamp, body),
    }
    try:
        # The client counts its seconds anew for every piece that comes, so that whoever answers slowly is never late.
        async with asyncio.timeout(SECONDS_TO_ANSWER):
            address = await checked_address(url, local_too=local_too)
            # To the address that was checked: the name could lead elsewhere a moment later.
            target = httpx.URL(url)
            # Only the status is read. What follows it may be of any size, and packed to be larger still.
            async with client.stream(
                "POST",
                target.copy_with(host=address),
                content=body,
                headers={**headers, "host": target.netloc.decode()},
                extensions={"sni_hostname": target.host},
            ) as response:
                return response.is_success
    except (AddressRefused, TimeoutError, httpx.HTTPError, httpx.InvalidURL) as problem:
        log.info("a webhook message was not delivered: %s", type(problem).__name__)
        return False


async def _keep(message: dict[str, object], arrived: bool, now: dt.datetime) -> None:
    tries = int(str(message["tries"])) + 1
    outcome = "delivered" if arrived else "given_up" if tries > len(WAITS) else "waiting"
    wait = WAITS[min(tries, len(WAITS)) - 1]
    await WebhookMessage.update(
        {
            WebhookMessage.tries: tries,
            WebhookMessage.outcome: outcome,
            WebhookMessage.next_try_at: now if arrived else now + dt.timedelta(seconds=wait),
        }
    ).where(WebhookMessage.id == uuid.UUID(str(message["id"])))


async def add(url: str, *, by: uuid.UUID, today: dt.date) -> str:
    """Adds a webhook, inside a unit of the store, and returns the secret that signs its messages."""
    secret = new_secret()
    await Webhook.insert(Webhook(id=uuid.uuid4(), url=url, secret=secret, made_on=today, made_by=by))
    return secret
