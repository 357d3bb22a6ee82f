"""The printed form as plain data: what ``templates/paper/`` says, ready to be set on paper."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

Element = dict[str, Any]
"""``tag``, ``classes``, ``attributes`` by name, and ``inside``: elements and text in their order."""

EMPTY = frozenset({"img", "br"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[Element] = [_element("body", [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _element(tag, attrs)
        self.open[-1]["inside"].append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element["tag"] == tag for element in self.open[1:]):
            while self.open.pop()["tag"] != tag:
                pass

    def handle_data(self, data: str) -> None:
        inside = self.open[-1]["inside"]
        words = " ".join(data.split())
        if not words:
            if inside and data:
                inside.append(" ")
            return
        before = " " if data[0].isspace() and inside else ""
        inside.append(before + words + (" " if data[-1].isspace() else ""))


def _element(tag: str, attrs: list[tuple[str, str | None]]) -> Element:
    attributes = {name: value or "" for name, value in attrs}
    return {"tag": tag, "classes": attributes.pop("class", "").split(), "attributes": attributes, "inside": []}


def read(html: str) -> list[Any]:
    """The elements and the text of a piece of HTML that we made ourselves."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    inside: list[Any] = reader.open[0]["inside"]
    return inside
