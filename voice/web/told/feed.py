"""The feed of "you said, we did": Atom (RFC 4287), for sites that show our news in their own words and colours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from voice.languages import LANGUAGES, speak
from voice.languages import gettext as _
from voice.published.item import Item
from voice.web.told import told_words

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
XHTML = "http://www.w3.org/1999/xhtml"
LONGEST_TITLE = 120


def atom(items: Sequence[Item], *, language: str, base_url: str, partnership: str, today: dt.date) -> bytes:
    """The feed in one language; what is not translated stands in English, and says so (``xml:lang``)."""
    speak(language)
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": language})
    here = f"{base_url}/you-said/feed.xml?lang={language}"
    _add(feed, "id", here)
    _add(feed, "title", _("You said, we did"))
    _add(feed, "updated", _moment(max((_day(each) for each in items), default=today)))
    _add(feed, "link", rel="self", href=here, type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=f"{base_url}/you-said?lang={language}", type="text/html")
    _add(_add(feed, "author"), "name", partnership or "Golden Thread")
    for item in items:
        _entry(feed, item, language, base_url)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: ET.Element, item: Item, language: str, base_url: str) -> None:
    entry = _add(feed, "entry")
    heard = item.says("heard", language)
    entry.set(f"{{{XML}}}lang", heard.language)
    # An action keeps its name when newer words are published, so that readers replace what they have.
    _add(entry, "id", f"urn:uuid:{item.action}")
    _add(entry, "title", heard.text if len(heard.text) <= LONGEST_TITLE else f"{heard.text[: LONGEST_TITLE - 1]}…")
    _add(entry, "updated", _moment(_day(item)))
    _add(entry, "link", rel="alternate", href=f"{base_url}/you-said/{item.id}?lang={language}", type="text/html")
    content = _add(entry, "content", type="xhtml")
    whole = ET.SubElement(content, f"{{{XHTML}}}div")
    parts = (
        (told_words.said_by(item.said_by), "heard"),
        (told_words.did(item.outcome), "did"),
        (_("What has happened since"), "since"),
        (_("What still needs to happen"), "still"),
    )
    for heading, part in parts:
        said = item.says(part, language)
        if said.text:
            ET.SubElement(
                whole, f"{{{XHTML}}}p", {"dir": LANGUAGES[language].direction, "lang": language}
            ).text = heading
            words = {"dir": LANGUAGES[said.language].direction, "lang": said.language}
            ET.SubElement(whole, f"{{{XHTML}}}p", words).text = said.text


def _add(to: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    added = ET.SubElement(to, f"{{{ATOM}}}{name}", attributes)
    if text:
        added.text = text
    return added


def _day(item: Item) -> dt.date:
    assert item.published_on is not None, "only what is published is in the feed"
    return item.published_on


def _moment(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
