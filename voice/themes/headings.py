"""The headings of frameworks that themes are filed under, so that whoever writes a self-evaluation finds the evidence.

Some frameworks come with the product; their headings stand in ``frameworks.csv``. Those of the self-evaluation are
codes of ``surveys/bank/headings.py``. A partnership adds its own. Async functions run inside a unit of the store.
"""

from __future__ import annotations

import csv
import uuid
from functools import cache
from importlib.resources import files

import msgspec

from surveys.bank import reading
from voice.themes.tables import ThemeHeading

I_STATEMENTS = "i_statements"
"""The headings are those that concepts of the question bank name, in the words of the young people."""

LONGEST_FRAMEWORK, LONGEST_HEADING = 40, 200


class Heading(msgspec.Struct, frozen=True):
    """A heading with the ids of the themes under it. ``is_own`` is one that the partnership added here."""

    words: str
    themes: tuple[str, ...]
    is_own: bool


class Framework(msgspec.Struct, frozen=True):
    """``code`` is that of one we know, or the name of one of their own."""

    code: str
    headings: tuple[Heading, ...]


class HeadingProblem(Exception):
    """``code`` is ``no_words`` or ``too_long``; ``field`` is ``framework`` or ``heading``."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(code)
        self.code = code
        self.field = field


@cache
def shipped() -> dict[str, tuple[str, ...]]:
    """The headings of each framework that comes with the product."""
    found: dict[str, tuple[str, ...]] = {}
    with (files("voice") / "themes" / "frameworks.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["framework"]] = (*found.get(row["framework"], ()), row["heading"])
    return found


async def frameworks() -> tuple[Framework, ...]:
    """Every framework: those that come with the product first, then the I statements, then their own by name."""
    rows = await ThemeHeading.select().order_by(ThemeHeading.framework, ThemeHeading.heading)
    given = {**shipped(), I_STATEMENTS: tuple(await _i_statements())}
    filed: dict[str, dict[str, list[str]]] = {code: {each: [] for each in given[code]} for code in given}
    for row in rows:
        themes = filed.setdefault(row["framework"], {}).setdefault(row["heading"], [])
        if row["theme_id"]:
            themes.append(row["theme_id"])
    return tuple(
        Framework(
            code,
            tuple(
                Heading(words, tuple(sorted(themes)), words not in given.get(code, ()))
                for words, themes in headings.items()
            ),
        )
        for code, headings in filed.items()
    )


async def file_under(framework: str, heading: str, themes: set[str]) -> None:
    """Puts these themes under a heading, in place of those there now. Raises :class:`HeadingProblem`."""
    _check(framework, heading)
    await ThemeHeading.delete().where((ThemeHeading.framework == framework) & (ThemeHeading.heading == heading))
    own = heading not in shipped().get(framework, ())
    kept = sorted(themes | ({""} if own else set()))
    if kept:
        await ThemeHeading.insert(
            *(ThemeHeading(id=uuid.uuid4(), framework=framework, heading=heading, theme_id=each) for each in kept)
        )


async def add_heading(framework: str, heading: str) -> None:
    """Adds a heading of their own, to a framework that is there or a new one. Raises :class:`HeadingProblem`."""
    _check(framework, heading)
    known = {each.code: {it.words for it in each.headings} for each in await frameworks()}
    if heading not in known.get(framework, ()):
        await ThemeHeading.insert(ThemeHeading(id=uuid.uuid4(), framework=framework, heading=heading, theme_id=""))


async def remove_heading(framework: str, heading: str) -> None:
    """Takes away a heading of their own, with what is filed there; one of the product's is emptied."""
    await ThemeHeading.delete().where((ThemeHeading.framework == framework) & (ThemeHeading.heading == heading))


def headings_of(theme_id: str, among: tuple[Framework, ...]) -> tuple[tuple[str, str], ...]:
    """The framework and heading of each place where a theme is filed."""
    return tuple(
        (framework.code, heading.words)
        for framework in among
        for heading in framework.headings
        if theme_id in heading.themes
    )


async def _i_statements() -> list[str]:
    said = (words for concept in await reading.concepts(languages=()) for words in concept.i_statements)
    return sorted(set(said))


def _check(framework: str, heading: str) -> None:
    for field, words, longest in (
        ("framework", framework, LONGEST_FRAMEWORK),
        ("heading", heading, LONGEST_HEADING),
    ):
        if not words:
            raise HeadingProblem("no_words", field)
        if len(words) > longest:
            raise HeadingProblem("too_long", field)
