"""Work that a few do at a time."""

from __future__ import annotations

import asyncio

import pytest

from voice.running.turns import Turns
from voice.storage import StoreUnavailable


class TestTurns:
    def test_so_many_work_at_the_same_moment_and_all_come_to_their_turn(self) -> None:
        turns, working, most = Turns(at_once=2, seconds_to_wait=5), 0, 0

        async def work() -> None:
            nonlocal working, most
            async with turns.turn():
                working += 1
                most = max(most, working)
                await asyncio.sleep(0.001)
                working -= 1

        async def all_of_them() -> None:
            await asyncio.gather(*(work() for _ in range(7)))

        asyncio.run(all_of_them())
        assert (working, most) == (0, 2)

    def test_nobody_waits_for_ever_and_who_gave_up_holds_no_place(self) -> None:
        turns = Turns(at_once=1, seconds_to_wait=0.01)

        async def one_holds_it() -> None:
            async with turns.turn():
                with pytest.raises(StoreUnavailable):
                    async with turns.turn():
                        pass
            async with turns.turn():
                pass

        asyncio.run(one_holds_it())

    def test_what_goes_wrong_gives_its_place_back(self) -> None:
        turns = Turns(at_once=1, seconds_to_wait=0.01)

        async def fails_and_is_tried_again() -> None:
            for _ in range(2):
                with pytest.raises(KeyError):
                    async with turns.turn():
                        raise KeyError

        asyncio.run(fails_and_is_tried_again())
