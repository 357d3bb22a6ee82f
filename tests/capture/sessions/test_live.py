"""Screens that wait for news of a session: all go on at once, and the database is asked once."""

from __future__ import annotations

import asyncio
import time
import uuid

from voice.capture.sessions.live import Live

ROOM, OTHER = uuid.uuid4(), uuid.uuid4()


class TestWaiting:
    async def test_all_screens_of_one_room_go_on_together(self) -> None:
        live = Live()
        live.tell(ROOM, 1)
        here = [asyncio.create_task(live.wait(ROOM, 1, seconds=10)) for _ in range(40)]
        there = asyncio.create_task(live.wait(OTHER, 0, seconds=10))
        await asyncio.sleep(0.01)
        assert not any(each.done() for each in here)
        live.tell(ROOM, 2)
        await asyncio.wait_for(asyncio.gather(*here), 1)
        assert not there.done()
        live.close()
        await asyncio.wait_for(there, 1)

    async def test_a_screen_that_is_behind_does_not_wait(self) -> None:
        live = Live()
        live.tell(ROOM, 7)
        began = time.monotonic()
        await live.wait(ROOM, 6, seconds=10)
        assert time.monotonic() - began < 1

    async def test_it_goes_on_after_a_while_without_news(self) -> None:
        await asyncio.wait_for(Live().wait(ROOM, 0, seconds=0.01), 1)

    async def test_nobody_waits_when_the_server_stops(self) -> None:
        live = Live()
        live.close()
        await asyncio.wait_for(live.wait(ROOM, 0, seconds=10), 1)


class TestReadingOnce:
    async def test_forty_who_ask_read_once_and_again_after_a_change(self) -> None:
        live, read = Live(), []

        async def make() -> int:
            read.append(len(read))
            await asyncio.sleep(0.01)
            return len(read)

        for times in (1, 2):
            assert await asyncio.gather(*(live.once(ROOM, "view", make) for _ in range(40))) == [times] * 40
            live.tell(ROOM, times)

    async def test_what_failed_is_tried_again(self) -> None:
        live, tries = Live(), []

        async def make() -> str:
            tries.append(1)
            if len(tries) == 1:
                raise OSError("the disk rests")
            return "there"

        outcomes = await asyncio.gather(*(live.once(ROOM, "view", make) for _ in range(3)), return_exceptions=True)
        assert all(isinstance(each, OSError) for each in outcomes)
        assert await live.once(ROOM, "view", make) == "there"
