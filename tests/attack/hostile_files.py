"""Files that mean harm, each made here: bombs, files that are two things at once, scripts, and ways out of a folder."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import openpyxl
from PIL import Image

SCRIPT = b"<script>alert('hostile')</script>"
OUTSIDE = b"file:///etc/passwd"
GROWN = 220_000_000
"""Bytes that a bomb of some hundred kilobytes would come to, which is more than we unpack."""

_MUCH = b"a" * 1_000_000

NAMES = (
    "../../../../../../tmp/hostile{}",
    "..\\..\\hostile{}",
    "/etc/cron.d/hostile{}",
    "hostile\x00.exe{}",
    "hostile\r\nSet-Cookie: hostile=1{}",
    "<img src=x onerror=alert('hostile')>{}",
    '=HYPERLINK("hostile"){}',
    "h" * 3000 + "{}",
    "\u202egnp.hostile{}",
    ".{}",
)
"""What a file may say that it is called; ``{}`` is its ending."""


def picture(kind: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, kind)
    return made.getvalue()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def picture_bomb() -> bytes:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(bytes(1000)))


def words_bomb_in_picture() -> bytes:
    whole = picture()
    words = _chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(GROWN // 10), 1))
    return whole[:33] + words + whole[33:]


def page_behind_picture() -> bytes:
    return picture() + b"\n<!DOCTYPE html>" + SCRIPT


def script_in_picture() -> bytes:
    whole = picture("JPEG")
    return whole[:2] + b"\xff\xfe" + struct.pack(">H", len(SCRIPT) + 2) + SCRIPT + whole[2:]


def picture_that_is_a_script() -> bytes:
    return b"GIF89a/*" + picture("GIF")[8:] + b"*/=1;" + SCRIPT


def archive(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts. Where one says ``%GROWN%``, as many letters stand in its place."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
        for name, content in parts.items():
            before, bomb, after = content.partition(b"%GROWN%")
            with written.open(name, "w") as part:
                part.write(before)
                for _ in range(GROWN // len(_MUCH) if bomb else 0):
                    part.write(_MUCH)
                part.write(after)
    return made.getvalue()


def _workbook_with(**changed: bytes) -> bytes:
    """A workbook of which some parts, named by the end of their names, are others."""
    book, made = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (("name", "words"), ("a", "kind"), ("b", "words")):
        book.active.append(row)
    book.save(made)
    with zipfile.ZipFile(made) as read:
        parts = {name: read.read(name) for name in read.namelist()}
    for name in parts:
        for end, content in changed.items():
            if name.endswith(f"/{end}.xml"):
                parts[name] = content
    return archive(parts)


_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>%s</t></is></c></row></sheetData></worksheet>'
)
_LAUGHS = b"<!DOCTYPE x [<!ENTITY a0 'ha'>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
)
_FROM_OUTSIDE = b'<!DOCTYPE x [<!ENTITY a9 SYSTEM "%s">]>' % OUTSIDE


def workbook_bomb() -> bytes:
    return _workbook_with(sheet1=_SHEET % b"%GROWN%")


def archive_of_many() -> bytes:
    return archive({"[Content_Types].xml": b"", "xl/a": b"", **{f"word/{at}": b"" for at in range(6000)}})


def workbook_that_laughs() -> bytes:
    return _workbook_with(sheet1=_LAUGHS + _SHEET % b"&a9;", sharedStrings=_LAUGHS + b"<sst><si><t>&a9;</t></si></sst>")


def workbook_from_outside() -> bytes:
    return _workbook_with(sheet1=_FROM_OUTSIDE + _SHEET % b"&a9;")


def archive_that_climbs() -> bytes:
    return archive({"../../../../tmp/hostile": b"x", "xl/../../hostile": b"x", "[Content_Types].xml": b"<x/>"})


def archive_in_archives() -> bytes:
    inner = archive({"xl/workbook.xml": b"%GROWN%"})
    return archive({f"xl/{number}.zip": inner for number in range(20)})


_WORDS = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>%s'
    b"</w:t></w:r></w:p></w:body></w:document>"
)


def _document(words: bytes) -> bytes:
    kind = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    types += b'ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
    types += b'package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="%s"/></Types>' % kind
    rels = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    rels += b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    rels += b'Target="word/document.xml"/></Relationships>'
    parts = {"[Content_Types].xml": types, "_rels/.rels": rels, "word/document.xml": words}
    return archive({**parts, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + SCRIPT})


def document_with_macros() -> bytes:
    return _document(_WORDS % b"They listen to us at school.")


def document_bomb() -> bytes:
    return _document(_WORDS % b"%GROWN%")


def document_that_laughs() -> bytes:
    return _document(_LAUGHS + _WORDS % b"&a9;")


def document_from_outside() -> bytes:
    return _document(_FROM_OUTSIDE + _WORDS % b"&a9;")


def pdf(*, content: bytes, catalog: bytes = b"") -> bytes:
    packed = zlib.compress(content, 1)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    made, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(made),
    )


def pdf_with_script() -> bytes:
    action = b"/OpenAction << /S /JavaScript /JS (app.alert\\('hostile'\\)) >>"
    return pdf(content=b"BT /F 9 Tf (They listen to us at school.) Tj ET", catalog=action)


def pdf_bomb() -> bytes:
    return pdf(content=b"BT /F 9 Tf " + b"(a) Tj " * (GROWN // 20))


def playlist() -> bytes:
    return b"#EXTM3U\n#EXTINF:1,\n%s\n#EXT-X-ENDLIST" % OUTSIDE


def list_of_films() -> bytes:
    return b"ffconcat version 1.0\nfile %s\n" % OUTSIDE


def translations_that_laugh() -> bytes:
    whole = b'<xliff version="1.2"><file source-language="en" target-language="pl"><body><trans-unit id="x"><source>a'
    return _LAUGHS + whole + b"</source><target>&a9;</target></trans-unit></body></file></xliff>"


def translations_from_outside() -> bytes:
    return translations_that_laugh().replace(_LAUGHS, _FROM_OUTSIDE)


def catalog_that_fills_in() -> bytes:
    return (
        b'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-7\\n"\n\nmsgid "Home"\nmsgstr "%(x)s{x.__class__}%n'
        + (SCRIPT + b'"\n')
    )


def table_of_nothing() -> bytes:
    return b"\x00" * 5000 + b",=cmd|' /C calc'!A0,\n" + b'"' * 5001


def wide_table() -> bytes:
    return b"," * 400_000 + b"\n" + b"x," * 1000


def svg() -> bytes:
    return b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"


def page() -> bytes:
    return b"<!DOCTYPE html><title>x</title>" + SCRIPT


PICTURES: tuple[tuple[str, Callable[[], bytes]], ...] = (
    *((".png", made) for made in (page_behind_picture, svg, picture_bomb, words_bomb_in_picture, page)),
    *((".jpg", made) for made in (script_in_picture, picture_that_is_a_script, archive_that_climbs, playlist)),
    (".svg", svg),
)
TABLES: tuple[tuple[str, Callable[[], bytes]], ...] = (
    *((".xlsx", made) for made in (workbook_bomb, workbook_that_laughs, workbook_from_outside, archive_that_climbs)),
    *((".xlsx", made) for made in (archive_in_archives, document_with_macros, picture_bomb)),
    *((".csv", made) for made in (table_of_nothing, wide_table, page, svg)),
    (".xlsx", archive_of_many),
)
DOCUMENTS: tuple[tuple[str, Callable[[], bytes]], ...] = (
    *((".docx", made) for made in (document_with_macros, document_bomb, document_that_laughs, document_from_outside)),
    *((".pdf", made) for made in (pdf_with_script, pdf_bomb, page)),
    *((".docx", made) for made in (archive_that_climbs, archive_in_archives, archive_of_many)),
)
SOUNDS: tuple[tuple[str, Callable[[], bytes]], ...] = (
    *((".mp4", made) for made in (playlist, list_of_films, page)),
    (".mp3", picture_that_is_a_script),
)
CATALOGS: tuple[tuple[str, Callable[[], bytes]], ...] = (
    *((".xlf", made) for made in (translations_that_laugh, translations_from_outside)),
    (".po", catalog_that_fills_in),
)
