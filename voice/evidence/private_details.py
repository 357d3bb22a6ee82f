"""What in people's words could tell who somebody is, found by a process of its own: a person decides what is hidden.

``python -m voice.evidence.private_details`` reads texts and known names from standard input and writes details to
standard output, both as MessagePack. What was found in a text is kept, so that it is looked for once.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence

import msgspec

from voice.evidence.known_names import Known
from voice.running.other_process import answer_apart, in_another_process

KEPT = 1000


class Found(msgspec.Struct, frozen=True):
    """A detail from ``start`` to ``end`` of a text, and the words that keep the sense when it is hidden."""

    start: int
    end: int
    stands_in: str


class Texts(msgspec.Struct, frozen=True):
    known: tuple[Known, ...]
    texts: tuple[str, ...]


_kept: OrderedDict[bytes, tuple[Found, ...]] = OrderedDict()


async def private_details(texts: Sequence[str], known: tuple[Known, ...]) -> list[tuple[Found, ...]]:
    """The details of each text, in its order. Raises ``RuntimeError`` when they cannot be looked for."""
    spelt = [(each, [word.casefold() for word in each.words.split()]) for each in known]
    keys = {text: _key(text, spelt) for text in texts}
    new = tuple(text for text, key in keys.items() if key not in _kept)
    found = {text: _kept[key] for text, key in keys.items() if key in _kept}
    if new:
        written = await in_another_process("voice.evidence.private_details", msgspec.msgpack.encode(Texts(known, new)))
        looked = msgspec.msgpack.decode(written, type=list[tuple[Found, ...]])
        found |= dict(zip(new, looked, strict=True))
        _kept.update({keys[text]: found[text] for text in new})
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return [found[text] for text in texts]


def _key(text: str, known: Sequence[tuple[Known, list[str]]]) -> bytes:
    """Of a text and of the names whose words stand in it: another name that becomes known changes nothing."""
    said = text.casefold()
    names = [each for each, words in known if any(word in said for word in words)]
    digest = hashlib.blake2b(msgspec.msgpack.encode(names), digest_size=32).digest()
    return hashlib.blake2b(text.encode(), key=digest, digest_size=16).digest()


def look(asked: Texts) -> list[tuple[Found, ...]]:
    """Looks here and now."""
    from analysis.redaction import STANDS_IN, KnownName, find_details

    known = [KnownName(each.words, each.kind) for each in asked.known]  # type: ignore[arg-type]
    return [
        tuple(Found(each.start, each.end, STANDS_IN[each.kind]) for each in find_details(text, known))
        for text in asked.texts
    ]


def answer(sent: bytes) -> bytes:
    asked = msgspec.msgpack.decode(sent, type=Texts)
    return msgspec.msgpack.encode(look(asked))


if __name__ == "__main__":
    answer_apart(answer)
