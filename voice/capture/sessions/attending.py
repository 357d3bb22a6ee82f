"""Who was there: counts by age band and group, and, where the group wants one, a thank-you list kept apart.

Every function that is async runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken

from surveys.field_sealing import fernet
from voice.capture.sessions.tables import SessionAttendance, SessionThanks

AGE_BANDS = ("under_5", "5_to_10", "11_to_15", "16_to_18", "19_to_25", "over_25")
GROUPS = ("young_people", "parent_carers", "staff", "others")
MOST = 9999
LONGEST_LIST = 10_000
"""Letters of a thank-you list."""

Heads = Mapping[tuple[str, str], int]
"""How many people, by age band and group."""


class AttendanceProblem(Exception):
    """``code`` is ``not_a_number`` or ``list_long``; ``field`` is where it stands on the form."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(code)
        self.code = code
        self.field = field


def read_heads(form: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """The counts on a form, in fields such as ``young_people-11_to_15``. Raises :class:`AttendanceProblem`."""
    heads: dict[tuple[str, str], int] = {}
    for group in GROUPS:
        for band in AGE_BANDS:
            field = f"{group}-{band}"
            written = form.get(field, "").strip()
            if written and not (written.isdecimal() and len(written) <= 4):
                raise AttendanceProblem("not_a_number", field)
            if written and (number := int(written)):
                heads[band, group] = number
    return heads


async def keep_heads(session: uuid.UUID, heads: Heads) -> None:
    await SessionAttendance.delete().where(SessionAttendance.session == session)
    for (band, group), people in heads.items():
        await SessionAttendance.insert(
            SessionAttendance(id=uuid.uuid4(), session=session, age_band=band, who=group, people=people)
        )


async def heads(session: uuid.UUID) -> dict[tuple[str, str], int]:
    rows = await SessionAttendance.select().where(SessionAttendance.session == session)
    return {(row["age_band"], row["who"]): row["people"] for row in rows}


async def keep_thanks(session: uuid.UUID, names: str, *, secret: bytes, today: dt.date) -> None:
    """Seals the thank-you list in place of the one before; an empty one goes. Raises :class:`AttendanceProblem`."""
    if len(names) > LONGEST_LIST:
        raise AttendanceProblem("list_long", "names")
    await SessionThanks.delete().where(SessionThanks.session == session)
    if names.strip():
        # A token tells when it was made, to the second: ours say the day alone.
        midnight = int(dt.datetime.combine(today, dt.time(), dt.UTC).timestamp())
        sealed = _key(secret).encrypt_at_time(names.strip().encode(), midnight).decode()
        await SessionThanks.insert(SessionThanks(id=uuid.uuid4(), session=session, sealed=sealed))


async def thanks(session: uuid.UUID, *, secret: bytes) -> str | None:
    """The list opened; empty when there is none, and ``None`` when another secret sealed it."""
    row = await SessionThanks.select().where(SessionThanks.session == session).first()
    if row is None:
        return ""
    try:
        return _key(secret).decrypt(row["sealed"].encode()).decode()
    except InvalidToken:
        return None


def _key(secret: bytes) -> Fernet:
    return fernet(secret, b"thanks")
