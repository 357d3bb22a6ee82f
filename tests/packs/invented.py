"""An invented pack with every kind of block, for tests of the files that are made of it."""

from __future__ import annotations

import datetime as dt

import msgspec

from voice.languages import speak
from voice.packs.contents import wording
from voice.packs.document import (
    ActionCard,
    Bullets,
    Chart,
    Column,
    Fact,
    Hidden,
    Note,
    Number,
    Pack,
    Paragraph,
    Point,
    Quote,
    Section,
    Series,
    Share,
    Subheading,
    Table,
    Text,
)

NOTE = Note(
    base="81 families",
    method="Each family counts once.",
    source="How was getting your child’s plan?",
    counted_on=dt.date(2026, 11, 18),
    address="https://voices.example/lead",
)
OTHER = msgspec.structs.replace(NOTE, base="346 people", source="All that we heard")
URDU = "ہمیں زیادہ وقت دیں"
FORMULA = '=HYPERLINK("https://bad.example")'

MEASURES = Chart(
    kind="bar",
    title="How it went for them",
    message="Most often they felt listened to.",
    head="What we ask",
    sure="How sure",
    categories=("They felt listened to", "We kept them up to date", "They knew the next steps"),
    series=(Series("Autumn 2026", (Point(Share(77), 64, 86), Point(Share(38), 28, 49), Point(Hidden()))),),
    note=NOTE,
    beside=(Column("Families", (Number(52), Number(81), Hidden())),),
)
TERMS = Chart(
    kind="line",
    title="Who took part",
    message="More of them took part.",
    head="Term",
    sure="How sure",
    categories=("Spring 2026", "Summer 2026", "Autumn 2026"),
    series=(Series("Took part", (Point(Number(31)), Point(Hidden()), Point(Number(1046)))),),
    note=OTHER,
)
THEMES = Table(
    "What they wrote about",
    ("Theme", "People", "Positive"),
    ((Text("Waiting"), Number(64), Hidden()), (Text(FORMULA), Number(11.5), Share(19))),
    OTHER,
)
LONG = Table(
    "By school or group: all/of [them]",
    ("School", *(f"Question {number}" for number in range(1, 12))),
    tuple((Text(f"School {row}"), *(Number(1000 + 100 * row + n) for n in range(11))) for row in range(25)),
    NOTE,
)
CARD = ActionCard(
    heard="Waiting takes too long",
    decided="A person to call for each family",
    happened=("Two people began on 2 November", "They have called 40 families"),
    owner="Strategic lead",
    due=dt.date(2027, 1, 15),
)
QUOTE = Quote(URDU, "ur", "Parent carer")


def pack(language: str = "en", *, large: bool = False) -> Pack:
    speak(language)
    try:
        words = wording()
    finally:
        speak("en")
    return Pack(
        kind="board",
        title="Board pack",
        subtitle="Millbrook Vale · Autumn 2026",
        language=language,
        made_on=dt.date(2026, 11, 26),
        partnership="Millbrook Vale",
        words=words,
        left_out=("Annual reviews",),
        large=large,
        sections=(
            Section("measures", "How it went for them", (MEASURES, TERMS)),
            Section("themes", "What they wrote about", (Paragraph("Read with care."), THEMES, LONG)),
            Section(
                "quotes",
                "In their own words",
                (
                    Subheading("Waiting"),
                    QUOTE,
                    Bullets((Text("More time"), Text(URDU, "ur"))),
                    Fact("81 families answered.", NOTE, "people"),
                ),
            ),
            Section("promises", "What we promised", (CARD,)),
        ),
    )
