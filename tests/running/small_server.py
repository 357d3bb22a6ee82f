"""A supervisor with processes that serve next to nothing: as those of the product, only quick to start.

Run as a program: ``small_server.py FOLDER PORT PROCESSES`` is the supervisor, with more words one of its processes.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(sys.argv[1])


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Says which process answers; ``/slow`` waits for the file ``go``."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    while (await receive()).get("more_body"):
        pass
    if scope["path"] == "/slow":
        (FOLDER / "asked").touch()
        while not (FOLDER / "go").exists():  # noqa: ASYNC110 - a test in another process makes it
            await asyncio.sleep(0.01)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"8")]})
    await send({"type": "http.response.body", "body": b"%08d" % os.getpid()})


def work() -> int:
    from voice.running.generation import Generation
    from voice.running.server import Server
    from voice.settings import Settings

    given = dict(zip(sys.argv[2::2], map(int, sys.argv[3::2]), strict=False))
    listening = given["--listening"]
    if (FOLDER / "broken").exists():
        return 1

    def serve(ready: int, lives: int) -> int:
        server = Server(
            Settings(data=FOLDER),
            app,
            on_exit=lambda: None,
            on_start=lambda: say(ready),
            gently=True,
            lives=lives,
        )
        return server.serve_at(socket.socket(fileno=listening))

    generation = Generation(serve, given["--processes"], listening=listening, lives=given["--lives"])
    return generation.run(lambda: say(given["--ready"]))


def say(ready: int) -> None:
    os.write(ready, b"1")
    os.close(ready)


def supervisor() -> int:
    from voice.running import logs
    from voice.running.listening import listen
    from voice.running.supervisor import Supervisor
    from voice.settings import Settings

    settings = Settings(data=FOLDER, port=int(sys.argv[2]))
    logs.begin(settings)

    async def looked_after() -> int:
        command = [sys.executable, __file__, str(FOLDER), "--processes", sys.argv[3]]
        return await Supervisor(command, listen(settings), dict(os.environ)).run()

    return asyncio.run(looked_after())


if __name__ == "__main__":
    sys.exit(work() if "--ready" in sys.argv else supervisor())
