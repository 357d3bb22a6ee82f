"""Writes a pack as a file, in a process of its own: the libraries take seconds to load and nobody else needs them.

``python -m voice.packs.writing`` reads a :class:`Task` from standard input as JSON, and writes the file.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from voice.packs.document import Pack
from voice.paper import documents
from voice.running.other_process import answer_apart, in_another_process

Format = Literal["pdf", "docx", "pptx", "xlsx", "txt"]

MEDIA_TYPES: dict[Format, str] = {
    "pdf": documents.MEDIA_TYPES["pdf"],
    "docx": documents.MEDIA_TYPES["docx"],
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain; charset=utf-8",
}


class Task(msgspec.Struct, frozen=True):
    pack: Pack
    format: Format


class NothingToSay(Exception):
    """The pack has no section: it would be an empty file."""


async def written(pack: Pack, format: Format) -> bytes:
    """The pack as a file. Raises :class:`NothingToSay`, and ``RuntimeError`` when it cannot be written."""
    if pack.is_empty:
        raise NothingToSay
    return await in_another_process("voice.packs.writing", msgspec.json.encode(Task(pack, format)))


def answer(sent: bytes) -> bytes:
    task = msgspec.json.decode(sent, type=Task)
    return file_of(task.pack, task.format)


def file_of(pack: Pack, format: Format) -> bytes:
    match format:
        case "pdf":
            from voice.packs.as_document import document_of
            from voice.paper.document_pdf import pdf_of

            return pdf_of(document_of(pack))
        case "docx":
            from voice.packs.as_document import document_of
            from voice.paper.word import docx_of

            return docx_of(document_of(pack))
        case "pptx":
            from voice.packs.powerpoint import pptx_of

            return pptx_of(pack)
        case "xlsx":
            from voice.packs.workbook import xlsx_of

            return xlsx_of(pack)
        case "txt":
            from voice.packs.as_document import document_of
            from voice.paper.plain_text import text_of

            return text_of(document_of(pack)).encode()


if __name__ == "__main__":
    answer_apart(answer)
