"""What static/build.py makes of symbols, and how it replaces an earlier build."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from static.build import CannotBuild, Symbol, draw, publish, read_symbols

ICONS = {
    "width": 32,
    "height": 32,
    "icons": {
        "hand": {"body": '<path d="M1 1h9"/>'},
        "tall": {"body": '<path d="M2 2h9"/>', "height": 48},
        "glow": {"body": '<g fill="url(#a)"><defs><radialGradient id="a"/></defs><use href="#a"/></g>'},
    },
    "aliases": {
        "other-hand": {"parent": "hand", "hFlip": True},
        "same-hand": {"parent": "other-hand", "hFlip": True},
        "turned-hand": {"parent": "hand", "rotate": 1},
    },
}


def read_drawing(name: str, icon: str) -> ElementTree.Element:
    return ElementTree.fromstring(draw(Symbol(name, icon), ICONS))


class TestReadingTheList:
    def test_it_reads_names_and_passes_over_remarks(self) -> None:
        text = "# ours  theirs\n\nletter   envelope\nnext hand\n"
        assert read_symbols(text) == (Symbol("letter", "envelope"), Symbol("next", "hand"))

    @pytest.mark.parametrize("line", ["letter", "letter envelope red", "Letter envelope", "../letter envelope"])
    def test_it_says_which_line_it_cannot_read(self, line: str) -> None:
        with pytest.raises(CannotBuild, match="line 2"):
            read_symbols(f"next hand\n{line}\n")

    def test_it_refuses_a_name_given_twice(self) -> None:
        with pytest.raises(CannotBuild, match="line 2: 'next'"):
            read_symbols("next hand\nnext tall\n")


class TestDrawing:
    def test_it_stands_alone_in_the_size_of_the_set(self) -> None:
        drawn = read_drawing("next", "hand")
        assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
        assert drawn.get("viewBox") == "0 0 32 32"
        assert drawn[0].get("d") == "M1 1h9"

    def test_it_keeps_an_icons_own_size(self) -> None:
        assert read_drawing("tower", "tall").get("viewBox") == "0 0 32 48"

    def test_it_mirrors_an_alias(self) -> None:
        assert read_drawing("back", "other-hand")[0].get("transform") == "translate(32 0) scale(-1 1)"

    def test_it_mirrors_an_alias_of_a_mirrored_alias_back(self) -> None:
        assert draw(Symbol("back", "same-hand"), ICONS) == draw(Symbol("next", "hand"), ICONS)

    def test_it_keeps_the_ids_of_two_symbols_in_one_page_apart(self) -> None:
        assert '<g fill="url(#sun-a)"><defs><radialGradient id="sun-a"/></defs><use href="#sun-a"/>' in draw(
            Symbol("sun", "glow"), ICONS
        )

    def test_it_says_which_symbol_has_no_icon(self) -> None:
        with pytest.raises(CannotBuild, match=r"'next': .* has no icon 'foot'"):
            draw(Symbol("next", "foot"), ICONS)

    def test_it_refuses_an_icon_it_would_draw_wrongly(self) -> None:
        with pytest.raises(CannotBuild, match="turned-hand"):
            draw(Symbol("next", "turned-hand"), ICONS)


class TestPublishing:
    def test_it_replaces_an_earlier_build(self, tmp_path: Path) -> None:
        publish({"golden.css": b"a", "symbols/old.svg": b"b", "pictures/deep/old.svg": b"c"}, tmp_path)
        publish({"golden.css": b"a{}", "symbols/new.svg": b"d"}, tmp_path)
        files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
        assert files == {"golden.css", "symbols/new.svg", "manifest.json"}
        assert not (tmp_path / "pictures").exists()
        assert (tmp_path / "golden.css").read_bytes() == b"a{}"

    def test_it_names_each_file_by_its_content(self, tmp_path: Path) -> None:
        publish({"golden.css": b"a{}"}, tmp_path)
        first = json.loads((tmp_path / "manifest.json").read_bytes())
        publish({"golden.css": b"b{}"}, tmp_path)
        second = json.loads((tmp_path / "manifest.json").read_bytes())
        assert set(first) == set(second) == {"golden.css"}
        assert len(first["golden.css"]) == 10
        assert first != second

    def test_it_leaves_what_did_not_change_alone(self, tmp_path: Path) -> None:
        publish({"golden.css": b"a{}", "symbols/next.svg": b"b"}, tmp_path)
        before = (tmp_path / "symbols/next.svg").stat()
        publish({"golden.css": b"c{}", "symbols/next.svg": b"b"}, tmp_path)
        after = (tmp_path / "symbols/next.svg").stat()
        assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
