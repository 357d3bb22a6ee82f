"""Reading delimited text as people really save it: Excel's Windows-1252, UTF-16 with tabs, semicolons, byte
marks.
"""

import codecs
from collections.abc import Iterable

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DELIMITERS = (",", "\t", ";")
_CONTROLS = frozenset(range(0, 9))
# Windows-1252 leaves these five bytes undefined, and a text has no business with these controls.
_NOT_TEXT = _CONTROLS | {0x81, 0x8D, 0x8F, 0x90, 0x9D}
_HEAD = 4096


class NotText(ValueError):
    """The bytes are no text in any of the encodings people save tables in."""


def detect_encoding(chunks: Iterable[bytes]) -> str:
    """The Python codec for bytes given in chunks, without keeping them: UTF-8, UTF-16 or Windows-1252.

    Raises NotText for bytes that are none of them (a spreadsheet, a picture).
    """
    iterator = iter(chunks)
    head = next(iterator, b"")
    if head.startswith(_UTF16_MARKS):
        return "utf-16"
    if unmarked := _utf16_without_mark(head[:_HEAD]):
        return unmarked
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    utf8, seen = True, set[int]()
    chunk: bytes | None = head
    while chunk is not None:
        seen.update(chunk.translate(None, bytes(seen)))  # what is new alone: a set of all takes twenty times as long
        following = next(iterator, None)
        if utf8:
            try:
                decoder.decode(chunk, final=following is None)
            except UnicodeDecodeError:
                utf8 = False
        chunk = following
    if seen & _CONTROLS:
        raise NotText
    if utf8:
        return "utf-8-sig"
    if seen & _NOT_TEXT:
        raise NotText
    return "cp1252"


def decoded(raw: bytes) -> str:
    """The text of `raw`; raises NotText."""
    try:
        return raw.decode(detect_encoding([raw]))
    except UnicodeDecodeError as problem:
        raise NotText from problem


def detect_delimiter(header: str) -> str:
    """What separates the cells of a header line: the comma, unless tab or semicolon stands there more
    often.
    """
    outside_quotes = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=outside_quotes.count)


def _utf16_without_mark(head: bytes) -> str | None:
    """The byte order of UTF-16 that mostly holds Latin letters, told by where its zeros are."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) <= len(head) // 4 or min(even, odd) > 0:
        return None
    encoding = "utf-16-le" if odd else "utf-16-be"
    text = head[: len(head) // 2 * 2].decode(encoding, errors="replace")
    return None if any(ord(character) < 9 for character in text) else encoding
