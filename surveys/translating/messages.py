"""What is translated: a message of the product, with the English that it translates from."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable

import msgspec

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{[^{}\s]+\}")
_MARKUP = re.compile(r"</?[A-Za-z!?][^<>]*>?|&#?\w+;")


class Message(msgspec.Struct, frozen=True):
    """``id`` stays the same as long as the message does. ``forms`` are the English words: one, or singular and plural.

    ``notes`` are what its writer tells translators.
    """

    id: str
    forms: tuple[str, ...]
    context: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_plural(self) -> bool:
        return len(self.forms) > 1


def catalog_message(forms: Iterable[str], *, context: str = "", notes: Iterable[str] = ()) -> Message:
    """A message of the catalogs. Its English is its identity: other words make another message."""
    said = tuple(forms)
    return Message(_hash(context, said[0]), said, context, tuple(notes))


def text_hash(message: Message, forms: Iterable[str], language: str) -> str:
    """Tells these words for this English apart from any others, as somebody who confirms them has read them.

    The same words in another language are others: who reads Polish has not confirmed Ukrainian.
    """
    return _hash(language, *message.forms, "", *forms)


def _hash(*parts: str) -> str:
    return hashlib.blake2b(json.dumps(parts, ensure_ascii=False).encode(), digest_size=8).hexdigest()


def placeholders(text: str) -> Counter[str]:
    """The places that are filled in, such as ``%(num)s``, and how often each stands there.

    A script of ours fills in those in braces, such as ``{sent}``.
    """
    return Counter(_PLACEHOLDER.findall(text))


def markup(text: str) -> Counter[str]:
    """Tags and entities of HTML: pages show them as they are written, so they help nobody."""
    return Counter(_MARKUP.findall(text))
