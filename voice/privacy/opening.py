"""Who gave confidential answers, looked up by somebody who may: never without a reason, never without a note of it.

Functions run inside a unit of the store. The note is written in the unit that opens: what could not be noted is not
shown.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Collection

import msgspec

from surveys import who_answered
from surveys.field_sealing import Locked
from surveys.invitations.known_people import contacts_of
from surveys.invitations.reaching import Contact, Sealing
from surveys.references import read_reference
from surveys.tables import Answer, Submission
from voice.people.signing_in import SignedIn
from voice.privacy.tables import ConfidentialOpening

SHORTEST_REASON = 10
LONGEST_REASON = 1000
LONGEST_WRITTEN = 300

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class OpeningProblem(Exception):
    """``code`` is ``reason`` (none was given) or ``nothing_written``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Opened(msgspec.Struct, frozen=True):
    """What was found about one person's answers. ``outcome`` is ``who`` (an invited person), ``when`` (they came by
    the link that everybody has), ``anonymous`` (nobody can tell), ``gone`` (nothing is kept of it any more) or
    ``nothing`` (no such answers). ``contacts`` are empty when the register was removed."""

    outcome: str
    survey: str = ""
    sent_at: str = ""
    person: str = ""
    contacts: tuple[Contact, ...] = ()


class Noted(msgspec.Struct, frozen=True):
    """Somebody looked."""

    reference: str
    survey: str
    reason: str
    found: str
    opened_by: str
    role: str
    opened_at: dt.datetime


async def open_who(written: str, reason: str, *, by: SignedIn, secret: bytes, now: dt.datetime) -> Opened:
    """Who sent the answers of this reference, or of this address of something that was said, and notes who asked.

    Raises :class:`OpeningProblem`, and then nothing was looked up.
    """
    if not written.strip():
        raise OpeningProblem("nothing_written")
    if len(reason.strip()) < SHORTEST_REASON:
        raise OpeningProblem("reason")
    rows = await _submissions(written[:LONGEST_WRITTEN])
    reference = rows[0]["reference"] if rows else read_reference(written)
    opened = await _opened(rows, secret)
    await _note(reference, opened.survey, reason, opened.outcome, by=by, now=now)
    return opened


async def note_all(
    submissions: Collection[uuid.UUID], *, about: str, by: SignedIn, now: dt.datetime, erased: bool = False
) -> None:
    """Notes a look for each of these that is confidential: they are shown, or erased, as the answers of one person.

    ``about`` is the request for which that is done, and stands as the reason. Of what is ``erased`` no reference stays.
    """
    for each in submissions:
        for row in await Submission.raw(_QUERY + 'u."id" = {} AND r."identity_mode" = \'confidential\'', each):
            await _note("" if erased else row["reference"], row["survey"], about, "who", by=by, now=now)


async def _note(reference: str | None, survey: str, reason: str, found: str, *, by: SignedIn, now: dt.datetime) -> None:
    await ConfidentialOpening.insert(
        ConfidentialOpening(
            id=uuid.uuid4(),
            reference=reference or "",
            survey=survey,
            reason=reason.strip()[:LONGEST_REASON],
            found=found,
            opened_by=by.id,
            role=by.role.value,
            opened_at=now,
        )
    )


_QUERY = (
    'SELECT u."id" AS "id", u."reference" AS "reference", r."identity_mode" AS "mode", s."slug" AS "survey" '
    'FROM "submission" AS u JOIN "survey_round" AS r ON r."id" = u."round" '
    'JOIN "survey_version" AS v ON v."id" = r."version" JOIN "survey" AS s ON s."id" = v."survey" WHERE '
)


async def _submissions(written: str) -> list[dict[str, str]]:
    if named := _ID.search(written.lower()):
        answer = await Answer.select(Answer.submission).where(Answer.id == uuid.UUID(named[0])).first()
        return await Submission.raw(_QUERY + 'u."id" = {}', answer["submission"]) if answer else []
    reference = read_reference(written)
    return await Submission.raw(_QUERY + 'u."reference" = {}', reference) if reference else []


async def _opened(rows: list[dict[str, str]], secret: bytes) -> Opened:
    if len(rows) != 1:  # two people's receipts with one reference tell nobody whose answers they are
        return Opened("nothing")
    [row] = rows
    if row["mode"] == "anonymous":
        return Opened("anonymous", row["survey"])
    try:
        who = await who_answered.who(uuid.UUID(str(row["id"])), secret=secret)
    except Locked:
        who = None
    if who is None:
        return Opened("gone", row["survey"])
    contacts = await contacts_of([who.entry], Sealing(secret)) if who.entry else ()
    return Opened("who" if who.person else "when", row["survey"], who.sent_at, who.person, contacts)


async def openings() -> list[Noted]:
    """Every time that somebody looked, the last one first."""
    rows = (
        await ConfidentialOpening.select(
            *(getattr(ConfidentialOpening, name) for name in Noted.__struct_fields__ if name != "opened_by"),
            ConfidentialOpening.opened_by.email.as_alias("opened_by"),
        )
        .order_by(ConfidentialOpening.opened_at, ascending=False)
        .limit(200)
    )
    return [Noted(**row) for row in rows]
