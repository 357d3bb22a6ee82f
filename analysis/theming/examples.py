"""What we know of the field before anybody has decided anything: comments written by hand, with what they are about.

The concepts are those of SEND, of public services in general, and two for praise and complaint as a whole.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from analysis.code_frame import CodeFrame, Theme, send_code_frame
from analysis.embeddings import SIZE, Meanings, Vectors
from analysis.sentences import sentences_of
from analysis.tokens import normalised
from analysis.word_lists import rows_of

_VECTORS = "vectors.npy"
_ALIKE = 0.999
_KEYWORDS_MEANT = 25
_OF_SERVICES = "service: "  # some concepts are in both fields
GENERAL_PRAISE, GENERAL_COMPLAINT = _OF_SERVICES + "general_praise", _OF_SERVICES + "general_complaint"
_STEPS = 400  # no value of a vector of this model is above 0.3


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
        _field(CodeFrame(tuple(send)), _examples("comments"), "themes", ""),
        _field(CodeFrame(tuple(services)), [*_examples("services"), *_examples("general")], "topics", _OF_SERVICES),
    )


class WithExamples:
    """A model that need not work out the sentences of our own examples, which come with the product.

    What comes with it is used only where the model agrees about one of them, so that another model learns from its
    own vectors.
    """

    def __init__(self, meanings: Meanings) -> None:
        self._meanings = meanings
        self._places: dict[str, int] = {}
        self._kept = kept_vectors()
        said = example_sentences()
        if len(said) == len(self._kept) and float(meanings.vectors(said[:1])[0] @ self._kept[0]) > _ALIKE:
            self._places = {text: place for place, text in enumerate(said)}

    def vectors(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        new = [text for text in texts if text not in self._places]
        found = np.empty((len(texts), SIZE), dtype=np.float32)
        worked_out = iter(self._meanings.vectors(new, progress) if new else ())
        for row, text in enumerate(texts):
            place = self._places.get(text)
            found[row] = next(worked_out) if place is None else self._kept[place]
        return found


@lru_cache(maxsize=1)
def example_sentences() -> list[str]:
    """Every different text about the field whose meaning is needed, in the order of their vectors: the sentences of
    the examples, their questions, and the concepts' own words.
    """
    said = [sentence.text for field in fields() for text in field.texts for sentence in sentences_of(text)]
    asked = [question for field in fields() for question in field.questions]
    concepts = CodeFrame(tuple(theme for field in fields() for theme in field.concepts.themes))
    return list(dict.fromkeys([*said, *asked, *ways_to_say(concepts)]))


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


def kept_vectors() -> Vectors:
    """The vectors that come with the product, one a sentence; none where the file is missing."""
    place = files("analysis") / "examples" / _VECTORS
    if not place.is_file():
        return np.zeros((0, SIZE), dtype=np.float32)
    with place.open("rb") as file:
        vectors = np.load(file, allow_pickle=False).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def in_bytes(vectors: Vectors) -> npt.NDArray[np.int8]:
    """Vectors as they are kept: a quarter of the size, and 0.9999 alike."""
    return np.clip(np.round(vectors * _STEPS), -127, 127).astype(np.int8)


def _field(concepts: CodeFrame, rows: list[dict[str, str]], column: str, prefix: str) -> Field:
    place = {concept: number for number, concept in enumerate(concepts.theme_ids)}
    labels = np.zeros((len(rows), len(place)), dtype=np.bool_)
    for number, row in enumerate(rows):
        for concept in filter(None, row[column].split(";")):
            labels[number, place[prefix + concept]] = True
    texts = tuple(normalised(row["text"]).strip() for row in rows)
    return Field(concepts, texts, tuple(row["question"] for row in rows), labels)


def _examples(name: str) -> list[dict[str, str]]:
    with (files("analysis") / "examples" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
