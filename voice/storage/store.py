"""The store as the rest of the product sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from piccolo.engine.base import Engine

T = TypeVar("T")
Unit = Callable[[], Awaitable[T]]


class StoreUnavailable(Exception):
    """The database could not do what was asked just now: nothing of the unit was stored."""


class NotStorable(Exception):
    """A value that no column can hold, such as a text with a NUL in it or a number that is too large: nothing of the
    unit was stored. Somebody sent it who was not using our pages, so it is not looked for in every place."""


class Store(Protocol):
    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgres``."""
        ...

    @property
    def engine(self) -> Engine[Any]:
        """What Piccolo's tables send their queries to."""
        ...

    async def open(self) -> None: ...

    async def write(self, unit: Unit[T]) -> T:
        """Runs ``unit`` alone in its transaction; what it stored is on disk on return."""
        ...

    async def read(self, unit: Unit[T]) -> T:
        """Runs ``unit`` on one view of the database. It cannot write."""
        ...

    async def leave_no_traces(self) -> None:
        """Takes what was deleted out of the database's files too. It writes them anew, and others wait meanwhile.

        Raises :class:`StoreUnavailable`; what was deleted is then still gone for every query.
        """
        ...

    async def empty_journal(self) -> None:
        """Takes out of the files how rows were before the last changes, where the database keeps that beside them.

        Raises :class:`StoreUnavailable`.
        """
        ...

    async def close(self) -> None: ...

    def describe(self) -> str:
        """One line for ``voice doctor``."""
        ...
