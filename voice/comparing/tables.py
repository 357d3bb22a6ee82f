"""One question compared by one dimension or two: terms, surveys, partners, settings, kinds of people."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping

import msgspec

from analysis.comparing.safe_shares import Place, SafeShare, safe_shares
from surveys.document import Question, Words
from surveys.publishing import rounds
from surveys.terms import term_order
from voice.comparing import counting
from voice.comparing.before_after import AFTER, BEFORE
from voice.comparing.counting import DIMENSIONS, Asked, People
from voice.findings.counting import counted as answers_counted
from voice.findings.favourable import OWN_LABEL
from voice.storage import Store


class Row(msgspec.Struct, frozen=True):
    """``value`` is "" for those of whom the dimension is not known. ``cells`` are as the table's columns, the total
    last; ``None`` where nobody answered."""

    value: str
    cells: tuple[SafeShare | None, ...]


class Table(msgspec.Struct, frozen=True):
    """``columns`` are the values of ``crossed``, none when it is empty. ``left_out`` are settings with few people,
    which are not named."""

    question: Question
    by: str
    crossed: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row
    left_out: int
    titles: Mapping[str, Words]


class Choice(msgspec.Struct, frozen=True):
    """A question that can be compared, and how many surveys ask it."""

    concept: str
    title: Words
    surveys: int


class Looked(msgspec.Struct, frozen=True):
    choices: tuple[Choice, ...]
    table: Table | None


async def look(store: Store, concept: str | None, by: str, crossed: str) -> Looked:
    """The questions that people answered, and the table of ``concept``: of the first when ``None``.

    Raises ``KeyError`` for a question that nobody answered, and for a dimension that there is not.
    """
    if by not in DIMENSIONS or (crossed and (crossed not in DIMENSIONS or crossed == by)):
        raise KeyError(by)
    known = await store.read(rounds)
    rounds_counted = await answers_counted(store)
    spoken = counting.answered(rounds_counted)
    asked = {
        code: each
        for code, each in (await store.read(lambda: counting.asked_in(known))).items()
        if each.codes & spoken and not code.endswith((f"_{BEFORE}", f"_{AFTER}"))
    }
    order = sorted(asked.values(), key=lambda each: (*_measured(each), -len(each.questions), each.concept))
    choices = tuple(Choice(each.concept, each.question.title, len(each.questions)) for each in order)
    if not choices:
        return Looked((), None)
    chosen = asked[concept or choices[0].concept]
    counted = counting.people([chosen], rounds_counted)
    partner_of = await store.read(counting.partners)
    titles = {each.survey: each.document.title for each in sorted(known, key=lambda each: each.version)}
    return Looked(choices, await asyncio.to_thread(_table, chosen, counted, partner_of, by, crossed, titles))


def _table(
    asked: Asked,
    counted: Collection[People],
    partner_of: Mapping[str, str],
    by: str,
    crossed: str,
    titles: Mapping[str, Words],
) -> Table | None:
    if not counted:
        return None
    safe = safe_shares(counting.rows_of(counted, partner_of))
    columns = _values(safe, crossed) if crossed else ()
    named = _values(safe, by)
    # A setting of which so little may be told is not even named.
    shown = [
        value for value in named if by != "setting" or not value or safe[frozenset({(by, value)})].answered is not None
    ]
    columns = tuple(
        value
        for value in columns
        if crossed != "setting" or not value or safe[frozenset({(crossed, value)})].answered is not None
    )

    def row(value: str, at: Place) -> Row:
        cells = [safe.get(at | {(crossed, column)}) for column in columns]
        return Row(value, (*cells, safe.get(at)))

    return Table(
        asked.question,
        by,
        crossed,
        columns,
        tuple(row(value, frozenset({(by, value)})) for value in shown),
        row("", frozenset()),
        len(named) - len(shown),
        titles,
    )


def _measured(asked: Asked) -> tuple[bool, int]:
    """The measures of the page of what families said come first, in their order."""
    measured = tuple(OWN_LABEL)
    return (asked.concept not in measured, measured.index(asked.concept) if asked.concept in measured else 0)


def _values(safe: Iterable[Place], dimension: str) -> tuple[str, ...]:
    found = {value for at in safe if len(at) == 1 for name, value in at if name == dimension}
    if dimension == "term":
        return tuple(sorted(found, key=term_order, reverse=True))
    return tuple(sorted(found, key=lambda value: (not value, value)))
