"""What we know of the field before anybody has decided anything: comments written by hand, with what they are about.

The concepts are those of SEND, of public services in general, and two for praise and complaint as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from analysis.code_frame import CodeFrame, Theme, send_code_frame
from analysis.example_texts import examples_of
from analysis.tokens import normalised
from analysis.word_lists import rows_of

_KEYWORDS_MEANT = 25
_OF_SERVICES = "service: "  # some concepts are in both fields
GENERAL_PRAISE, GENERAL_COMPLAINT = _OF_SERVICES + "general_praise", _OF_SERVICES + "general_complaint"


@dataclass(frozen=True, slots=True)
class Field:
    """Comments of one field, the concepts they are labelled with, and a row of labels for each."""

    concepts: CodeFrame
    texts: tuple[str, ...]
    questions: tuple[str, ...]
    labels: npt.NDArray[np.bool_]


@lru_cache(maxsize=1)
def fields() -> tuple[Field, Field]:
    """The SEND comments and those about services in general."""
    own = {theme.theme_id: theme for theme in send_code_frame().themes}
    send = [
        Theme(row["concept"], theme.theme, theme.description, theme.keywords)
        for row in rows_of("field_concepts")
        if (theme := own[row["theme_of_frame"]])
    ]
    services = [
        Theme(
            _OF_SERVICES + row["topic"],
            row["topic"].replace("_", " "),
            row["description"],
            tuple(row["phrases"].split(";")),
        )
        for name in ("service_topics", "general_topics")
        for row in rows_of(name)
    ]
    return (
        _field(CodeFrame(tuple(send)), examples_of("comments"), "themes", ""),
        _field(CodeFrame(tuple(services)), [*examples_of("services"), *examples_of("general")], "topics", _OF_SERVICES),
    )


def ways_to_say(code_frame: CodeFrame) -> list[str]:
    """The names of all themes, then what describes each, then their keywords in English."""
    return [
        *(theme.theme for theme in code_frame.themes),
        *(f"{theme.theme}: {theme.description or theme.theme}" for theme in code_frame.themes),
        *(
            "; ".join([word for word in theme.keywords if word.isascii()][:_KEYWORDS_MEANT]) or theme.theme
            for theme in code_frame.themes
        ),
    ]


def _field(concepts: CodeFrame, rows: list[dict[str, str]], column: str, prefix: str) -> Field:
    place = {concept: number for number, concept in enumerate(concepts.theme_ids)}
    labels = np.zeros((len(rows), len(place)), dtype=np.bool_)
    for number, row in enumerate(rows):
        for concept in filter(None, row[column].split(";")):
            labels[number, place[prefix + concept]] = True
    texts = tuple(normalised(row["text"]).strip() for row in rows)
    return Field(concepts, texts, tuple(row["question"] for row in rows), labels)
