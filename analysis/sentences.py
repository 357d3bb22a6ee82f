"""The sentences of a text, found without a network."""

import re
from functools import lru_cache
from typing import NamedTuple

from nupunkt import PunktSentenceTokenizer, load_default_model

_LONGEST_READ = 20_000  # characters; what stands after them is kept as one piece
_LINE_BREAK = re.compile(r"\s*[\r\n]+[\s•*·–-]*")


class Sentence(NamedTuple):
    """A sentence and where it begins in its text (code points)."""

    text: str
    start: int


def sentences_of(text: str) -> list[Sentence]:
    """The sentences in order, without the space around them; a new line begins a new one.

    A text without punctuation is one sentence. Nothing but space is left out.
    """
    if len(text) < _SHORTEST_WITH_TWO:
        return _trimmed(text, 0)
    found = list[Sentence]()
    begin = 0
    for broken in _LINE_BREAK.finditer(text, 0, min(len(text), _LONGEST_READ)):
        found += _of_line(text[begin : broken.start()], begin)
        begin = broken.end()
    return found + _of_line(text[begin:], begin)


_SHORTEST_WITH_TWO = 4
_ENDS = re.compile(r"[.!?…۔؟।]\s")


def _of_line(line: str, offset: int) -> list[Sentence]:
    if not _ENDS.search(line):
        return _trimmed(line, offset)
    found = list[Sentence]()
    for start, end in _tokenizer().span_tokenize(line[:_LONGEST_READ]):
        found += _trimmed(line[start:end], offset + start)
    return found + _trimmed(line[_LONGEST_READ:], offset + _LONGEST_READ)


def _trimmed(text: str, start: int) -> list[Sentence]:
    said = text.strip()
    return [Sentence(said, start + text.index(said))] if said else []


@lru_cache(maxsize=1)
def _tokenizer() -> PunktSentenceTokenizer:
    return load_default_model()
