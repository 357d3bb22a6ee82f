"""What can be set from outside, read once at start. Everything has a default that works on one machine."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: templates, catalogs and built static files are found from here."""


_ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
NOTIFY_KEY = re.compile(rf".*?({_ID})-({_ID})")
"""A key of GOV.UK Notify: a name, the id of the service, and the secret."""

LONGEST_IDLE = 120
"""Minutes."""
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")

NOTIFY = "https://api.notifications.service.gov.uk"

MOST_PROCESSES = 64
"""Also connections to the database of one process: more help nobody."""

SHORTEST_TOKEN = 32


class UnusableSetting(Exception):
    """The sentence says which variable cannot be meant, and how it is written."""


class OpenId(msgspec.Struct, frozen=True):
    """The sign-in service of the council or its partners, which speaks OpenID Connect.

    ``issuer`` is its address, exactly as its tokens say it. ``name`` is what the button calls it, and may be empty.
    ``claim`` is where it says somebody's e-mail address. ``domains`` are the domains of addresses whose word is taken
    for true, and then nobody else comes in; without any, the service itself must say that it checked the address.
    ``second_factor`` is whether it asks everybody for a second factor, also where its tokens do not say so.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str = ""
    claim: str = "email"
    domains: tuple[str, ...] = ()
    second_factor: bool = False


class Settings(msgspec.Struct, frozen=True):
    """``data`` holds all that is stored; ``database_url`` is a PostgreSQL URL, or empty for SQLite in ``data``.

    ``smtp_url`` is ``smtp://[user:password@]host:port`` (``smtps://`` for TLS from the start); when it
    is empty, mail is kept in ``data/outbox`` and shown on the page ``/outbox`` while ``development`` is on.
    ``trusted_proxy`` are the addresses or networks, with commas between, whose word is taken for where a request
    comes from; empty for none. ``intake_port`` is where e-mail comes into the drop box over SMTP, 0 for nowhere;
    ``intake_address`` is the address that letters must be for, empty for any. ``speech`` names the engine that may
    write down recordings, and is empty for none. ``notify_key`` is the key of a service of GOV.UK Notify, empty where
    text messages are not sent; its templates are named by their ids: a text with ``((message))``, and an e-mail
    with ``((subject))`` and ``((message))`` where e-mail to families goes that way instead of over SMTP.
    ``sqlite_journal`` is ``WAL`` or ``PERSIST``, or empty for the one that is safe with this version of SQLite.
    ``idle_minutes`` is how long a session of staff lasts that nobody uses. ``second_factor`` is ``required`` of those
    who see personal things, or ``offered`` to everybody. ``openid`` is the service that staff may sign in with, if
    there is one.
    ``processes`` is how many serve, 0 for the one that was started alone; each keeps at most ``database_connections``
    to PostgreSQL, and one more. ``log`` is ``text`` or ``json``. ``metrics_token`` is asked of whoever fetches figures
    for Prometheus; there are none where it is empty.
    """

    data: Path
    port: int = 8000
    host: str = "127.0.0.1"
    base_url: str = "http://127.0.0.1:8000"
    database_url: str = ""
    smtp_url: str = ""
    mail_from: str = "golden-thread@localhost"
    trusted_proxy: str = ""
    intake_port: int = 0
    intake_host: str = "127.0.0.1"
    intake_address: str = ""
    speech: str = ""
    notify_key: str = ""
    notify_url: str = NOTIFY
    notify_text_template: str = ""
    notify_email_template: str = ""
    sqlite_journal: str = ""
    openid: OpenId | None = None
    processes: int = 0
    database_connections: int = 16
    log: str = "text"
    metrics_token: str = ""
    development: bool = False
    idle_minutes: int = 30
    second_factor: str = "offered"

    @property
    def idle(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.idle_minutes)

    @property
    def secure(self) -> bool:
        """Whether people reach the product over HTTPS, so that cookies may be kept to it."""
        return self.base_url.startswith("https://")


def read_settings(
    environment: Mapping[str, str],
    *,
    data: Path | None = None,
    port: int | None = None,
    development: bool = False,
) -> Settings:
    """Settings from ``VOICE_…`` variables; what the command line says goes before them.

    Raises :class:`UnusableSetting`.
    """
    if port is None:
        port = _port("VOICE_PORT", environment.get("VOICE_PORT", "8000"))
    host = environment.get("VOICE_HOST", "127.0.0.1")
    return Settings(
        data=(data or Path(environment.get("VOICE_DATA", "data"))).resolve(),
        port=port,
        host=host,
        base_url=environment.get("VOICE_BASE_URL", f"http://{host}:{port}").rstrip("/"),
        database_url=_database_url(environment.get("VOICE_DATABASE_URL", "")),
        smtp_url=environment.get("VOICE_SMTP_URL", ""),
        mail_from=environment.get("VOICE_MAIL_FROM", "golden-thread@localhost"),
        speech=_speech(environment.get("VOICE_SPEECH", "")),
        trusted_proxy=_addresses(environment.get("VOICE_TRUSTED_PROXY", "")),
        intake_port=_port("VOICE_INTAKE_PORT", environment.get("VOICE_INTAKE_PORT", "0")),
        intake_host=environment.get("VOICE_INTAKE_HOST", "127.0.0.1"),
        intake_address=environment.get("VOICE_INTAKE_ADDRESS", ""),
        notify_key=_notify_key(environment.get("VOICE_NOTIFY_KEY", "")),
        notify_url=environment.get("VOICE_NOTIFY_URL", NOTIFY).rstrip("/"),
        notify_text_template=environment.get("VOICE_NOTIFY_TEXT_TEMPLATE", ""),
        notify_email_template=environment.get("VOICE_NOTIFY_EMAIL_TEMPLATE", ""),
        sqlite_journal=_journal(environment.get("VOICE_SQLITE_JOURNAL", "")),
        openid=_openid(environment),
        processes=_count("VOICE_PROCESSES", environment.get("VOICE_PROCESSES", "0"), least=0),
        database_connections=_count(
            "VOICE_DATABASE_CONNECTIONS", environment.get("VOICE_DATABASE_CONNECTIONS", "16"), least=1
        ),
        log=_log(environment.get("VOICE_LOG", "text")),
        metrics_token=_metrics_token(environment.get("VOICE_METRICS_TOKEN", "")),
        development=development or environment.get("VOICE_DEVELOPMENT", "") == "1",
        idle_minutes=_idle_minutes(environment.get("VOICE_IDLE_MINUTES", "30")),
        second_factor=_second_factor(environment.get("VOICE_SECOND_FACTOR", "offered")),
    )


def _port(name: str, written: str) -> int:
    try:
        return int(written)
    except ValueError:
        raise UnusableSetting(f"{name} must be a number, for example 8000.") from None


def _idle_minutes(written: str) -> int:
    if not (written.isascii() and written.isdigit() and 5 <= int(written) <= LONGEST_IDLE):
        raise UnusableSetting(
            f"VOICE_IDLE_MINUTES must be a number from 5 to {LONGEST_IDLE}: a session of staff ends when nobody uses "
            "it for so long."
        )
    return int(written)


def _second_factor(written: str) -> str:
    if written not in ("offered", "required"):
        raise UnusableSetting(
            "VOICE_SECOND_FACTOR must be required, for everybody who sees personal things, or offered."
        )
    return written


def _count(name: str, written: str, *, least: int) -> int:
    if not (written.isdecimal() and least <= int(written) <= MOST_PROCESSES):
        raise UnusableSetting(f"{name} must be a number from {least} to {MOST_PROCESSES}.")
    return int(written)


def _log(written: str) -> str:
    if written not in ("text", "json"):
        raise UnusableSetting("VOICE_LOG must be text, or json for a program that collects logs.")
    return written


def _metrics_token(written: str) -> str:
    if written and len(written) < SHORTEST_TOKEN:
        raise UnusableSetting(
            f"VOICE_METRICS_TOKEN must have {SHORTEST_TOKEN} letters or more, for example from: openssl rand -hex 32. "
            "Leave it empty, and no figures are given out."
        )
    return written


def _database_url(written: str) -> str:
    if written and not written.startswith(("postgresql://", "postgres://")):
        raise UnusableSetting(
            "VOICE_DATABASE_URL must be the address of a PostgreSQL database, for example "
            "postgresql://user:password@host/name. Leave it empty to use SQLite in the data folder."
        )
    return written


def _speech(written: str) -> str:
    if written not in ("", "pocketsphinx"):
        raise UnusableSetting(
            "VOICE_SPEECH must be pocketsphinx, which needs the extra “speech”. Leave it empty, and people type what "
            "recordings say."
        )
    return written


def _journal(written: str) -> str:
    if written not in ("", "WAL", "PERSIST"):
        raise UnusableSetting(
            "VOICE_SQLITE_JOURNAL must be WAL or PERSIST. Leave it empty, and the one is used that is safe with this "
            "version of SQLite."
        )
    return written


def _notify_key(written: str) -> str:
    if written and not NOTIFY_KEY.fullmatch(written):
        raise UnusableSetting(
            "VOICE_NOTIFY_KEY must be a whole key of GOV.UK Notify: its name, then two ids, all joined by hyphens. "
            "Leave it empty, and no text messages are sent."
        )
    return written


def _openid(environment: Mapping[str, str]) -> OpenId | None:
    issuer = environment.get("VOICE_OIDC_ISSUER", "")
    if not issuer:
        return None
    if not is_private_way(issuer):
        raise UnusableSetting("VOICE_OIDC_ISSUER must begin with https://, for example https://sign-in.council.gov.uk.")
    for name in ("VOICE_OIDC_CLIENT_ID", "VOICE_OIDC_CLIENT_SECRET"):
        if not environment.get(name):
            raise UnusableSetting(f"{name} must be what the sign-in service gave us, since VOICE_OIDC_ISSUER is set.")
    claim = environment.get("VOICE_OIDC_CLAIM", "email")
    domains = tuple(
        each.strip().lower() for each in environment.get("VOICE_OIDC_DOMAINS", "").split(",") if each.strip()
    )
    if not all(_DOMAIN.fullmatch(each) for each in domains):
        raise UnusableSetting("VOICE_OIDC_DOMAINS must be domains with commas between, for example council.gov.uk.")
    if claim != "email" and not domains:
        raise UnusableSetting(
            "VOICE_OIDC_DOMAINS must be set where VOICE_OIDC_CLAIM is not email: "
            "nobody else says that an address is true."
        )
    return OpenId(
        issuer=issuer,
        client_id=environment["VOICE_OIDC_CLIENT_ID"],
        client_secret=environment["VOICE_OIDC_CLIENT_SECRET"],
        name=environment.get("VOICE_OIDC_NAME", ""),
        claim=claim,
        domains=domains,
        second_factor=environment.get("VOICE_OIDC_SECOND_FACTOR", "") == "1",
    )


def is_private_way(address: str) -> bool:
    """Whether nobody can listen or answer between us and this address: HTTPS, or a service on this machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return (parts.scheme == "https" and bool(host)) or (
        parts.scheme == "http" and host in ("localhost", "127.0.0.1", "::1")
    )


def _addresses(written: str) -> str:
    addresses = [each.strip() for each in written.split(",") if each.strip()]
    try:
        for each in addresses:
            ipaddress.ip_network(each)
    except ValueError:
        raise UnusableSetting(
            "VOICE_TRUSTED_PROXY must be addresses or networks with commas between, for example 10.0.0.5,10.1.0.0/16."
        ) from None
    return ",".join(addresses)
