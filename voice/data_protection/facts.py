"""What is so in this installation: how it is set up, and, rounded, how much it holds."""

from __future__ import annotations

import datetime as dt
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from surveys import retention
from surveys.document import wording
from surveys.publishing import OpenRound
from surveys.retention import Kept
from surveys.tables import Survey
from voice.audit import keeping
from voice.backups.taking import last_backup
from voice.data_protection import sensitive
from voice.people import organisations
from voice.people.partnership import PartnershipInfo, partnership
from voice.safeguarding.agreement import agreement_now
from voice.settings import NOTIFY, Settings
from voice.storage.store import Store

FEW = 10

HELD = {
    "submissions": 'SELECT COUNT(*) AS "many" FROM "submission"',
    "drafts": 'SELECT COUNT(*) AS "many" FROM "draft"',
    "voices": 'SELECT COUNT(*) AS "many" FROM "voice"',
    "who_answered": 'SELECT COUNT(*) AS "many" FROM "who_answered"',
    "wishes": 'SELECT COUNT(*) AS "many" FROM "contact_wish"',
    "contacts": 'SELECT COUNT(*) AS "many" FROM "register_entry" WHERE "sealed" <> \'\'',
    "asks": 'SELECT COUNT(*) AS "many" FROM "contact_person"',
    "sessions": 'SELECT COUNT(*) AS "many" FROM "session_card"',
    "spaces": 'SELECT COUNT(*) AS "many" FROM "view_space"',
    "drop_box": 'SELECT COUNT(*) AS "many" FROM "contribution"',
    "reviews": 'SELECT COUNT(*) AS "many" FROM "review"',
    "worries": 'SELECT COUNT(*) AS "many" FROM "worry"',
    "members": 'SELECT COUNT(*) AS "many" FROM "member" WHERE "ended_on" IS NULL',
    "record": 'SELECT COUNT(*) AS "many" FROM "audit_entry"',
    "requests": 'SELECT COUNT(*) AS "many" FROM "person_request"',
    "programs": 'SELECT COUNT(*) AS "many" FROM "api_token"',
}
"""By the name of what is held, the statement that counts it."""


class AskedSurvey(msgspec.Struct, frozen=True):
    """``modes`` and ``kept_months`` are those of all its rounds; 0 months where nobody has said how long."""

    title: str
    audience: str
    who_reads: str
    modes: tuple[str, ...]
    kept_months: tuple[int, ...]
    languages: tuple[str, ...]
    asked: tuple[str, ...]
    special: tuple[str, ...]
    anything: bool
    people: int
    is_open: bool


class Processor(msgspec.Struct, frozen=True):
    """Somebody outside who gets something of us. ``host`` is never more than the name of a machine."""

    kind: Literal["smtp", "notify", "openid", "webhook"]
    host: str
    gets: str


class Facts(msgspec.Struct, frozen=True):
    made_on: dt.date
    partnership: PartnershipInfo
    partners: tuple[tuple[str, str], ...]
    surveys: tuple[AskedSurvey, ...]
    held: dict[str, int]
    answered_by: dict[str, int]
    invited_by: dict[str, int]
    processors: tuple[Processor, ...]
    worries_kept_months: int
    safeguarding_agreed: bool
    audit_years: int
    backup_made: dt.date | None
    https: bool
    postgres: bool
    intake: bool
    speech: bool
    second_factor: str
    idle_minutes: int

    def about(self, name: str) -> str:
        return rounded(self.held[name])


def rounded(many: int) -> str:
    """A count that tells nobody apart."""
    if many == 0:
        return "none"
    return f"fewer than {FEW}" if many < FEW else f"about {round(many, -1 if many < 1000 else -2):,}"


