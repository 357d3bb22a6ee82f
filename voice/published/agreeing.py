"""Young people agree to the words that are said to be theirs, before anybody else reads them.

Functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import Literal, get_args

import msgspec

from voice.published.drafting import LONGEST, PublicationProblem, check_words, draft_at
from voice.published.item import SOURCE, Item, Wording
from voice.published.reading import in_the_making
from voice.published.tables import Publication, WordingApproval

Answer = Literal["agreed", "change", "no"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)

MOST_HEADS = 999


class Approval(msgspec.Struct, frozen=True):
    """What a group said, and when; ``words`` are those that they agree to, and none where they want none published."""

    answer: Answer
    words: str
    heads: int
    day: dt.date


async def ask(id: uuid.UUID) -> None:
    """Lets facilitators open the words for a group. Raises :class:`PublicationProblem`."""
    draft = await draft_at(id)
    check_words(draft.words.get(SOURCE, Wording()))
    await Publication.update({Publication.state: "asked"}).where(Publication.id == id)


async def asked() -> tuple[Item, ...]:
    """What waits for a group."""
    return tuple(each for each in await in_the_making() if each.state == "asked")


async def answer(id: uuid.UUID, said: str, *, heads: int, words: str, read: str, today: dt.date) -> None:
    """Keeps what the group said about the words with the mark ``read``; ``words`` are how they want them instead.

    Raises :class:`PublicationProblem`.
    """
    draft = await draft_at(id)
    if draft.state != "asked":
        raise PublicationProblem("nobody_asked")
    if read != mark_of(draft):
        raise PublicationProblem("other_words")
    chosen = next((each for each in ANSWERS if each == said), None)
    if chosen is None:
        raise PublicationProblem("no_answer", "answer")
    if not 1 <= heads <= MOST_HEADS:
        raise PublicationProblem("no_heads", "heads")
    if chosen == "change" and (not words or words == draft.heard):
        raise PublicationProblem("no_words", "words")
    if len(words) > LONGEST:
        raise PublicationProblem("too_long", "words")
    before = await WordingApproval.count().where(WordingApproval.publication == id)
    await WordingApproval.insert(
        WordingApproval(
            id=uuid.uuid4(),
            publication=id,
            number=before + 1,
            answer=chosen,
            words={"agreed": draft.heard, "change": words, "no": ""}[chosen],
            heads=heads,
            day=today,
        )
    )
    await Publication.update({Publication.state: "draft"}).where(Publication.id == id)


async def take_their_words(id: uuid.UUID) -> None:
    """Puts the group's own words into the draft. In other languages what was heard is to be said anew.

    Raises :class:`PublicationProblem`.
    """
    draft = await draft_at(id)
    approval = await approval_of(id)
    if approval is None or approval.answer != "change":
        raise PublicationProblem("nobody_asked")
    words = {
        code: msgspec.structs.replace(each, heard=approval.words if code == SOURCE else "")
        for code, each in draft.words.items()
    }
    await Publication.update({Publication.words: msgspec.json.encode(words).decode()}).where(Publication.id == id)


async def approval_of(id: uuid.UUID) -> Approval | None:
    """What a group said last about a version."""
    row = (
        await WordingApproval.select()
        .where(WordingApproval.publication == id)
        .order_by(WordingApproval.number, ascending=False)
        .first()
    )
    return Approval(row["answer"], row["words"], row["heads"], row["day"]) if row else None


def is_agreed(draft: Item, approval: Approval | None) -> bool:
    """Whether the words may be said to be the group's: they agreed to these, letter by letter."""
    return approval is not None and approval.answer != "no" and approval.words == draft.heard


def mark_of(draft: Item) -> str:
    """The same as long as the draft says the same in English."""
    return hashlib.sha256(msgspec.json.encode(draft.words.get(SOURCE, Wording()))).hexdigest()[:16]
