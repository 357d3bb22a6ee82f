"""Translations as XLIFF 1.2, which tools for translators read and write.

A message with several forms is a group of units, one for each form, as gettext tools do it.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

import msgspec
from defusedxml import ElementTree as SafeXml
from defusedxml.common import DefusedXmlException

from surveys.translating import plurals
from surveys.translating.catalogs import check_note, read_check
from surveys.translating.lines import LARGEST, MOST_LINES, FileProblem, Line
from surveys.translating.messages import Message
from surveys.translating.state import State, Translation

_SPACE = "urn:oasis:names:tc:xliff:document:1.2"
_PLURALS = "x-gettext-plurals"
_CHECKER = "checker"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STATES: dict[State, str] = {
    "missing": "new",
    "stale": "needs-translation",
    "unconfirmed": "needs-review-translation",
    "confirmed": "signed-off",
}


def write(found: Sequence[Translation], language: str) -> bytes:
    root = Xml.Element("xliff", {"version": "1.2", "xmlns": _SPACE})
    file = Xml.SubElement(
        root,
        "file",
        {
            "original": "messages.po",
            "source-language": "en",
            "target-language": language,
            "datatype": "plaintext",
        },
    )
    body = Xml.SubElement(file, "body")
    for each in found:
        _write_message(body, each, language)
    Xml.indent(root)
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _write_message(body: Xml.Element, each: Translation, language: str) -> None:
    message = each.message
    if not message.is_plural:
        unit = _write_unit(body, message.id, message.forms[0], each.forms[0], each.state)
        _write_notes(unit, each, language)
        return
    group = Xml.SubElement(body, "group", {"id": message.id, "restype": _PLURALS})
    _write_notes(group, each, language)
    for place in range(plurals.form_count(language)):
        source = message.forms[0] if place in plurals.forms_of_one_number(language) else message.forms[1]
        words = each.forms[place] if place < len(each.forms) else ""
        _write_unit(group, f"{message.id}[{place}]", source, words, each.state)


def _write_unit(parent: Xml.Element, id: str, source: str, words: str, state: State) -> Xml.Element:
    unit = Xml.SubElement(parent, "trans-unit", {"id": id, _XML_SPACE: "preserve"})
    Xml.SubElement(unit, "source").text = source
    Xml.SubElement(unit, "target", {"state": _STATES[state]}).text = words
    return unit


def _write_notes(place: Xml.Element, each: Translation, language: str) -> None:
    for note in each.message.notes:
        Xml.SubElement(place, "note", {"from": "developer"}).text = note
    if each.message.is_plural:
        # The units hold the English of one form each; the message is both.
        for form in each.message.forms:
            Xml.SubElement(place, "note", {"from": "source"}).text = form
    if note := check_note(each.check, each.message, each.forms, language):
        Xml.SubElement(place, "note", {"from": _CHECKER}).text = note


def read(content: bytes, language: str) -> list[Line]:
    """The lines of an XLIFF file. Raises :class:`FileProblem`, also for XML that is made to do harm."""
    if len(content) > LARGEST:
        raise FileProblem("too_large")
    try:
        root = SafeXml.fromstring(content)
    except (SafeXml.ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        raise FileProblem("not_this_format") from problem
    file = root.find(f"{{{_SPACE}}}file")
    body = file.find(f"{{{_SPACE}}}body") if file is not None else None
    if file is None or body is None:
        raise FileProblem("not_this_format")
    named = file.get("target-language", "").partition("-")[0].lower()
    if named != language:
        raise FileProblem("other_language" if named else "not_this_format")
    lines = []
    for place, node in enumerate(_messages(body), start=1):
        if place > MOST_LINES:
            raise FileProblem("too_many_lines")
        lines.append(_line(place, node, language))
    return lines


def _messages(body: Xml.Element) -> list[Xml.Element]:
    """Groups of forms, and units that stand alone, also within groups that only keep things together."""
    found: list[Xml.Element] = []
    to_look_at = list(reversed(body))
    while to_look_at:
        node = to_look_at.pop()
        if node.tag == f"{{{_SPACE}}}trans-unit" or node.get("restype") == _PLURALS:
            found.append(node)
        elif node.tag == f"{{{_SPACE}}}group":
            to_look_at += reversed(node)
    return found


def _line(place: int, node: Xml.Element, language: str) -> Line:
    is_group = node.get("restype") == _PLURALS
    units = node.findall(f"{{{_SPACE}}}trans-unit") if is_group else [node]
    if is_group:
        source = tuple(_text(each) for each in _notes(node, "source"))
    else:
        source = (_text(node.find(f"{{{_SPACE}}}source")),)
    forms = tuple(_text(unit.find(f"{{{_SPACE}}}target")) for unit in units)
    line = Line(place, node.get("id", ""), source, forms)
    notes = (_text(each) for each in _notes(node, _CHECKER))
    check = read_check(notes, Message(line.message, source), forms, language)
    return msgspec.structs.replace(line, check=check)


def _notes(node: Xml.Element, whose: str) -> list[Xml.Element]:
    return [each for each in node.findall(f"{{{_SPACE}}}note") if each.get("from") == whose]


def _text(node: Xml.Element | None) -> str:
    return "".join(node.itertext()) if node is not None else ""
