"""Pictures that officers uploaded, as small as paper needs them and in a form that the typesetter takes as data."""

from __future__ import annotations

import base64
import io
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING

from surveys.document import SurveyDocument
from voice.storage.files import FileFolder

if TYPE_CHECKING:
    from PIL import Image

LONGEST_SIDE = 480
"""Dots of the longer side: 15 mm at more than 600 to the inch, and 1 cm at far more."""


def own_pictures(document: SurveyDocument, folder: FileFolder) -> tuple[tuple[str, str], ...]:
    """The pictures that questions and options of the survey have, by id, each as an SVG that holds it.

    One whose file is not there is left out. Waits for the disk: call it in a thread.
    """
    from PIL import Image  # only when a survey has such pictures: every start would wait for it

    found = []
    for id in dict.fromkeys(_named(document)):
        path = folder.path(uuid.UUID(id))
        if path.is_file():
            with Image.open(path, formats=("PNG", "JPEG")) as opened:
                found.append((id, as_svg(opened)))
    return tuple(found)


def _named(document: SurveyDocument) -> Iterator[str]:
    for question in document.questions:
        yield from (each for each in (question.picture, *(option.picture for option in question.options)) if each)


def as_svg(opened: Image.Image, longest: int = LONGEST_SIDE) -> str:
    """A picture of dots as an SVG that holds it; ``longest`` is the most dots of its longer side."""
    from PIL import Image

    small = opened.convert("RGB")
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    kind = opened.format or "PNG"
    drawn = io.BytesIO()
    small.save(drawn, kind, optimize=True)
    data = base64.b64encode(drawn.getvalue()).decode()
    width, height = small.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/{kind.lower()};base64,{data}"/></svg>'
    )
