"""What people ask for about what we keep of them, as it is taken in."""

from __future__ import annotations

import asyncio
import uuid

from tests.conftest import NOON
from voice.people.roles import Role
from voice.people.signing_in import add_member
from voice.privacy import requests
from voice.privacy.finding import Clue
from voice.privacy.tables import PersonRequest
from voice.storage import Store

SECRET = b"s" * 32


class TestTakingIn:
    async def test_each_has_a_number_of_its_own_when_several_come_at_once(self, store: Store) -> None:
        by = await store.write(lambda: add_member("governance@example.org", Role.GOVERNANCE))

        async def take() -> uuid.UUID:
            clue = Clue("email", "someone@example.org")
            return await store.write(lambda: requests.take("access", clue, by=by, secret=SECRET, today=NOON.date()))

        await asyncio.gather(*(take() for _ in range(8)))
        rows = await store.read(lambda: PersonRequest.select(PersonRequest.number))
        assert sorted(row["number"] for row in rows) == [*range(1, 9)]
