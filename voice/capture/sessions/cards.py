"""Cards: what people say, choose or make in an activity. Folded until they are shown, and theirs to take back.

Every function that is async runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import uuid
from typing import Any

import msgspec

from voice.capture.sessions.activities import WITH_CARDS, WITH_WORDS, Activity
from voice.capture.sessions.planning import RoomSession
from voice.capture.sessions.tables import SessionCard
from voice.capture.sessions.tablets import SAID_BY

LONGEST = 2000
"""Letters of a card."""

LONGEST_GROUP = 60
MOST_OF_ONE = 200
"""Cards of one person in one session: more than anybody writes, and too few to fill a disk."""

PICTURES = (
    *("yes", "no", "heart", "idea", "talk", "quiet", "loud", "friends", "people", "teacher", "school", "home"),
    *(
        "lunch",
        "bus",
        "playground",
        "toilet",
        "break",
        "helping-hand",
        "wait",
        "barrier",
        "hurt",
        "sad",
        "happy",
        "worried",
    ),
    *("angry", "tired", "music", "ball", "learn", "dog"),
)
"""Symbols that a card can say something with."""

SYMBOL_OF = {"happy": "face-happy"}
"""Where a picture's code is not the name of its symbol."""


class CardProblem(Exception):
    """``code`` is ``nothing_on_it``, ``too_long``, ``no_column``, ``over``, ``paused``, ``unknown_activity``,
    ``other_content`` (the id has another card already, which stays) or ``too_many``."""

    def __init__(self, code: str, *, limit: int = 0, length: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.limit = limit
        self.length = length


class NewCard(msgspec.Struct, frozen=True, kw_only=True):
    """The device names the ``id``. ``tablet`` is ``None`` for what whoever leads enters for somebody."""

    id: uuid.UUID
    activity: str
    language: str
    said_by: str
    column: str = ""
    text: str = ""
    picture: str = ""
    file: uuid.UUID | None = None
    form: str = "text"
    media_type: str = ""
    tablet: uuid.UUID | None = None


class Card(msgspec.Struct, frozen=True, kw_only=True):
    id: uuid.UUID
    activity: str
    column: str
    text: str
    picture: str
    file: uuid.UUID | None
    language: str
    said_by: str
    tablet: uuid.UUID | None
    group: str
    place: int
    revealed: bool
    form: str
    media_type: str

    @property
    def has_words(self) -> bool:
        """Whether it says something of its own, and not only an answer that was chosen."""
        return bool(self.text or self.picture or self.file)


def check(session: RoomSession, new: NewCard, *, by_leader: bool = False) -> Activity:
    """The activity that a card goes to. Raises :class:`CardProblem`.

    Cards that were written without a connection arrive when the room is elsewhere, so any activity takes them.
    """
    activity = session.activity(new.activity)
    if session.stage not in ("running", "ended") or (session.stage == "ended" and not by_leader):
        raise CardProblem("over")
    if activity is None or activity.kind not in WITH_CARDS:
        raise CardProblem("unknown_activity")
    if len(new.text) > LONGEST:
        raise CardProblem("too_long", limit=LONGEST, length=len(new.text))
    if activity.places() and new.column not in activity.places():
        raise CardProblem("no_column")
    if activity.kind in WITH_WORDS and not (new.text or new.picture or new.file):
        raise CardProblem("nothing_on_it")
    return activity


async def add(session: RoomSession, new: NewCard, *, by_leader: bool = False) -> bool:
    """Adds a card, once however often it is sent; returns whether anything changed. Raises :class:`CardProblem`."""
    activity = check(session, new, by_leader=by_leader)
    new = _as_stored(activity, new)
    known = await SessionCard.select().where(SessionCard.id == new.id).first()
    if known is not None:
        if known["session"] != session.id or not (known["taken_back"] or _is_same(known, new)):
            raise CardProblem("other_content")
        return False
    if session.running.paused and not by_leader:
        raise CardProblem("paused")
    is_chosen_again = new.tablet is not None and await _make_room(session, activity, new)
    await SessionCard.insert(
        SessionCard(
            id=new.id,
            session=session.id,
            activity=new.activity,
            column=new.column,
            text=new.text or None,
            picture=new.picture,
            file=new.file,
            form=new.form if new.file else "symbols" if new.picture and not new.text else "text",
            media_type=new.media_type,
            language=new.language,
            said_by=new.said_by,
            tablet=new.tablet,
            cluster="",
            place=await SessionCard.count().where(SessionCard.session == session.id),
            revealed=False,
            taken_back=is_chosen_again,
        )
    )
    return True


def _as_stored(activity: Activity, new: NewCard) -> NewCard:
    """The card without what its activity has no place for."""
    with_words = activity.kind in WITH_WORDS
    return msgspec.structs.replace(
        new,
        column=new.column if activity.places() else "",
        text=new.text if with_words else "",
        picture=new.picture if with_words and new.picture in PICTURES else "",
        said_by=new.said_by if new.said_by in SAID_BY else "own_words",
    )


def _is_same(known: dict[str, Any], new: NewCard) -> bool:
    return (known["activity"], known["board_column"], known["text"] or "", known["picture"], known["tablet"]) == (
        *(new.activity, new.column, new.text, new.picture, new.tablet),
    )


async def _make_room(session: RoomSession, activity: Activity, new: NewCard) -> bool:
    """An answer to choose takes the place of the one before; a feeling that is chosen again is taken back. Returns
    whether it was, which is stored with the id of the second press, so that a repeat of it changes nothing."""
    own = (SessionCard.session == session.id) & (SessionCard.tablet == new.tablet)
    if await SessionCard.count().where(own) >= MOST_OF_ONE:
        raise CardProblem("too_many", limit=MOST_OF_ONE)
    if activity.kind in WITH_WORDS:
        return False
    before = own & (SessionCard.activity == activity.id)
    if activity.kind == "feelings":
        before = before & (SessionCard.column == new.column)
    before = before & SessionCard.taken_back.eq(False)
    again = activity.kind == "feelings" and await SessionCard.exists().where(before)
    await SessionCard.update({SessionCard.taken_back: True}).where(before)
    return again


async def give_file(session: RoomSession, new: NewCard) -> uuid.UUID | None:
    """Puts a file on one's own card, which it may be the first to make. Returns the file that was there before, for
    the caller to remove. Raises :class:`CardProblem`."""
    own = (SessionCard.id == new.id) & (SessionCard.session == session.id) & (SessionCard.tablet == new.tablet)
    known = await SessionCard.select(SessionCard.file).where(own).first()
    if known is None:
        await add(session, new)
        return None
    check(session, new)
    await SessionCard.update(
        {
            SessionCard.file: new.file,
            SessionCard.form: new.form,
            SessionCard.media_type: new.media_type,
            SessionCard.taken_back: False,
        }
    ).where(own)
    before: uuid.UUID | None = known["file"]
    return before


async def word(session: RoomSession, new: NewCard) -> bool:
    """Puts words beside the file on one's own card; returns whether there is such a card. Raises
    :class:`CardProblem`."""
    own = (SessionCard.id == new.id) & (SessionCard.session == session.id) & (SessionCard.tablet == new.tablet)
    known = await SessionCard.select(SessionCard.file).where(own & SessionCard.file.is_not_null()).first()
    if known is None:
        return False
    check(session, msgspec.structs.replace(new, file=known["file"]))
    await SessionCard.update({SessionCard.text: new.text or None, SessionCard.column: new.column}).where(own)
    return True


async def take_back(session: RoomSession, id: uuid.UUID, tablet: uuid.UUID) -> uuid.UUID | None:
    """Takes away one's own card and what was on it; returns its file, for the caller to remove."""
    own = (SessionCard.id == id) & (SessionCard.session == session.id) & (SessionCard.tablet == tablet)
    row = await SessionCard.select(SessionCard.file).where(own).first()
    await SessionCard.update(
        {SessionCard.taken_back: True, SessionCard.text: None, SessionCard.picture: "", SessionCard.file: None}
    ).where(own)
    return row["file"] if row else None


async def cards(session: uuid.UUID, *, tablet: uuid.UUID | None = None) -> list[Card]:
    """The cards of a session, or one person's, in the order they came."""
    query = SessionCard.select().where(SessionCard.session == session, SessionCard.taken_back.eq(False))
    if tablet is not None:
        query = query.where(SessionCard.tablet == tablet)
    rows = await query.order_by(SessionCard.place, SessionCard.id)
    return [
        Card(
            column=row["board_column"],
            text=row["text"] or "",
            group=row["cluster"],
            **{
                name: row[name]
                for name in (
                    *("id", "activity", "picture", "file", "language", "said_by", "tablet", "place", "revealed"),
                    *("form", "media_type"),
                )
            },
        )
        for row in rows
    ]


async def unfold(
    session: RoomSession, *, activity: str = "", card: uuid.UUID | None = None, revealed: bool = True
) -> None:
    """Shows to the room the cards of an activity or one card, or folds them again."""
    which = SessionCard.id == card if card else SessionCard.activity == activity
    await SessionCard.update({SessionCard.revealed: revealed}).where((SessionCard.session == session.id) & which)


async def put_into_group(session: RoomSession, card: uuid.UUID, group: str) -> None:
    """Puts a card with those that say alike; an empty name takes it out again."""
    await SessionCard.update({SessionCard.cluster: " ".join(group.split())[:LONGEST_GROUP]}).where(
        SessionCard.id == card, SessionCard.session == session.id
    )
