"""A survey file of whichever tool, by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import PurePath

import msgspec

from surveys.document import Words
from surveys.exchange.carried import Carried, FormProblem, Left
from surveys.exchange.limesurvey_reading import read_limesurvey
from surveys.exchange.xlsform_reading import read_xlsform

WORKBOOKS = (".xlsx", ".xlsm")
LIMESURVEY = (".lss",)


def read_form(content: bytes, filename: str, words: Callable[[str], Words], known: Collection[str]) -> Carried:
    """The survey in a file, in those of its languages that we know. Raises :class:`FormProblem`."""
    suffix = PurePath(filename).suffix.casefold()
    if suffix in WORKBOOKS:
        carried = read_xlsform(content, words)
    elif suffix in LIMESURVEY:
        carried = read_limesurvey(content, words)
    else:
        raise FormProblem("not_a_form")
    document = carried.document
    spoken = tuple(language for language in document.languages if language in known)
    if not spoken:
        raise FormProblem("no_language_of_ours")
    left = [Left("language_left_out", about=language) for language in document.languages if language not in known]
    return Carried(msgspec.structs.replace(document, languages=spoken), (*carried.left, *left))
