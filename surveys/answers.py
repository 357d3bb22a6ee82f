"""An answer as a person gave it, and why one could not be read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of several things that an answer says: an option's code, and the code it was given when sorted."""

    item: str
    value: str | None = None


class GivenAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """An answer; ``language`` is the one it was given in.

    A choice holds a ``code``; so do dates (ISO 8601), numbers and the first part of a postcode, which no
    language changes. Own words hold ``text``. ``parts`` are several choices, a ranking from first to last,
    or pictures with where they were sorted. ``file`` is the id of a stored recording, drawing or photo,
    which may come with ``text``. ``reach`` is the number or address of somebody who would like to hear from us:
    it stands in drafts alone and is never stored with answers.
    """

    language: str
    code: str | None = None
    text: str | None = None
    parts: tuple[Part, ...] = ()
    file: str | None = None
    reach: str | None = None

    @property
    def codes(self) -> frozenset[str]:
        """Every code that routing can ask for."""
        chosen = {part.item for part in self.parts}
        return frozenset(chosen | {self.code} if self.code is not None else chosen)

    def says_the_same(self, other: GivenAnswer) -> bool:
        """Whether both say the same, in whichever language."""
        return msgspec.structs.replace(self, language=other.language) == other


NOTHING = "nothing"


def mark_of(answer: GivenAnswer | None) -> str:
    """Stands for what an answer says, in whichever language, so that a page can tell later whether it still says so.

    A file is left out: a script sends it while its page is open.
    """
    if answer is None:
        return NOTHING
    said = msgspec.structs.replace(answer, language="", file=None)
    return NOTHING if said == GivenAnswer("") else _digest(said)


def mark_of_all(answers: Mapping[str, GivenAnswer]) -> str:
    """Stands for all that somebody says."""
    return _digest({concept: msgspec.structs.replace(answers[concept], language="") for concept in sorted(answers)})


def _digest(said: object) -> str:
    return hashlib.blake2b(msgspec.json.encode(said), digest_size=9).hexdigest()


class AnswerProblem(Exception):
    """An answer that could not be read; ``voice/web/wordings.py`` words each ``code``.

    ``limit`` and ``length`` are what the problem is about: characters for ``too_long``, choices for
    ``too_many``, seconds or bytes for files.
    """

    def __init__(self, code: str, *, limit: int = 0, length: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.limit = limit
        self.length = length
