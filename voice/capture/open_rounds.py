"""The rounds that families can answer, kept in memory because every page of a survey asks for one."""

from __future__ import annotations

import datetime as dt
import uuid

from surveys.document import SurveyDocument
from surveys.publishing import OpenRound, rounds
from voice.storage import Store

FRESH_FOR = dt.timedelta(seconds=30)
"""Another program may open or close a round; it is noticed within this time."""


class RoundProblem(Exception):
    """``code`` is ``unknown``, ``closed`` or ``not_open_yet``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class OpenRounds:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._by_link: dict[str, OpenRound] = {}
        self._by_id: dict[uuid.UUID, OpenRound] = {}
        self._read_at: dt.datetime | None = None

    async def by_link(self, link: str, *, now: dt.datetime) -> OpenRound:
        """The round behind a link, open or not."""
        await self._refresh(now)
        found = self._by_link.get(link)
        if found is None:
            raise RoundProblem("unknown")
        return found

    async def by_id(self, id: uuid.UUID, *, now: dt.datetime) -> OpenRound:
        await self._refresh(now)
        if id not in self._by_id:
            raise RoundProblem("unknown")
        return self._by_id[id]

    async def with_link(self, *, now: dt.datetime) -> list[OpenRound]:
        """Every round that has a link, whether it is open now or not."""
        await self._refresh(now)
        return list(self._by_link.values())

    async def document_of(self, survey: str, *, now: dt.datetime) -> SurveyDocument | None:
        """The newest document of a survey; ``None`` for a name that is none of our surveys'."""
        await self._refresh(now)
        rounds = [each for each in self._by_id.values() if each.survey == survey]
        return max(rounds, key=lambda each: each.version).document if rounds else None

    def forget(self) -> None:
        """The rounds have changed: they are read again before the next page."""
        self._read_at = None

    async def _refresh(self, now: dt.datetime) -> None:
        if self._read_at is not None and now - self._read_at < FRESH_FOR:
            return
        found = await self._store.read(rounds)
        self._by_id = {each.id: each for each in found}
        self._by_link = {each.link: each for each in found if each.link}
        self._read_at = now


def check_open(round: OpenRound, today: dt.date) -> None:
    """Raises :class:`RoundProblem` unless somebody can begin to answer today."""
    if not round.is_open(today):
        early = round.opens_on is not None and today < round.opens_on
        raise RoundProblem("not_open_yet" if early else "closed")
