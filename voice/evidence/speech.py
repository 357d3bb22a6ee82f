"""Engines that write down what a recording says. None is needed: a person can type it.

An engine is chosen by the setting ``VOICE_SPEECH``. What it writes is a draft, never a voice's words, until a person
has read it (see ``transcripts.py``).
"""

from __future__ import annotations

import asyncio
import importlib.util
from pathlib import Path
from typing import Protocol

import msgspec

from voice.running.other_process import in_another_process

LONGEST_SECONDS = 900
"""How long a machine may listen to a recording of three minutes."""

_one_at_a_time: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


class SpeechEngine(Protocol):
    @property
    def name(self) -> str:
        """What stands beside what it wrote."""
        ...

    def understands(self, language: str) -> bool: ...

    async def hear(self, recording: Path, language: str) -> str:
        """The words of a recording, empty when it heard none. Raises ``RuntimeError`` when it cannot be played."""
        ...


class Pocketsphinx:
    """CMU Pocketsphinx: English alone, on this machine, from a package that carries its model. It makes mistakes in
    every sentence, so it saves typing and no more."""

    name = "pocketsphinx"

    def understands(self, language: str) -> bool:
        return language == "en" and importlib.util.find_spec("pocketsphinx") is not None

    async def hear(self, recording: Path, language: str) -> str:  # noqa: ARG002 - it understands one alone
        async with _one_at_a_time.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(1)):
            async with asyncio.timeout(LONGEST_SECONDS):
                written = await in_another_process("voice.evidence.hearing", msgspec.msgpack.encode(str(recording)))
        return msgspec.msgpack.decode(written, type=str)


ENGINES: dict[str, SpeechEngine] = {"pocketsphinx": Pocketsphinx()}


def engine_for(setting: str, language: str) -> SpeechEngine | None:
    """The engine that the settings name, when it is installed and understands the language."""
    engine = ENGINES.get(setting)
    return engine if engine is not None and engine.understands(language) else None
