"""What one cell says: its text without a spreadsheet's oddities, and the forms used to compare and to
name."""

import hashlib
import re
import unicodedata
from datetime import date, datetime

from surveys.importing.sheet import Cell

# Spaces that are no spaces to str.strip, and marks that only steer layout. The joiners U+200C and U+200D
# are not here: Urdu and emoji are misspelt without them.
_ZERO_WIDTH = "\u00ad\u200b\u2060\ufeff"
_DIRECTION_MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_BLANK = "".join(map(chr, range(0x21))) + "\u007f\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"
_BLANK += "".join(map(chr, range(0x2000, 0x200B))) + _ZERO_WIDTH + _DIRECTION_MARKS

_TIDIED: dict[int, str | None] = {
    **{code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\u0085"},
    **{ord(mark): None for mark in _ZERO_WIDTH},
    **dict.fromkeys((9, 160, 5760, *range(8192, 8203), 8239, 8287, 12288), " "),
    **dict.fromkeys((133, 8232, 8233), "\n"),
}

_FORMULA_TEXT = re.compile(r'="((?:[^"]|"")*)"', re.DOTALL)
_PROTECTED = re.compile(r"'[=+\-@0-9]")
_FORMULA_ERRORS = frozenset(
    {"#N/A", "#NAME?", "#VALUE!", "#REF!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
_WHOLE_NUMBER = re.compile(r"([+-]?\d+)\.0+")
_SAME = str.maketrans("\u2018\u2019\u201b\u02bc\u201c\u201d\u2010\u2011\u2012\u2013\u2014", "''''\"\"-----")
_NOT_WORD = re.compile(r"[\W_]+")


def is_blank(cell: Cell) -> bool:
    """Whether nothing is there to be seen: no cell, or only spaces and invisible marks."""
    return cell is None or (isinstance(cell, str) and not cell.strip(_BLANK))


def text_of(cell: Cell) -> str:
    """The text of a cell as a person would have typed it; "" when blank.

    Undone: `="0123"`, an apostrophe that protects a number or a formula, no-break and zero-width spaces,
    control characters, whole numbers that became decimals (3.0), Windows line ends. Kept: everything else a
    person wrote, curly quotation marks included. Dates come out in ISO form.
    """
    if isinstance(cell, str):
        return _tidied(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _tidied(text: str) -> str:
    if not text.isascii() or not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_TIDIED)
    text = text.strip(_BLANK)
    if not text.startswith(("=", "'")):
        return text
    if formula := _FORMULA_TEXT.fullmatch(text):
        return formula[1].replace('""', '"').strip(_BLANK)
    return text[1:] if _PROTECTED.match(text) else text


def is_formula_error(text: str) -> bool:
    """Whether a spreadsheet put its own failure (#N/A, #REF! ...) where an answer should be."""
    return text.startswith("#") and text.upper() in _FORMULA_ERRORS


def one_line(text: str) -> str:
    return " ".join(text.split())


def comparable(text: str) -> str:
    """The form in which two wordings count as the same: case, spacing, kind of quotation mark or dash,
    surrounding punctuation, pictures and asterisks disregarded. Signs of numbers (+, -) count."""
    return _bare(one_line(text).translate(_SAME).casefold())


def comparable_value(text: str) -> str:
    """`comparable`, and 3.0 is 3."""
    form = comparable(text)
    whole = _WHOLE_NUMBER.fullmatch(form)
    return whole[1] if whole else form


def _bare(text: str) -> str:
    first, last = 0, len(text)
    while first < last and _is_ornament(text[first]):
        first += 1
    while last > first and _is_ornament(text[last - 1]):
        last -= 1
    return text[first:last] or text


def _is_ornament(character: str) -> bool:
    if character.isalnum() or character in "+-%()":
        return False
    return unicodedata.category(character)[0] in "ZPC" or unicodedata.category(character) in {
        "So",
        "Sk",
        "Mn",
    }


def slug(text: str, longest: int = 60) -> str:
    """A name for a wording in a-z, 0-9 and _.

    Where letters are lost (another script) or the name was cut, part of a digest of the wording follows, so
    that two wordings do not share a name.
    """
    form = comparable(text)
    letters = unicodedata.normalize("NFKD", form.replace("'", "").replace("ł", "l"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    kept = plain.encode("ascii", "ignore").decode().lower()
    name = _NOT_WORD.sub("_", kept).strip("_")
    lost = any(not letter.isascii() and letter.isalnum() for letter in plain)
    if lost or len(name) > longest or not name:
        digest = hashlib.sha256(form.encode()).hexdigest()[:8]
        head = name if len(name) <= longest - 9 else name[: longest - 8].rpartition("_")[0][: longest - 9]
        return "_".join(part for part in (head.strip("_"), digest) if part)
    return name
