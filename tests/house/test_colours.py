"""Colours are the same in every language and at every width, so that a browser looks at them once (``looking.py``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from voice.web.pages import BUILT

BY_LANGUAGE = re.compile(r":lang\(|:dir\(|\[lang|\[dir")
BY_WIDTH = re.compile(r"@media[^{]*width")
A_COLOUR = re.compile(r"(?:^|[;-])(?:color|background|fill|stroke|opacity|filter)\s*:")


def rules(style: str, around: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each block of declarations with what stands before it, from the outside in."""
    place = 0
    while (opens := style.find("{", place)) >= 0:
        before = style[place:opens].rpartition(";")[2].strip()
        depth, end = 1, opens + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(style[end], 0)
            end += 1
        inside = style[opens + 1 : end - 1]
        if "{" in inside:
            yield from rules(inside, (*around, before))
        else:
            yield (*around, before), inside
        place = end


@pytest.mark.parametrize("name", ["golden.css", "working.css"])
class TestColours:
    def test_no_language_and_no_width_has_its_own(self, name: str) -> None:
        found = [
            (where, said)
            for where, said in rules((BUILT / name).read_text(encoding="utf-8"))
            if A_COLOUR.search(said) and any(BY_LANGUAGE.search(each) or BY_WIDTH.search(each) for each in where)
        ]
        assert found == []

    def test_it_reads_the_whole_style_sheet(self, name: str) -> None:
        read = [*rules((BUILT / name).read_text(encoding="utf-8"))]
        assert len(read) > 100
        assert any(BY_WIDTH.search(each) for where, _ in read for each in where)


def test_it_would_see_one() -> None:
    (found,) = rules("@media (min-width:40rem){.a:lang(ur){margin:0;background-color:red}}")
    assert found == (("@media (min-width:40rem)", ".a:lang(ur)"), "margin:0;background-color:red")
    assert A_COLOUR.search(found[1])
