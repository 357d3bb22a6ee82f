"""What every answer tells the browser about itself: what it may fetch, who may show it, and what it may use."""

from __future__ import annotations

from collections.abc import Mapping

TWO_YEARS = 63_072_000

_OWN = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; "
    "{} form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PAGE = _OWN.format("media-src 'self' blob:; connect-src 'self';")
SENDS_NOTHING = _OWN.format("connect-src 'none';")
"""What a page may do in which names are typed: nothing leaves the browser, whatever its scripts would like."""

IN_A_FRAME = (
    "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
"""Any site may show the page, for it has nothing to press but links: no form, no cookie and no script."""

FILE = "default-src 'none'; media-src 'self'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""A file that somebody gave: opened by itself it is a page of nobody, in which nothing runs."""

NOT_USED = ("camera", "geolocation", "payment", "usb", "serial", "bluetooth", "midi", "display-capture")
"""What browsers would ask people for. Photos are taken by the camera's own app; a recorder needs the microphone."""

_EVERYWHERE = {
    "Content-Security-Policy": PAGE,
    "X-Content-Type-Options": "nosniff",
    # An address of an answering page is a key, so no other site is told where somebody came from. To ourselves the
    # browser still says it: forms show by it that they were sent from a page of ours.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(["microphone=(self)", *(f"{name}=()" for name in NOT_USED)]),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

STRICT_TRANSPORT = {"Strict-Transport-Security": f"max-age={TWO_YEARS}; includeSubDomains"}


def headers_of_answers(*, secure: bool) -> Mapping[str, str]:
    """What goes with every answer that does not say otherwise itself."""
    return _EVERYWHERE | STRICT_TRANSPORT if secure else _EVERYWHERE


def shown_by_other_sites() -> Mapping[str, str]:
    """For the one page that is made to stand in a frame of another site."""
    return {"Content-Security-Policy": IN_A_FRAME, "Cross-Origin-Resource-Policy": "cross-origin"}


def saved_as(name: str, *, shown: bool = False) -> Mapping[str, str]:
    """For a file of ours with this name, plain and without a folder; ``shown`` in the browser instead of saved."""
    plain = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "-_."))
    way = "inline" if shown else "attachment"
    return {"Content-Disposition": f'{way}; filename="{plain.lstrip(".") or "file"}"'}


def given_file(name: str) -> Mapping[str, str]:
    """For a file that somebody gave: it is looked at where it stands on a page, and runs nothing."""
    return {**saved_as(name, shown=True), "Content-Security-Policy": FILE, "Cache-Control": "no-store"}
