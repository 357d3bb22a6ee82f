"""Which other ways of signing in there are here."""

from __future__ import annotations

import msgspec

from voice.people.passkeys import are_possible
from voice.settings import Settings


class OtherWays(msgspec.Struct, frozen=True):
    """``service_name`` is what the settings call the sign-in service, and may be empty."""

    service: bool
    service_name: str
    passkeys: bool


def other_ways(settings: Settings) -> OtherWays:
    return OtherWays(
        service=settings.openid is not None,
        service_name=settings.openid.name if settings.openid else "",
        passkeys=are_possible(settings.base_url),
    )
