"""One "you said, we did" as families and young people read it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

State = Literal["draft", "asked", "published", "replaced", "withdrawn"]

SAID_BY = ("parent_carer", "young_person", "school", "health", "everybody")
"""Whose words they can be said to be."""

SYMBOLS = (
    "speech",
    "listen",
    "news",
    "reply",
    "time",
    "school",
    "teacher",
    "bus",
    "plan",
    "review",
    "friends",
    "health",
    "feelings",
    "calm",
    "safe",
    "people",
    "team",
    "home",
    "lunch",
    "playground",
    "work",
    "signpost",
    "money",
    "growing",
)
"""Pictures of ours that can stand beside the words."""

OF_A_THEME = {
    "waiting": "time",
    "kept_in_touch": "reply",
    "heard_and_believed": "listen",
    "plan_itself": "plan",
    "asking_for_help": "signpost",
    "school_welcome": "school",
    "health_and_therapy": "health",
    "breaks_and_fun": "playground",
    "getting_there": "bus",
    "finding_out": "news",
    "friends": "friends",
    "thanks": "growing",
    "next_steps": "work",
}
"""The picture that a theme of our own frame begins with."""

SOURCE = "en"


class Wording(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is said in one language; each part may be empty.

    ``did`` is what was decided or done, or why we cannot; ``since`` is what has happened since, and ``still`` what
    still needs to happen.
    """

    heard: str = ""
    did: str = ""
    since: str = ""
    still: str = ""


class Spoken(msgspec.Struct, frozen=True):
    """A part of the words in the language that it is there in; nothing where it is in none."""

    text: str
    language: str


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a publication; see ``voice.published.tables.Publication``."""

    id: uuid.UUID
    action: uuid.UUID
    number: int
    state: State
    outcome: str
    said_by: str
    term: str
    words: Mapping[str, Wording]
    people: int | None
    first_said: str
    symbol: str
    picture: uuid.UUID | None
    picture_says: str
    made_on: dt.date
    published_on: dt.date | None
    withdrawn_on: dt.date | None
    replaced_by: uuid.UUID | None
    about: tuple[tuple[str, str], ...] = ()

    def says(self, part: str, language: str) -> Spoken:
        """A part in this language, or in English where it is not translated."""
        for code in (language, SOURCE):
            if code in self.words and (text := getattr(self.words[code], part)):
                return Spoken(text, code)
        return Spoken("", language)

    def is_whole_in(self, language: str) -> bool:
        """Whether everything that is said in English is said in this language too."""
        return all(
            self.says(part, language).language == language
            for part in Wording.__struct_fields__
            if self.says(part, SOURCE).text
        )

    @property
    def heard(self) -> str:
        """What they said, in English: a group agrees to these words."""
        return self.words.get(SOURCE, Wording()).heard

    @property
    def is_a_groups(self) -> bool:
        """Whether a group has to agree to the words: its session said them, or they are said to be young people's."""
        return self.said_by == "young_person" or any(kind in ("session", "line") for kind, _ in self.about)

    def keys(self, kind: str) -> frozenset[str]:
        return frozenset(key for each, key in self.about if each == kind)

    def came_of(self, survey: str, term: str) -> bool:
        """Whether what was said in this survey in this term is among what it answers."""
        surveys = self.keys("survey")
        return (not surveys or survey in surveys) and (self.term == term or (not self.term and bool(surveys)))


def item_of(row: Mapping[str, Any], about: tuple[tuple[str, str], ...]) -> Item:
    """The item of a row of ``publication``."""
    values = {name: row[name] for name in Item.__struct_fields__ if name not in ("words", "about")}
    return Item(**values, words=msgspec.json.decode(row["words"], type=dict[str, Wording]), about=about)
