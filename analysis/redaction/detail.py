"""What a personal detail is, and the word that stands in its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Kind = Literal[
    "PERSON",
    "SCHOOL_OR_PLACE",
    "PHONE",
    "EMAIL",
    "POSTCODE",
    "ADDRESS",
    "DOB",
    "NHS_NUMBER",
    "REFERENCE",
    "URL_HANDLE",
]

STANDS_IN: dict[Kind, str] = {
    "PERSON": "[name]",
    "SCHOOL_OR_PLACE": "[school or place]",
    "PHONE": "[phone number]",
    "EMAIL": "[e-mail address]",
    "POSTCODE": "[postcode]",
    "ADDRESS": "[address]",
    "DOB": "[date of birth]",
    "NHS_NUMBER": "[NHS number]",
    "REFERENCE": "[reference number]",
    "URL_HANDLE": "[web address]",
}
"""Words that keep the sense of the sentence: "my son [name]"."""


class Detail(NamedTuple):
    """``text`` as it stands in the words, from ``start`` to ``end`` (code points, end exclusive).

    ``is_likely`` is false where little more than a capital letter speaks for it.
    """

    kind: Kind
    text: str
    start: int
    end: int
    is_likely: bool = True


class KnownName(NamedTuple):
    """A name that the workspace knows: of a person, or of a school or place."""

    words: str
    kind: Literal["PERSON", "SCHOOL_OR_PLACE"] = "PERSON"


class Zones:
    """Which letters of a text are spoken for. What comes first is the surest, so nothing is told twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.details: list[Detail] = []
        self._taken = bytearray(len(text))

    def block(self, start: int, end: int) -> None:
        """These letters are no detail, whatever they look like."""
        self._taken[start:end] = b"\1" * (end - start)

    def are_free(self, start: int, end: int) -> bool:
        return self._taken.find(1, start, end) < 0

    def add(self, kind: Kind, start: int, end: int, *, is_likely: bool = True) -> bool:
        """Whether the detail was new."""
        if start >= end or not self.are_free(start, end):
            return False
        self.block(start, end)
        self.details.append(Detail(kind, self.text[start:end], start, end, is_likely))
        return True


def redacted(text: str, details: Iterable[Detail]) -> str:
    """The text with a word of the same sense in the place of each detail; they may not overlap."""
    pieces: list[str] = []
    at = 0
    for detail in sorted(details, key=lambda each: each.start):
        pieces += (text[at : detail.start], STANDS_IN[detail.kind])
        at = detail.end
    return "".join((*pieces, text[at:]))


def in_order(details: Iterable[Detail]) -> Sequence[Detail]:
    return sorted(details, key=lambda detail: detail.start)
