"""The first cell of each row of a table marked as its heading, in a PDF that is tagged already.

The typesetter marks the headings of columns alone. ISO 32000-1, 14.8.5.7: a ``TH`` says with ``Scope`` what it heads.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject


def with_row_headings(pdf: bytes, tables: Sequence[bool]) -> bytes:
    """``tables`` says of each table in its order whether its rows have headings."""
    if not any(tables):
        return pdf
    from pypdf import PdfReader, PdfWriter  # here alone: every start would wait for it

    written = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    found = [each for each in _elements(written.root_object["/StructTreeRoot"]) if each.get("/S") == "/Table"]
    for table, has_headings in zip(found, tables, strict=True):
        if has_headings:
            for row in _elements(table):
                if row.get("/S") == "/TR":
                    _mark_first(row)
    out = io.BytesIO()
    written.write(out)
    return out.getvalue()


def _mark_first(row: DictionaryObject) -> None:
    from pypdf.generic import DictionaryObject, NameObject

    first = next((each for each in _children(row) if each.get("/S") in ("/TH", "/TD")), None)
    if first is not None and str(first["/S"]) == "/TD":
        scope = {"/O": NameObject("/Table"), "/Scope": NameObject("/Row")}
        first[NameObject("/S")] = NameObject("/TH")
        first[NameObject("/A")] = DictionaryObject({NameObject(key): value for key, value in scope.items()})


def _elements(element: Any) -> Iterator[DictionaryObject]:
    """An element and all beneath it, in reading order."""
    for child in _children(element):
        yield child
        yield from _elements(child)


def _children(element: Any) -> list[DictionaryObject]:
    kids = element.get("/K")
    kids = kids.get_object() if kids is not None else []
    made = [each.get_object() for each in (kids if isinstance(kids, list) else [kids])]
    return [cast("DictionaryObject", each) for each in made if isinstance(each, dict) and "/S" in each]
