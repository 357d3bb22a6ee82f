"""Whether people reach the product safely, and the product the servers that it needs."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import aiosmtplib

from voice.doctor.finding import Finding, look, ok, wrong
from voice.settings import Settings

SECONDS = 5
LOCAL = ("127.0.0.1", "localhost", "::1")


def check_address(settings: Settings) -> Finding:
    address = urlsplit(settings.base_url)
    if settings.secure:
        return ok(f"address: {settings.base_url}")
    if address.hostname in LOCAL:
        return ok(f"address: {settings.base_url}, for this machine alone")
    return wrong(
        f"address: {settings.base_url} is not https, so whoever is on the way can read answers and sessions. Put a "
        "proxy with a certificate before it and set VOICE_BASE_URL to its https address"
    )


def check_second_factor(settings: Settings) -> Finding:
    if settings.second_factor == "required" or not settings.secure:
        return ok(f"second factor: {settings.second_factor}")
    return look(
        "second factor: offered, so staff who see personal things may sign in with one factor. "
        "Set VOICE_SECOND_FACTOR=required, and they set one up when they next sign in"
    )


async def check_mail(settings: Settings) -> Finding:
    if not settings.smtp_url:
        if settings.development:
            return ok("mail: kept in the folder outbox and shown on /outbox")
        return ok("mail: no VOICE_SMTP_URL, so sign-in links by mail stay in the folder outbox; use `voice user add`")
    server = urlsplit(settings.smtp_url)
    client = aiosmtplib.SMTP(
        hostname=server.hostname or "127.0.0.1", port=server.port, use_tls=server.scheme == "smtps", timeout=SECONDS
    )
    try:
        await client.connect()
        await client.quit()
    except (aiosmtplib.SMTPException, OSError) as problem:
        return wrong(
            f"mail: the server at {server.hostname} cannot be reached ({_brief(problem)}), so no mail goes out. Check "
            "VOICE_SMTP_URL, and that the network lets it through"
        )
    return ok(f"mail: goes over SMTP by {server.hostname}")


async def check_single_sign_on(issuer: str) -> Finding:
    """Whether an OpenID provider says of itself what signing in with it needs."""
    import httpx  # would make every other verb wait for it

    place = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    try:
        async with httpx.AsyncClient(timeout=SECONDS) as client:
            found = (await client.get(place)).raise_for_status().json()
        if found["issuer"].rstrip("/") != issuer.rstrip("/"):
            return wrong(f"single sign-on: {place} names another issuer. Set VOICE_OIDC_ISSUER to {found['issuer']}")
    except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as problem:
        return wrong(
            f"single sign-on: {place} cannot be read ({_brief(problem)}), so nobody signs in that way. "
            "Check VOICE_OIDC_ISSUER; passwords and links still work"
        )
    return ok(f"single sign-on: {issuer}")


async def check_reaching(settings: Settings, issuer: str) -> list[Finding]:
    checks = [check_mail(settings), *([check_single_sign_on(issuer)] if issuer else [])]
    return [check_address(settings), check_second_factor(settings), *await asyncio.gather(*checks)]


def _brief(problem: Exception) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0]
