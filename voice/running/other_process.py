"""Work with libraries that take a hundred megabytes, done by a process of its own that ends when it is done."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from collections.abc import Callable

from voice.running import logs
from voice.settings import ROOT, read_settings

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
"""Sums in the background take one processor: beside other work, several threads wait for each other twice as long."""

BETWEEN_LOOKS_SECONDS = 1


async def in_another_process(module: str, sent: bytes) -> bytes:
    """What ``module`` answers to ``sent``. Raises ``RuntimeError`` when it fails."""
    return await process_of_its_own(module, sent)


async def process_of_its_own(module: str, sent: bytes) -> bytes:
    """What ``python -m module`` writes when it reads ``sent``: see ``answer_apart``."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module),
        cwd=ROOT,
        env=os.environ | dict.fromkeys(ONE_THREAD, "1"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        written, _ = await process.communicate(sent)
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    if process.returncode:
        raise RuntimeError(f"the process {module} ended with status {process.returncode}")
    return written


def answer_apart(answer: Callable[[bytes], bytes]) -> None:
    """All that such a process does: it answers what it was sent, behind those who are answering, and ends.

    When the server that began it was killed, it ends too, for nobody waits for it any more. What goes wrong is logged
    as the server does it, without words: they may be what somebody said.
    """
    logs.begin(read_settings(os.environ, port=0))
    parent = os.getppid()

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(BETWEEN_LOOKS_SECONDS)
        os._exit(1)

    threading.Thread(target=look, daemon=True).start()
    os.nice(10)
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))
