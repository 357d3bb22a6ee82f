"""How often one address may try something. Each limit counts for itself: programs that call us, or a class that
types its code, keep nobody from signing in."""

from __future__ import annotations

from litestar.middleware import DefineMiddleware
from litestar.middleware.rate_limit import RateLimitConfig

PER_MINUTE = {
    "sign_in": 30,
    "other_ways_in": 120,
    "continue": 60,
    "class": 600,
    "room": 600,
    "views": 120,
    "api": 600,
    "tell_us": 60,
    "already_said": 120,
    "receipt": 30,
}
"""Tries a minute from one address; a school or a council has one for everybody in it.

- ``sign_in``: passwords are slow to check, and links are mailed.
- ``other_ways_in``: single sign-on and passkeys, where nothing can be guessed. A council has one address.
- ``continue``: a whole class may come back together. A code has 40 bits: at this rate, somebody who guesses for a
  week finds one of a thousand with a chance of one in two thousand.
- ``room``: wrong codes of sessions only. A whole hall types at once.
- ``class``: wrong codes only, wherever codes are taken. A code has 40 bits and lasts a day: at this rate, somebody
  who guesses all day long finds one of a hundred classes with a chance of one in ten thousand.
- ``tell_us``: what is sent from the page "Tell us". A hall full of people can send at once; somebody
  who fills the list of what waits needs hours.
- ``already_said``: a class looks what others said; somebody who tries out words one by one soon waits.
- ``receipt``: wrong references only. One has 40 bits: where 200,000 people answered, somebody who guesses for a week
  finds one with a chance of one in twenty. It then tells them that somebody answered a survey.
- ``views``: private spaces, opened with a code of 60 bits, or begun: a class needs two tries each, for the letter and
  for the space. Each takes a twentieth of a second of work.
- ``api``: enough to fetch a year's answers in a minute, too little to stop families from answering.
"""


def store_of(name: str) -> str:
    """Where the tries of a limit are counted: the name of a store of the application."""
    return f"tries_{name}"


def limit(name: str, *, headers: bool = False) -> DefineMiddleware:
    """The limit of that name in ``PER_MINUTE``; ``headers`` tell a program how much is left of it."""
    return RateLimitConfig(
        rate_limit=("minute", PER_MINUTE[name]), store=store_of(name), set_rate_limit_headers=headers
    ).middleware
