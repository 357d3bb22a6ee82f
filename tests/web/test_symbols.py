"""Every picture that our pages and our question types name is one that we have."""

from __future__ import annotations

import re
from pathlib import Path

from surveys.question_types import IMPLIED, sorting
from voice.web.pages import built_symbols, symbol

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
NAMED = re.compile(r"""symbol\("([^"]+)\"""")


class TestSymbols:
    def test_every_page_names_pictures_that_there_are(self) -> None:
        named = {
            (name, path.name) for path in TEMPLATES.rglob("*.html") for name in NAMED.findall(path.read_text("utf-8"))
        }
        assert len(named) > 10
        assert {(name, page) for name, page in named if name not in built_symbols()} == set()

    def test_every_option_of_ours_has_a_picture(self) -> None:
        kinds = {**IMPLIED, "sorting": sorting.places}
        options = {
            (kind, option.symbol) for kind, made in kinds.items() for option in made(lambda message: {"en": message})
        }
        assert {(kind, name) for kind, name in options if name not in built_symbols()} == set()

    def test_a_picture_that_we_do_not_have_is_none(self) -> None:
        assert symbol("walrus") == ""
        assert symbol("") == ""
        assert 'alt=""' in symbol("bus")
