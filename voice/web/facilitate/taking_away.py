"""A document as a file to take away: PDF, Word or plain text."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

from litestar import Response
from litestar.exceptions import NotFoundException

from voice.paper.document_pdf import pdf_of
from voice.paper.documents import MEDIA_TYPES, Document
from voice.paper.plain_text import text_of
from voice.web.headers import saved_as

WORD = MEDIA_TYPES["docx"]


def _word(document: Document) -> bytes:
    from voice.paper.word import docx_of  # loading python-docx takes a while: only who wants Word waits for it

    return docx_of(document)


def _text(document: Document) -> bytes:
    return text_of(document).encode()


KINDS: dict[str, tuple[Callable[[Document], bytes], str, str]] = {
    "pdf": (pdf_of, "application/pdf", "pdf"),
    "word": (_word, WORD, "docx"),
    "text": (_text, "text/plain; charset=utf-8", "txt"),
}
"""By what the address calls it: what makes the file, its media type and its ending."""


async def take_away(document: Document, kind: str) -> Response[bytes]:
    if kind not in KINDS:
        raise NotFoundException
    make, media_type, ending = KINDS[kind]
    name = re.sub(r"[^a-z0-9]+", "-", document.title.lower()).strip("-")[:60] or "report"
    return Response(
        await asyncio.to_thread(make, document),
        media_type=media_type,
        headers=saved_as(f"{name}.{ending}"),
    )
