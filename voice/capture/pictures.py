"""A picture is drawn anew from its dots, smaller where it is large, and without anything that was written into it.

This runs in a process of its own (``reading_files.py``), with limits on time and memory.
"""

from __future__ import annotations

import re
import warnings
from pathlib import Path

from PIL import Image, ImageOps

from surveys.answers import AnswerProblem

MOST_DOTS = 40_000_000
LONGEST_SIDE = 2000
"""Dots of the longer side of what is kept."""

KINDS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
"""Pictures of dots. Others are never opened: an SVG can hold a script."""

JPEGS = frozenset({"JPEG", "MPO"})
"""A JPEG with more pictures behind the first opens as an MPO."""

MOST_SCANS = 32
"""Times that a JPEG may go over its dots. Encoders make 10, or 24 of four colours; each takes as long as it has dots,
and some hundred bytes of the file."""

_MARKER = re.compile(rb"\xff([^\x00\x01\xff\xd0-\xd7])")
"""What begins a part of a JPEG; the others stand between dots."""
_SCAN, _END = b"\xda", b"\xd9"

FLAT = frozenset({"PNG", "GIF"})
"""Kinds that drawings come in, and that keep sharp lines sharp."""


def read_picture(source: Path, target: Path) -> str:
    """Writes the picture in ``source`` to ``target``; returns its media type.

    Raises ``AnswerProblem``: ``not_a_picture``, ``picture_broken`` when only a part of it is there or it goes over its
    dots without end, or ``picture_too_large`` when it has more dots than we open.
    """
    Image.MAX_IMAGE_PIXELS = None  # its size is looked at below, before anything is decoded
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            opened = Image.open(source, formats=KINDS)
        except (OSError, ValueError, SyntaxError) as problem:
            raise AnswerProblem("not_a_picture") from problem
        with opened:
            width, height = opened.size
            if width * height > MOST_DOTS:
                raise AnswerProblem("picture_too_large", limit=MOST_DOTS, length=width * height)
            if opened.format in JPEGS and _scans(source.read_bytes()) > MOST_SCANS:
                raise AnswerProblem("picture_broken")
            try:
                return _draw_anew(opened, target)
            except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as problem:
                raise AnswerProblem("picture_broken") from problem


def _scans(content: bytes) -> int:
    """How many scans a JPEG has. What stands behind its end does not count: telephones put films there."""
    scans, at = 0, 2
    while (found := _MARKER.search(content, at)) and found[1] != _END:
        scans += found[1] == _SCAN
        length = int.from_bytes(content[found.end() : found.end() + 2])
        at = found.end() + max(2, length)
    return scans


def _draw_anew(opened: Image.Image, target: Path) -> str:
    kind = opened.format
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is then never held whole
    opened.load()
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    drawn = Image.new("RGB", upright.size, "white")
    if upright.has_transparency_data:
        shown = upright.convert("RGBA")
        drawn.paste(shown, mask=shown.getchannel("A"))
    else:
        drawn.paste(upright.convert("RGB"))
    if kind in FLAT:
        drawn.save(target, "PNG", optimize=True)
        return "image/png"
    drawn.save(target, "JPEG", quality=85, progressive=True)
    return "image/jpeg"
