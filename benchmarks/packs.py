"""A pack of thirty pages in each format: a scrutiny report of a large partnership, written as the page writes it."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import time

import msgspec
import pypdf

from benchmarks.figures import Figure, Reference, at_most
from voice.packs.contents import wording
from voice.packs.document import (
    ActionCard,
    Block,
    Chart,
    Column,
    Hidden,
    Note,
    Number,
    Pack,
    Point,
    Quote,
    Section,
    Series,
    Share,
    Subheading,
    Table,
    Text,
)
from voice.packs.writing import MEDIA_TYPES, written

PAGES = 30
GOAL_S = 20
THEMES, SCHOOLS, QUESTIONS, QUOTES, PROMISES, MEASURES = 24, 90, 10, 40, 12, 12
NOTE = Note(
    base="1,204 families",
    method="Each person counts once. We hide numbers below 10. So nobody can tell who it was.",
    source="How was getting your child’s plan? · Autumn 2026",
    counted_on=dt.date(2026, 11, 26),
    address="https://voices.example/lead?term=2026-autumn",
)


def figures() -> list[Figure]:
    """Each format written by a process of its own that has to load its libraries first, as it is for a lead."""
    pack = invented()
    empty = msgspec.structs.replace(pack, sections=pack.sections[-1:])
    found = []
    for format in MEDIA_TYPES:
        content, seconds = _timed(pack, format)
        _, least = _timed(empty, format)
        told = ""
        if format == "pdf":
            pages = len(pypdf.PdfReader(io.BytesIO(content)).pages)
            if pages < PAGES:
                raise RuntimeError(f"the pack has {pages} pages and should have {PAGES}")
            told = f", {pages} pages"
        reference = Reference("s for two quotes", least)
        found.append(Figure(f"{format}{told}", seconds, "s", at_most(GOAL_S), reference))
    return found


def _timed(pack: Pack, format: str) -> tuple[bytes, float]:
    began = time.perf_counter()
    content = asyncio.run(written(pack, format))  # type: ignore[arg-type]
    return content, time.perf_counter() - began


def invented() -> Pack:
    return Pack(
        kind="scrutiny",
        title="Scrutiny report",
        subtitle="A large partnership · Autumn 2026",
        language="en",
        made_on=dt.date(2026, 11, 26),
        partnership="A large partnership",
        words=wording(),
        sections=(
            Section("measures", "How it went for them", (_measures(),)),
            Section("themes", "What they wrote about", (_table("Themes", THEMES, 4), *_summaries())),
            Section("settings", "By school or group", (_table("Schools", SCHOOLS, QUESTIONS),)),
            Section("promises", "What we promised", tuple(map(_promise, range(PROMISES)))),
            Section("quotes", "In their own words", tuple(map(_quote, range(QUOTES)))),
            Section("last", "Two more", (_quote(0), _quote(1))),
        ),
    )


def _measures() -> Chart:
    return Chart(
        kind="bar",
        title="How it went for them",
        message="Most often they knew what would happen. Least often their child took part.",
        head="What we ask",
        sure="How sure",
        categories=tuple(f"Something that we ask families, number {at}" for at in range(MEASURES)),
        series=(Series("Autumn 2026", tuple(Point(Share(40 + at), 35 + at, 45 + at) for at in range(MEASURES))),),
        note=NOTE,
        beside=(Column("Families", tuple(Number(1000 + at) for at in range(MEASURES))),),
    )


def _table(title: str, rows: int, columns: int) -> Table:
    return Table(
        title,
        ("Name", *(f"Question {at}: do you feel safe here?" for at in range(columns))),
        tuple(
            (
                Text(f"{title}, number {row}"),
                *(Hidden() if (row + at) % 5 == 0 else Share(row) for at in range(columns)),
            )
            for row in range(rows)
        ),
        NOTE,
    )


def _summaries() -> tuple[Block, ...]:
    return tuple(
        block
        for at in range(THEMES)
        for block in (Subheading(f"Theme {at}"), _table("Who said it", 7, 1), _quote(at), _quote(at + 1))
    )


def _quote(at: int) -> Quote:
    return Quote(f"We waited {at + 2} months for the plan, and then it was kind and clear. " * 2, "en", "Parent carer")


def _promise(at: int) -> ActionCard:
    return ActionCard(
        heard=f"Waiting, number {at}",
        decided="A person to call for each family who waits for longer than a month.",
        happened=("Two people began.", "They have called forty families."),
        owner="Strategic lead",
        due=dt.date(2027, 1, 15),
    )
