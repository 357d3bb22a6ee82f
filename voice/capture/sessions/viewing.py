"""What a room sees: the activity under way, its cards, and its answers once they are shown."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence

import msgspec

from voice.capture.sessions import cards, planning, tablets, votes
from voice.capture.sessions.activities import WITH_WORDS, Activity, Choice
from voice.capture.sessions.cards import Card
from voice.capture.sessions.planning import RoomSession
from voice.capture.sessions.votes import Vote, options_of


class Result(msgspec.Struct, frozen=True):
    """``count`` is how many dots or people; of an order it is the sum of points, and only says what comes before
    what."""

    choice: Choice
    count: int


class Group(msgspec.Struct, frozen=True):
    """Cards that say alike; without a name, those in no group."""

    name: str
    cards: tuple[Card, ...]


class RoomView(msgspec.Struct, frozen=True, kw_only=True):
    """``cards`` are those of the activity under way, folded ones too. ``results`` are empty until they are shown.
    ``answered`` is how many people have answered by now."""

    session: RoomSession
    activity: Activity | None
    cards: tuple[Card, ...]
    options: tuple[Choice, ...]
    results: tuple[Result, ...]
    answered: int
    people: int

    @property
    def is_shown(self) -> bool:
        return self.activity is not None and self.activity.id in self.session.running.shown

    @property
    def shows_something(self) -> bool:
        """Whether the room may see an answer: all of them are shown, or one card is."""
        return self.is_shown or any(card.revealed for card in self.cards)

    def in_column(self, column: str) -> list[Group]:
        """The cards of a column, in their groups; those in no group come last."""
        here = [card for card in self.cards if card.column == column]
        names = dict.fromkeys(card.group for card in here if card.group)
        return [
            *(Group(name, tuple(card for card in here if card.group == name)) for name in names),
            *([Group("", loose)] if (loose := tuple(card for card in here if not card.group)) else []),
        ]

    @property
    def groups(self) -> list[str]:
        """The names of the groups that there are."""
        return list(dict.fromkeys(card.group for card in self.cards if card.group))

    @property
    def mark(self) -> str:
        """The same as long as a person's own page needs no other form."""
        running = self.session.running
        offered = ",".join(choice.code for choice in self.options) if self.activity and self.activity.of else ""
        return f"{self.session.stage}-{running.activity}-{running.paused:d}-{offered}"


async def view(id: uuid.UUID) -> RoomView:
    """Runs inside a unit of the store. Raises :class:`voice.capture.sessions.planning.UnknownSession`."""
    session = await planning.load(id)
    activity = session.activity(session.running.activity) if session.stage != "planned" else None
    all_cards = await cards.cards(id)
    here = tuple(card for card in all_cards if activity and card.activity == activity.id)
    given = [vote for vote in await votes.votes(id) if activity and vote.activity == activity.id]
    options = options_of(session, activity, all_cards) if activity else ()
    shown = activity is not None and activity.id in session.running.shown
    return RoomView(
        session=session,
        activity=activity,
        cards=here,
        options=options,
        results=_results(activity, options, here, given) if activity and shown else (),
        answered=len({card.tablet or card.id for card in here} | {vote.tablet for vote in given}),
        people=await tablets.people_in(id),
    )


def _results(
    activity: Activity, options: Sequence[Choice], here: Sequence[Card], given: Sequence[Vote]
) -> tuple[Result, ...]:
    if activity.kind in WITH_WORDS:
        return ()
    if activity.kind in ("feelings", "i_statement"):
        chosen = Counter(card.column for card in here)
        named = [code for code in activity.places() if chosen[code] or activity.kind == "i_statement"]
        return tuple(Result(Choice(code, code), chosen[code]) for code in named)
    points: Counter[str] = Counter()
    for vote in given:
        points[vote.option] += len(options) - vote.place if activity.kind == "ranking" else 1
    found = tuple(Result(choice, points[choice.code]) for choice in options)
    return found if activity.kind == "question" else tuple(sorted(found, key=lambda each: -each.count))
