"""Languages as the columns of other tools name them: ``label::English (en)``."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale, UnknownLocaleError

_CODE = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\s*\)\s*$")


def language_name(code: str) -> str:
    """The English name of a language with its code, such as ``Polish (pl)``."""
    try:
        name = Locale.parse(code, sep="-").get_display_name("en")
    except (UnknownLocaleError, ValueError):
        name = None
    return f"{name or code} ({code})"


def language_code(named: str) -> str | None:
    """The code of a language that is named ``Polish (pl)``, ``pl`` or ``Polish``; ``None`` for an unknown name."""
    if found := _CODE.search(named):
        return found[1].replace("_", "-")
    name = named.strip()
    if name.casefold() in _names():
        return _names()[name.casefold()]
    if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", name):
        return name.replace("_", "-") if len(name) > 3 else name.lower()
    return None


@cache
def _names() -> dict[str, str]:
    """Codes by the English name and by the language's own, in small letters."""
    english = {str(code): str(name) for code, name in Locale("en").languages.items()}
    names = {name.casefold(): code for code, name in english.items() if len(code) <= 3}
    for code in [code for code in english if len(code) == 2]:
        try:
            own = Locale.parse(code).get_language_name(code)
        except (UnknownLocaleError, ValueError):
            continue
        if own:
            names.setdefault(own.casefold(), code)
    return names
