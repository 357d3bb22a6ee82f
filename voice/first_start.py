"""What a new installation begins with: the post-EHCP survey, open, a member of staff for each role, and a question
bank that holds what our own surveys ask.

The members' addresses end in ``.invalid``: no mail reaches them (RFC 2606), so they sign in only with
the links that ``voice run`` prints for whoever starts it, until a real person is an administrator.
"""

from __future__ import annotations

import datetime as dt
import secrets

from surveys.bank.seeding import seed
from surveys.document import SurveyDocument
from surveys.publishing import open_round, publish, rounds
from surveys.templates import TEMPLATES, post_ehcp
from surveys.terms import first_day, term_of
from voice.languages import LANGUAGES, words
from voice.people import signing_in
from voice.people.roles import Role

FIRST_MEMBERS = "first-start.invalid"


async def begin_with(*, today: dt.date, domain: str = FIRST_MEMBERS) -> None:
    """Opens the survey and adds the members where there are none yet. Runs inside a unit."""
    if not any(each.link for each in await rounds()):
        version = await publish(post_ehcp.document(words, tuple(LANGUAGES)), today=today)
        term = term_of(today)
        await open_round(
            version,
            term=term,
            identity_mode="anonymous",
            link=secrets.token_urlsafe(16),
            opens_on=first_day(term),
            closes_on=None,
        )
    if not await signing_in.members():
        for role in Role:
            await signing_in.add_member(f"{role.value}@{domain}", role)
    await seed(own_surveys(), now=dt.datetime.combine(today, dt.time(), dt.UTC))


def own_surveys() -> list[SurveyDocument]:
    """Every survey that the product brings, in every language."""
    return [template(words, tuple(LANGUAGES)) for template in TEMPLATES.values()]
