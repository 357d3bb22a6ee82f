"""Which kind of question a row of an XLSForm is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

import msgspec

from surveys.document import Option, QuestionKind
from surveys.exchange.carried import Reason
from surveys.exchange.xlsform_columns import Cells

KINDS: Mapping[str, QuestionKind] = {
    "text": "free_text",
    "string": "free_text",
    "date": "date",
    "note": "information",
    "image": "photo",
    "photo": "photo",
    "audio": "recording",
    "acknowledge": "consent",
    "trigger": "consent",
}
NUMBERS = ("integer", "int", "decimal")
FROM_DEVICE = {
    *("start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit"),
    *("start-geopoint", "background-audio", "background-geopoint"),
}
CALCULATED = {"calculate", "hidden", "csv-external", "xml-external"}

LOOKS = {
    "multiline",
    "draw",
    "field-list",
    "horizontal",
    "minimal",
    "likert",
    "quick",
    "w1",
    "w2",
    "w3",
    "w4",
    "compact",
}
"""Looks that change nothing of what is asked."""

_LENGTH = re.compile(r"string-length\(\s*\.\s*\)\s*(<=|<)\s*(\d+)")
_COUNT = re.compile(r"count-selected\(\s*\.\s*\)\s*(<=|<)\s*(\d+)")
_FROM_0_TO_10 = re.compile(r"\.\s*>=\s*0\s+and\s+\.\s*<=\s*10")
_OUR_CHECKS = (
    re.compile(r"not\(selected\(\., 'rather_not_say'\) and count-selected\(\.\) > 1\)"),
    re.compile(r"regex\(\., '\^\[A-Za-z\]\{1,2\}\[0-9\]\[0-9A-Za-z\]\?\$'\)"),
)
MOST_STEPS = 11


class RowType(msgspec.Struct, frozen=True):
    """``word`` is the type in small letters; ``list_name`` names the choices as it is written."""

    word: str
    list_name: str = ""
    or_other: bool = False


class Read(msgspec.Struct, frozen=True):
    """What a type becomes. ``options`` are those that the type itself brings."""

    kind: QuestionKind | None
    reasons: tuple[Reason, ...] = ()
    options: tuple[Option, ...] = ()


class Checks(msgspec.Struct, frozen=True):
    """What a constraint says: the longest text, how many may be chosen, and what else there is."""

    limit: int
    most: int
    rest: str


def row_type(written: str) -> RowType:
    words = written.split()
    lower = [word.casefold() for word in words]
    if lower[:1] in (["begin"], ["end"]) and len(words) > 1:
        return RowType(f"{lower[0]}_{lower[1]}")
    if lower[:2] in (["select", "one"], ["select", "multiple"]):
        words = ["_".join(lower[:2]), *words[2:]]
    elif lower[:1] in (["select1"], ["select"]):
        words = ["select_one" if lower[0] == "select1" else "select_multiple", *words[1:]]
    lower = [word.casefold() for word in words]
    if lower and lower[0] in ("select_one", "select_multiple", "rank"):
        rest = [word for word in words[1:] if word.casefold() != "from"]
        or_other = bool(rest) and rest[-1].casefold() in ("or_other", "other") and len(rest) > 1
        return RowType(lower[0], " ".join(rest[:-1] if or_other else rest), or_other)
    return RowType(" ".join(lower))


def kind_of(type: RowType, cells: Cells, constraint: str) -> Read:
    """The kind of a row that asks something. A kind of ``None`` is one that we do not ask."""
    named = cells.one("gt_kind")
    if named in get_args(QuestionKind):
        return Read(named)  # type: ignore[arg-type]
    appearance = cells.one("appearance", "body::appearance").casefold().split()
    match type.word:
        case "select_one":
            return Read("single_choice")
        case "select_multiple":
            return Read("multiple_choice")
        case "rank":
            return Read("ranking")
        case "image" | "photo" if "signature" in appearance:
            return Read(None, ("kind_not_known",))
        case "image" | "photo" if "draw" in appearance:
            return Read("drawing")
        case "acknowledge" | "trigger":
            return Read("consent", ("acknowledge_as_consent",))
        case word if word in NUMBERS:
            if _FROM_0_TO_10.search(constraint):
                return Read("number_scale")
            return Read("free_text", ("number_as_words",))
        case "range":
            return _range(cells.one("parameters"))
        case word if word in KINDS:
            return Read(KINDS[word])
        case word if word in FROM_DEVICE:
            return Read(None, ("from_device",))
        case word if word in CALCULATED:
            return Read(None, ("calculated",))
        case word if word.startswith(("select_one_from", "select_multiple_from", "select_one_external")):
            return Read(None, ("choices_elsewhere",))
    return Read(None, ("kind_not_known",))


def _range(parameters: str) -> Read:
    given = dict(re.findall(r"(start|end|step)\s*=\s*(-?\d+(?:\.\d+)?)", parameters.casefold()))
    first, last, step = (float(given.get(name, usual)) for name, usual in (("start", 1), ("end", 10), ("step", 1)))
    if (first, last, step) == (0, 10, 1):
        return Read("number_scale")
    steps = (last - first) / step + 1 if step > 0 and last > first else 0.0
    if not 2 <= steps < MOST_STEPS + 1:  # nor when the numbers are so long that the steps are infinite, or not a number
        return Read("free_text", ("number_as_words",))
    numbers = [f"{first + step * place:g}" for place in range(int(steps + 1e-9))]
    return Read(
        "single_choice", ("range_as_choices",), tuple(Option(number, "number", {"": number}) for number in numbers)
    )


def _whole(digits: str) -> int:
    """The number, or a million for one that is longer: no limit of ours is as high."""
    return int(digits) if len(digits) < 7 else 1_000_000


def checks_of(constraint: str, usual_limit: int) -> Checks:
    rest = constraint
    limit, most = usual_limit, 0
    if found := _LENGTH.search(rest):
        limit = _whole(found[2]) - (found[1] == "<")
        rest = rest.replace(found[0], "")
    for ours in _OUR_CHECKS:
        rest = ours.sub("", rest)
    if found := _COUNT.search(rest):
        most = _whole(found[2]) - (found[1] == "<")
        rest = rest.replace(found[0], "")
    rest = _FROM_0_TO_10.sub("", rest)
    rest = re.sub(r"^(\s|and\b)+|(\s|\band)+$", "", rest)
    return Checks(limit, most, rest)