async def gather(store: Store, settings: Settings, *, today: dt.date) -> Facts:
    async def found() -> Facts:
        agreed = await agreement_now()
        return Facts(
            made_on=today,
            partnership=await partnership(),
            partners=tuple((each.name, each.kind) for each in await organisations.organisations() if not each.is_host),
            surveys=_surveys(await retention.kept(), today),
            held={name: (await Survey.raw(statement))[0]["many"] for name, statement in HELD.items()},
            answered_by=await _by('SELECT "mode" AS "way", COUNT(*) AS "many" FROM "submission" GROUP BY "mode"'),
            invited_by=await _by('SELECT "way", COUNT(*) AS "many" FROM "outgoing_message" GROUP BY "way"'),
            processors=(*_processors(settings), *await _webhooks()),
            worries_kept_months=agreed.months_kept,
            safeguarding_agreed=agreed.agreed_on is not None,
            audit_years=(await keeping.kept()).years,
            backup_made=made.date() if (made := last_backup(settings)) else None,
            https=settings.secure,
            postgres=bool(settings.database_url),
            intake=bool(settings.intake_port),
            speech=bool(settings.speech),
            second_factor=settings.second_factor,
            idle_minutes=settings.idle_minutes,
        )

    return await store.read(found)


async def _by(statement: str) -> dict[str, int]:
    return {row["way"]: row["many"] for row in await Survey.raw(statement)}


def _surveys(kept: list[Kept], today: dt.date) -> tuple[AskedSurvey, ...]:
    """Each survey once, with what its newest version asks. What was asked nowhere and of nobody is left out."""
    by_survey: dict[str, list[Kept]] = {}
    for each in kept:
        if each.people or each.round.link:
            by_survey.setdefault(each.round.survey, []).append(each)
    found = [
        _survey([each.round for each in its], sum(each.people for each in its), today) for its in by_survey.values()
    ]
    return tuple(sorted(found, key=lambda each: each.title))


def _survey(its: list[OpenRound], people: int, today: dt.date) -> AskedSurvey:
    newest = max(its, key=lambda round: round.version)
    questions = [question for round in its for question in round.document.questions]
    return AskedSurvey(
        title=wording(newest.document.title, "en"),
        audience=newest.document.audience,
        who_reads=wording(newest.document.who_reads, "en"),
        modes=tuple(sorted({round.identity_mode for round in its})),
        kept_months=tuple(sorted({round.document.kept_months for round in its})),
        languages=newest.languages,
        asked=sensitive.asked_for(questions),
        special=sensitive.special_in(questions),
        anything=sensitive.may_say_anything(questions),
        people=people,
        is_open=any(round.link is not None and round.is_open(today) for round in its),
    )


def _host(address: str) -> str:
    """The name of the machine alone: what else stands in an address may be a password or a key."""
    return urlsplit(address).hostname or "unknown"


def _processors(settings: Settings) -> list[Processor]:
    found = []
    by_notify = bool(settings.notify_key and settings.notify_email_template)
    if settings.smtp_url:
        gets = "addresses of staff, and e-mail to them" if by_notify else "addresses, and e-mail to families and staff"
        found.append(Processor("smtp", _host(settings.smtp_url), gets))
    if settings.notify_key:
        ways = [
            said
            for said, template in (
                ("phone numbers, and text messages", settings.notify_text_template),
                ("addresses, and e-mail to families", settings.notify_email_template),
            )
            if template
        ]
        name = "GOV.UK Notify" if settings.notify_url == NOTIFY else _host(settings.notify_url)
        found.append(Processor("notify", name, "; ".join(ways) or "nothing: no template is named"))
    if settings.openid:
        gets = "that a member of staff signs in, and when; nothing of families"
        found.append(Processor("openid", _host(settings.openid.issuer), gets))
    return found


async def _webhooks() -> list[Processor]:
    rows = await Survey.raw('SELECT "url" FROM "webhook"')
    hosts = sorted({_host(row["url"]) for row in rows})
    return [Processor("webhook", host, "that something happened; no words and no answers") for host in hosts]
