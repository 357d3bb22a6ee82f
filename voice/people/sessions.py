"""Sessions of staff: whose one is, how far it got, when it ends, and under which token it goes on.

Functions run inside a unit of the store. Tokens are 256 random bits; only their hash is kept.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from enum import StrEnum

import msgspec

from voice.people.signing_in import SignedIn, hash_of, signed_in_from
from voice.people.tables import SignInSession

IDLE = dt.timedelta(minutes=30)
MOST_TRIES = 5
"""Wrong codes before somebody has to begin with the first factor again."""
FRESH = dt.timedelta(minutes=15)
"""How long it counts that somebody showed who they are, for what does harm in wrong hands."""
SEEN_EVERY = dt.timedelta(minutes=1)
"""How exactly we know when a session was used last."""


class Stage(StrEnum):
    HALF = "half"
    """Signed in with one factor, and the second is asked for: it opens nothing yet."""
    PLAIN = "plain"
    STRONG = "strong"
    """With a second factor."""


class Session(msgspec.Struct, frozen=True):
    person: SignedIn
    stage: Stage
    renew: bool
    began_at: dt.datetime
    seen_at: dt.datetime
    proven_at: dt.datetime

    def is_proven(self, now: dt.datetime) -> bool:
        return now - self.proven_at <= FRESH


class OwnSession(msgspec.Struct, frozen=True):
    """One of somebody's sessions as they see it. ``name`` is the hash of its token, and opens nothing."""

    name: str
    began_at: dt.datetime
    seen_at: dt.datetime
    here: bool


async def session_of(token: str, *, now: dt.datetime, idle: dt.timedelta = IDLE) -> Session | None:
    """The session with this token, also a half one; ``None`` when it is over, or its owner may not come in any more.

    A request under way while somebody's access ends may begin one after all others were ended.
    """
    row = await (
        SignInSession.select(*SignInSession.all_columns(), *SignInSession.member.all_columns())
        .where(
            SignInSession.token_hash == hash_of(token),
            SignInSession.expires_at >= now,
            SignInSession.seen_at >= now - idle,
            SignInSession.member.ended_on.is_null(),
        )
        .first()
        .output(nested=True)
    )
    if row is None:
        return None
    return Session(
        person=signed_in_from(row["member"]),
        stage=Stage(row["stage"]),
        renew=bool(row["renew"]),
        began_at=row["began_at"],
        seen_at=row["seen_at"],
        proven_at=row["proven_at"],
    )


async def who(token: str, *, now: dt.datetime, idle: dt.timedelta = IDLE) -> SignedIn | None:
    """Who is signed in with this token; nobody while the second factor is missing, or when it is over."""
    session = await session_of(token, now=now, idle=idle)
    return None if session is None or session.stage is Stage.HALF else session.person


async def keep_alive(token: str, *, now: dt.datetime) -> None:
    """Notes that the session is used."""
    await SignInSession.update({SignInSession.seen_at: now}).where(SignInSession.token_hash == hash_of(token))


async def go_on(
    token: str, *, now: dt.datetime, stage: Stage | None = None, proven: bool = False, lasts: dt.timedelta | None = None
) -> str | None:
    """Gives the session another token, and ends the one before; ``None`` when it has gone on under another already.

    Whoever knew the token from before has nothing of what the session may do from now on.
    """
    new = secrets.token_urlsafe(32)
    changed = await SignInSession.raw(
        'UPDATE "sign_in_session" SET "token_hash" = {}, "renew" = {}, "seen_at" = {} WHERE "token_hash" = {} '
        'RETURNING "token_hash"',
        hash_of(new),
        False,
        now,
        hash_of(token),
    )
    if not changed:
        return None
    more: dict[object, object] = {}
    if stage:
        more[SignInSession.stage] = stage.value
    if proven:
        more[SignInSession.proven_at] = now
    if lasts:
        more[SignInSession.expires_at] = now + lasts
    if more:
        await SignInSession.update(more).where(SignInSession.token_hash == hash_of(new))  # type: ignore[arg-type]
    return new


async def count_wrong_code(token: str) -> bool:
    """Whether a half session may try once more; it is over after ``MOST_TRIES``."""
    counted = await SignInSession.raw(
        'UPDATE "sign_in_session" SET "tries" = "tries" + 1 WHERE "token_hash" = {} RETURNING "tries"', hash_of(token)
    )
    if counted and counted[0]["tries"] < MOST_TRIES:
        return True
    await SignInSession.delete().where(SignInSession.token_hash == hash_of(token))
    return False


async def own_sessions(
    member: uuid.UUID, *, here: str, now: dt.datetime, idle: dt.timedelta = IDLE
) -> list[OwnSession]:
    """Where somebody is signed in, the latest first; ``here`` is the token of this session."""
    rows = await (
        SignInSession.select()
        .where(
            SignInSession.member == member,
            SignInSession.stage != Stage.HALF.value,
            SignInSession.expires_at >= now,
            SignInSession.seen_at >= now - idle,
        )
        .order_by(SignInSession.began_at, ascending=False)
    )
    return [
        OwnSession(row["token_hash"], row["began_at"], row["seen_at"], here=row["token_hash"] == hash_of(here))
        for row in rows
    ]


async def end_own(member: uuid.UUID, name: str) -> None:
    """Ends one of their sessions, and nobody else's."""
    await SignInSession.delete().where(SignInSession.token_hash == name, SignInSession.member == member)


async def end_all(member: uuid.UUID, *, but: str | None = None) -> None:
    """Ends all sessions of somebody, but for the one with the token ``but``."""
    ending = SignInSession.delete().where(SignInSession.member == member)
    await (ending.where(SignInSession.token_hash != hash_of(but)) if but else ending)


async def renew_all(member: uuid.UUID) -> None:
    """Each of their sessions goes on under another token from its next use: what they may do has changed."""
    await SignInSession.update({SignInSession.renew: True}).where(SignInSession.member == member)
