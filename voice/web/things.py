"""Which thing the address of a page is about, for every page of staff: the guard asks whose it is.

A new page under an address that names something has to be said here, or a test fails.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from typing import Any

import msgspec

from surveys.tables import SurveyDraft
from voice.people.permissions import ONLY_ONE, Kind, Thing
from voice.people.roles import Audience

Key = Callable[[Any], Awaitable[str | None]]


async def _itself(value: Any) -> str | None:
    """The key of what is named by its id. What cannot be one is found by nobody."""
    try:
        return str(value if isinstance(value, uuid.UUID) else uuid.UUID(str(value)))
    except ValueError:
        return None


async def _survey_of_draft(draft: uuid.UUID) -> str | None:
    found = await SurveyDraft.select(SurveyDraft.slug).where(SurveyDraft.id == draft).first()
    return found["slug"] if found else None


class About(msgspec.Struct, frozen=True):
    """``parameter`` of the address names the thing, through ``key``; there is only one where it is empty."""

    kind: Kind
    parameter: str = ""
    key: Key = _itself


SURVEY = About(Kind.SURVEY, "draft", _survey_of_draft)
INSTALLATION = About(Kind.INSTALLATION)
AGREED = About(Kind.AGREED)
ENTRUSTED = About(Kind.ENTRUSTED)

THINGS: dict[str, About] = {
    "/work/builder/{draft:uuid}": SURVEY,
    "/work/stacks/{token:str}": About(Kind.STACK, "token"),
    "/work/sessions/{id:str}": About(Kind.SESSION, "id"),
    "/work/registers/{id:uuid}": About(Kind.REGISTER, "id"),
    "/work/invitations/{id:uuid}": About(Kind.SEND, "id"),
    "/work/contacts/{id:uuid}": About(Kind.CONTACTS, "id"),
    "/work/calendar/{id:uuid}": About(Kind.PLAN, "id"),
    "/work/calendar/{carrier:uuid}": About(Kind.PLAN, "other"),
    "/work/reviews": About(Kind.REVIEWS),
    "/manage/people/{id:uuid}": About(Kind.PERSON, "id"),
    "/manage/organisations/{id:uuid}": About(Kind.ORGANISATION, "id"),
    "/manage/groups/{id:uuid}": About(Kind.GROUP, "id"),
    "/manage/partnership": INSTALLATION,
    "/manage/programs": INSTALLATION,
    "/manage/webhooks": INSTALLATION,
    "/manage/drop-box": INSTALLATION,
    "/work/rules": AGREED,
    "/work/safeguarding": AGREED,
    "/work/worries": ENTRUSTED,
    "/govern/": ENTRUSTED,
}
"""By the beginning of the address; the longest that fits counts."""

MINE: dict[str, str] = {
    "/work/classes/{id:str}": "a class of today, for who started it",
    "/work/sessions/notes/{token:str}": "a file that waits, for who sent it in",
    "/work/import/{token:str}": "a file that waits, for who sent it in",
    "/work/registers/new/{token:str}": "a file that waits, for who sent it in",
    "/work/population/{token:str}": "a file that waits, for who sent it in",
    "/work/exchange/{token:str}": "a file that waits, for who sent it in",
    "/work/translating/{code:str}/import/{token:str}": "a file that waits, for who sent it in",
    "/work/drop-box/{id:str}": "a draft, for who began it",
}
"""What only whoever made it opens: the page itself asks for that."""

ASKED: dict[str, str] = {
    "/manage/access/{kind:str}": "the page asks whether who is signed in may give it",
}
"""Addresses that name things of several kinds."""

SHARED: dict[str, str] = {
    "/work/surveys/{link:str}": "anybody who asks may hand out a survey of the partnership",
    "/work/paper/{link:str}": "anybody who asks may print a survey of the partnership; stacks are each office's own",
    "/work/forums/{forum:str}": "the page shows the sessions that somebody reaches, and no other",
    "/work/bank/{concept:str}": "the question bank is the partnership's",
    "/work/translating/{code:str}": "the words of the product are the partnership's",
    "/work/drop-box/waiting/{id:str}": "the drop box is the partnership's",
    "/work/voices/{token:str}": "evidence is the partnership's: what each role reads follows from what a voice may be"
    " used for",
    "/work/themes/": "evidence is the partnership's",
    "/lead/themes/": "findings are the partnership's, without small numbers",
    "/lead/trends/": "findings are the partnership's, without small numbers",
    "/lead/overrides/{id:uuid}": "leads decide together whether a rule is set aside",
    "/work/population/{id:uuid}": "figures about the area are the partnership's",
    "/work/actions/{id:uuid}": "a promise is the partnership's; its page asks who looks after it",
    "/work/published/{id:uuid}": "what is published is published by the partnership",
    "/work/words-to-agree/{id:uuid}": "any group may be asked whether the words are theirs",
    "/work/contact-wishes/{id:uuid}": "who would like to hear from the partnership; each opening is noted",
}
"""What belongs to the partnership though an address names it, and why."""


@cache
def declared(template: str) -> str:
    """The declared beginning that fits this address best, with or without the types of its parameters; empty where
    none does."""
    address = untyped(template)
    fitting = [each for each in (*THINGS, *MINE, *ASKED, *SHARED) if address.startswith(untyped(each))]
    return max(fitting, key=len, default="")


def untyped(template: str) -> str:
    """An address as a request has it: without the types of its parameters."""
    return re.sub(r":\w+}", "}", template)


def about(template: str) -> About | None:
    """What the pages under this address are about; nothing where it is whoever's who made it, or everybody's."""
    return THINGS.get(declared(template))


def is_mine(template: str) -> bool:
    return declared(template) in MINE


async def thing_at(template: str, named: Mapping[str, Any]) -> Thing | None:
    """The thing at an address, in a unit; nothing where there is none, which the page itself then says."""
    found = about(template)
    if found is None:
        return None
    if not found.parameter:
        return Thing(found.kind, ONLY_ONE)
    key = await found.key(named.get(found.parameter))
    return None if key is None else Thing(found.kind, key)


def changes(method: str, audience: Audience) -> bool:
    """Whether a request changes the thing. Who may look at a survey may also try it out."""
    return method not in ("GET", "HEAD") and audience is not Audience.SURVEYS
