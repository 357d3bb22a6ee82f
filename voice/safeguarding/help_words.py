"""The words of help that stand on every page for families: written by one person and agreed to by another, per
language. Until there are agreed ones, pages say our own. Every function here runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Literal

import msgspec

from voice.safeguarding.tables import HelpWords

LONGEST = 1000
"""Letters: they stand on every page, beside whatever else is there."""

Problem = Literal["too_long", "nothing_new", "own_words", "changed_meanwhile"]


class HelpWordsProblem(Exception):
    """``own_words`` means that somebody agreed to what they wrote themselves."""

    def __init__(self, code: Problem) -> None:
        super().__init__(code)
        self.code = code


class Version(msgspec.Struct, frozen=True):
    """``words`` are lines, empty where families are to see our own words. ``agreed_on`` is ``None`` until somebody else
    agreed to them."""

    number: int
    words: str
    written_by: uuid.UUID
    written_on: dt.date
    agreed_by: uuid.UUID | None = None
    agreed_on: dt.date | None = None


async def agreed_words() -> tuple[tuple[str, str], ...]:
    """What families see, by language; a language of which nothing was agreed is left out."""
    rows = await HelpWords.raw(
        'SELECT w."language" AS "language", w."words" AS "words" FROM "help_words" AS w '
        'WHERE w."kind" = \'written\' AND w."number" = (SELECT MAX(a."number") FROM "help_words" AS a '
        'WHERE a."language" = w."language" AND a."kind" = \'agreed\') ORDER BY 1'
    )
    return tuple((row["language"], row["words"]) for row in rows if row["words"])


async def versions(language: str) -> list[Version]:
    """The newest first."""
    rows = await HelpWords.select().where(HelpWords.language == language).order_by(HelpWords.place)
    found: dict[int, Version] = {}
    for row in rows:
        if row["kind"] == "written":
            found[row["number"]] = Version(row["number"], row["words"], row["by"], row["on_day"])
        else:
            found[row["number"]] = msgspec.structs.replace(
                found[row["number"]], agreed_by=row["by"], agreed_on=row["on_day"]
            )
    return list(reversed(found.values()))


def tidied(written: str) -> str:
    """Lines without spaces that nobody meant."""
    lines = (" ".join(line.replace("\x00", "").split()) for line in written.splitlines())
    return "\n".join(line for line in lines if line)


async def write(language: str, words: str, *, by: uuid.UUID, today: dt.date) -> None:
    """Adds a version, which families do not see yet. Raises :class:`HelpWordsProblem`."""
    if len(words) > LONGEST:
        raise HelpWordsProblem("too_long")
    known = await versions(language)
    if words == (known[0].words if known else ""):
        raise HelpWordsProblem("nothing_new")
    await _add(language, known[0].number + 1 if known else 1, "written", words, by, today)


async def agree(language: str, number: int, *, by: uuid.UUID, today: dt.date) -> None:
    """From now on families see this version. Raises :class:`HelpWordsProblem`: ``changed_meanwhile`` when it is not the
    newest any more, or somebody has agreed to it already."""
    known = await versions(language)
    if not known or known[0].number != number or known[0].agreed_on is not None:
        raise HelpWordsProblem("changed_meanwhile")
    if known[0].written_by == by:
        raise HelpWordsProblem("own_words")
    await _add(language, number, "agreed", "", by, today)


async def _add(language: str, number: int, kind: str, words: str, by: uuid.UUID, today: dt.date) -> None:
    await HelpWords.raw(
        'INSERT INTO "help_words" ("language", "number", "kind", "words", "by", "on_day") '
        "VALUES ({}, {}, {}, {}, {}, {})",
        language,
        number,
        kind,
        words,
        by,
        today,
    )
