"""Words for themes by their ids, also for themes that are in the frame no longer.

A theme that has the name of the product's own frame is named in the reader's language. What a partnership called a
theme is theirs, and stays as they wrote it: pages put it into a ``bdi`` or under ``dir="auto"``.
"""

from __future__ import annotations

from collections.abc import Sequence

import babel.numbers

from voice.languages import current, in_digits_of, ngettext
from voice.languages import gettext as _
from voice.themes.naming import ThemeNames
from voice.web import wordings


def theme(names: ThemeNames, theme_id: str) -> str:
    """The name of a theme in use, or the last name of one that was."""
    return wordings.theme(theme_id, names.named(theme_id))


def themes(names: ThemeNames, joined: str) -> list[str]:
    """The names of ids joined by ``;``."""
    return [theme(names, theme_id) for theme_id in joined.split(";") if theme_id]


def sent_alike(people: int) -> str:
    """That many people sent the same letter, as it were."""
    return ngettext(
        "%(num)s person sent nearly the same words.", "%(num)s people sent nearly the same words.", people
    ) % {"num": wordings.number(people)}


def campaigns(sizes: Sequence[int]) -> str:
    """How many people sent each campaign about a theme, and that each is counted once."""
    return " ".join([*(sent_alike(people) for people in sizes), _("We count the same words once.")])


def hundredths(value: float) -> str:
    """A coefficient with two places behind the point."""
    written = babel.numbers.format_decimal(value, format="0.00", locale=current().locale)
    return in_digits_of(written, current().code)
