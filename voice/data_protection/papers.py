"""The papers as documents and as files, by name."""

from __future__ import annotations

from collections.abc import Iterator

from surveys.exporting.cells import csv_file
from voice.data_protection import assessment, processing
from voice.data_protection.facts import Facts
from voice.paper.documents import MEDIA_TYPES, Block, Bullets, Document, Heading, Paragraph

RECORD_TITLE = "Record of processing activities (draft)"
WORD = MEDIA_TYPES["docx"]
CSV = "text/csv; charset=utf-8"

FILES = {"impact-assessment.docx": WORD, "processing.docx": WORD, "processing.csv": CSV}
"""What can be taken away, by the name of its file."""


def record_of_processing(facts: Facts) -> Document:
    return assessment.document(RECORD_TITLE, facts, tuple(_record(facts)))


def _record(facts: Facts) -> Iterator[Block]:
    info = facts.partnership
    yield Heading("Who is responsible")
    reached = ", ".join(each for each in (info.help_phone, info.help_email) if each)
    yield Paragraph(f"{info.name or 'No name yet'}. {reached}".strip())
    yield assessment.to_write(
        "the controller in law, joint controllers among the partners, and the data protection officer."
    )
    for activity in processing.activities(facts):
        yield Heading(activity.name)
        told = zip(processing.COLUMNS[1:-1], activity.row(facts)[1:-1], strict=True)
        yield Bullets(tuple(f"{column}: {said}" for column, said in told))
        for each in activity.to_write:
            yield assessment.to_write(f"{each}.")


def file_of(name: str, facts: Facts) -> bytes:
    """The file of a name in ``FILES``; takes a moment, and belongs in a thread where others wait."""
    if name == "processing.csv":
        made = f"Draft, made on {facts.made_on:%Y-%m-%d}"
        return csv_file(((*processing.COLUMNS, "From when"), *((*row, made) for row in processing.rows(facts))))
    from voice.paper.word import docx_of  # every start would wait for the libraries

    return docx_of(assessment.assessment(facts) if name == "impact-assessment.docx" else record_of_processing(facts))
