"""Guessing is slowed down, and nobody can lock somebody else out with it.

Tries in vain are counted for an account, and apart from that for each device that somebody signed in on before: the
way of OWASP's “Slow Down Online Guessing Attacks with Device Cookies”. Guesses from elsewhere slow down unknown
devices alone, and only what can be guessed: a link by e-mail always lets its owner in.

A try is counted before it is looked at, in one statement: a thousand at once get no more than one after another.
Functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import hmac

from voice.people.tables import SignInTry

FREE = 5
"""Tries in a row before somebody waits; on a device of their own twice as many."""
FIRST_WAIT = dt.timedelta(seconds=30)
LONGEST_WAIT = dt.timedelta(hours=1)
"""Waits double up to this: some forty guesses in a day, and twenty-four in each day after."""
FORGOTTEN_AFTER = dt.timedelta(days=1)


def name_of(secret: bytes, what: str, email: str, device: str = "") -> str:
    """What tries are counted under. ``device`` is the cookie of a device that this person is known on."""
    said = "\x00".join((what, email.strip().lower(), device))
    return hmac.digest(secret, b"sign-in-try" + said.encode(), "sha256").hex()


async def take_try(key: str, *, now: dt.datetime, free: int = FREE) -> bool:
    """Counts a try, and says whether it may be made now."""
    over = now.date() - FORGOTTEN_AFTER
    await SignInTry.delete().where(SignInTry.last_on < over)
    counted = await SignInTry.raw(
        'INSERT INTO "sign_in_try" ("key", "times", "next_at", "last_on") VALUES ({}, 1, {}, {}) '
        'ON CONFLICT ("key") DO UPDATE SET "times" = "sign_in_try"."times" + 1, "last_on" = excluded."last_on" '
        'WHERE "sign_in_try"."next_at" <= excluded."next_at" RETURNING "times"',
        key,
        now,
        now.date(),
    )
    if not counted:
        return False
    await SignInTry.update({SignInTry.next_at: now + wait_after(counted[0]["times"], free)}).where(SignInTry.key == key)
    return True


def wait_after(tries: int, free: int = FREE) -> dt.timedelta:
    """How long nobody may try again after so many tries in a row."""
    if tries < free:
        return dt.timedelta()
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(tries - free, 20)))


async def right_at_last(*keys: str) -> None:
    """Starts counting anew after a try that was right."""
    await SignInTry.delete().where(SignInTry.key.is_in(list(keys)))
