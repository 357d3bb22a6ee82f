"""Publishing freezes a version; a change is a new one. Functions run inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import uuid

from voice.published.agreeing import Approval, approval_of, is_agreed
from voice.published.drafting import PublicationProblem, check_words, draft_at
from voice.published.item import SOURCE, Item, Wording
from voice.published.reading import item
from voice.published.tables import Publication


def what_is_missing(draft: Item, approval: Approval | None) -> PublicationProblem | None:
    """Why a draft cannot be published yet."""
    try:
        check_words(draft.words.get(SOURCE, Wording()))
    except PublicationProblem as problem:
        return problem
    if draft.is_a_groups and not is_agreed(draft, approval):
        return PublicationProblem("not_agreed")
    if draft.keys("theme") and draft.people is None and not draft.keys("session"):
        return PublicationProblem("too_few_people")
    return None


async def publish(id: uuid.UUID, *, by: uuid.UUID, today: dt.date) -> None:
    """Shows the draft to everybody, in place of the version before. Raises :class:`PublicationProblem`."""
    draft = await draft_at(id)
    problem = what_is_missing(draft, await approval_of(id))
    if problem is not None:
        raise problem
    await Publication.update({Publication.state: "replaced", Publication.replaced_by: id}).where(
        (Publication.action == draft.action) & (Publication.state == "published")
    )
    await Publication.update(
        {Publication.state: "published", Publication.published_on: today, Publication.published_by: by}
    ).where(Publication.id == id)


async def withdraw(id: uuid.UUID, *, today: dt.date) -> None:
    """Nobody reads it any more. Raises :class:`PublicationProblem` for what is not published."""
    found = await item(id)
    if found is None or found.state != "published":
        raise PublicationProblem("unknown")
    await Publication.update({Publication.state: "withdrawn", Publication.withdrawn_on: today}).where(
        Publication.id == id
    )


async def as_it_is_now(id: uuid.UUID) -> Item | None:
    """What stands in place of a version that was published once: itself, the last that replaced it, or none.

    A draft is nothing that anybody else may know of.
    """
    found = await item(id)
    seen = set()
    while found is not None and found.replaced_by is not None and found.id not in seen:
        seen.add(found.id)
        found = await item(found.replaced_by)
    return found if found is not None and found.published_on is not None else None
