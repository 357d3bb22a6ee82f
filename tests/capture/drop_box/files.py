"""Real files to send in: Word, with and without programs, PDF, workbooks and e-mails."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import docx
import openpyxl
import pypdf
import typst

PLAIN_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WITH_PROGRAMS = b"application/vnd.ms-word.document.macroEnabled.main+xml"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def word(*paragraphs: str, cells: tuple[str, ...] = ()) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if cells:
        row = document.add_table(1, len(cells)).rows[0]
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_with_programs(*paragraphs: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(*paragraphs))) as plain, zipfile.ZipFile(out, "w") as made:
        for name in plain.namelist():
            made.writestr(name, plain.read(name).replace(PLAIN_WORD, WITH_PROGRAMS))
        made.writestr("word/vbaProject.bin", OLD_OFFICE)
    return out.getvalue()


def zip_bomb() -> bytes:
    """A Word document of some 200 kilobytes that would unpack to 201 megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        made.writestr("[Content_Types].xml", PLAIN_WORD)
        made.writestr("word/document.xml", bytes(201_000_000))
    return out.getvalue()


def pdf(markup: str) -> bytes:
    return bytes(typst.compile(markup.encode()))


def pdf_of_pictures(password: str = "") -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(300, 300)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def workbook(*rows: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def letter(
    words: str,
    *,
    sender: str = "Anna Smith <anna@elmtree.example>",
    subject: str = "What we heard",
    message_id: str = "<1@elmtree.example>",
    attachments: dict[str, bytes] | None = None,
) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "dropbox@millbrook-vale.example", subject
    if message_id:
        made["Message-ID"] = message_id
    made.set_content(words)
    for name, content in (attachments or {}).items():
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made
