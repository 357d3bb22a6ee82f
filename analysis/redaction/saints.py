"""Schools and churches by their saint: "St Mary's", "Our Lady of Lourdes", "All Saints"."""

from __future__ import annotations

import re

from analysis.redaction.detail import Zones
from analysis.redaction.place_heads import tell_with_heads
from analysis.redaction.words import Reading

_HOLY = re.compile(
    r"\b(?:Our Lady(?: of(?: the)? [A-Z][\w'’]+(?: [A-Z][\w'’]+)?|(?:'s|’s))?|Sacred Heart|Holy (?:Trinity|"
    r"Cross|Family|Rosary|Name|"
    r"Redeemer|Souls|Ghost|Spirit)|All (?:Saints|Souls)['’]?|Corpus Christi|Christ (?:Church|the King)|Blessed "
    r"[A-Z][\w'’]+(?: [A-Z][\w'’]+)?|English Martyrs|Good Shepherd|Immaculate Conception|Most Holy [A-Z]\w+|Saints? "
    r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)(?![\w])"
)
_SAINT = re.compile(
    r"\b(?:St|Saint|SS|Sts)\.?[ ](?P<name>[A-Z][^\W\d_]+(?:['’-][^\W\d_]+)*)(?:(?<!['’]s)[ ]?(?:and|"
    r"&)[ ](?:St\.?[ ])?[A-Z][^\W\d_]+(?:['’]s)?)?"
)
_SAINT_SMALL = re.compile(r"\bst\.?[ ][a-z]{3,}(?:['’]?s)\b")
_HOLY_SMALL = re.compile(
    r"\b(?:our lady['’]?s|sacred heart|holy (?:trinity|cross|family|rosary)|all saints['’]?|corpus christi)\b"
    r"|\bss\.? [a-z]{3,} (?:and|&) [a-z]{3,}\b"
)
_HOLY_WORDS = ("our lad", "sacred", "holy", "all saints", "corpus", "ss ", "ss. ")
_NO_SAINT_TOWNS = frozenset(
    {
        "albans",
        "helens",
        "andrews",
        "ives",
        "austell",
        "neots",
        "asaph",
        "lucia",
        "kitts",
        "petersburg",
        "patrick's",
        "george's",
        "david's",
        "andrew's",
        "valentine's",
        "john",
    }
)


def find_saints(reading: Reading, zones: Zones) -> None:
    text = reading.text
    if "St" in text or "Sain" in text or "SS" in text:
        for match in _SAINT.finditer(text):
            if match["name"].lower() in _NO_SAINT_TOWNS:
                continue
            tell_with_heads(reading, zones, match.start(), match.end())
    if "st " in text or "st. " in text:
        for match in _SAINT_SMALL.finditer(text):
            if match.group().split()[-1] not in _NO_SAINT_TOWNS:
                tell_with_heads(reading, zones, match.start(), match.end())
    for match in _HOLY_SMALL.finditer(text) if any(each in text for each in _HOLY_WORDS) else ():
        tell_with_heads(reading, zones, match.start(), match.end())
    for match in _HOLY.finditer(text):
        tell_with_heads(reading, zones, match.start(), match.end())
