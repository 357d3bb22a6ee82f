"""Writes a document with what strangers gave in it as a file, in a process of its own that is bound in time and memory.

``python -m voice.paper.writing`` reads a :class:`Task` from standard input as msgpack, and writes the file.
"""

from __future__ import annotations

import msgspec

from voice.paper.documents import Document, Format
from voice.running.bounds import bind_this_process
from voice.running.other_process import answer_apart, in_another_process
from voice.running.turns import Turns

SECONDS_OF_WORK = 20
MOST_MEMORY = 1_500_000_000
"""Bytes of addresses, of which the typesetter with its fonts takes some 250 million before it begins."""

TURNS = Turns(at_once=1, seconds_to_wait=20)
"""Whoever makes such a document waits for a turn before it opens the pictures that stand in it."""


class Task(msgspec.Struct, frozen=True):
    document: Document
    format: Format


async def written(document: Document, format: Format) -> bytes:
    """The document as a file. Raises ``RuntimeError`` when it is too much for one."""
    return await in_another_process("voice.paper.writing", msgspec.msgpack.encode(Task(document, format)))


def answer(sent: bytes) -> bytes:
    task = msgspec.msgpack.decode(sent, type=Task)
    if task.format == "pdf":
        from voice.paper.document_pdf import pdf_of

        return pdf_of(task.document)
    from voice.paper.word import docx_of

    return docx_of(task.document)


def main() -> None:
    bind_this_process(seconds=SECONDS_OF_WORK, memory=MOST_MEMORY)
    answer_apart(answer)


if __name__ == "__main__":
    main()
