"""Where somebody lives: postcodes, and a house with its street."""

from __future__ import annotations

import re

from analysis.redaction.detail import Zones
from analysis.redaction.lists import words_in

_AREAS = words_in("areas")
_POSTCODE = re.compile(r"(?<![\w/-])([A-Z]{1,2})(\d[A-Z\d]?[ ]{0,2}\d[ABD-HJLNP-UW-Z]{2})\b")
_POSTCODE_SMALL = re.compile(
    rf"(?<![\w/-])(?:{'|'.join(sorted(_AREAS))})\d[A-Z\d]?[ ]{{0,2}}\d(?!st\b|nd\b|rd\b|th\b|am\b|"
    rf"pm\b)[ABD-HJLNP-UW-Z]{{2}}\b",
    re.IGNORECASE,
)
_HALF = re.compile(
    rf"\bpost ?code(?: is| was|:| of)?[ ]{{1,2}}(?P<half>(?:{'|'.join(sorted(_AREAS))})\d[A-Z\d]?)\b", re.IGNORECASE
)

STREETS = words_in("streets")
_SURE_STREETS = words_in("sure_streets")
_STREET, _SURE_STREET = "|".join(sorted(STREETS)), "|".join(sorted(_SURE_STREETS))
_TITLED_STREET = "|".join(each.title() for each in sorted(_SURE_STREETS))
_WORD = r"(?:[A-Z][\w'’.-]{0,24}|St\.?|of|the|on|le|in)"
_NUMBER = (
    r"(?:(?:flat|apartment|apt|unit|room|block|house)[ ](?:no\.?[ ])?[A-Z\d]{1,4},?[ ])?(?:no\.?[ ]|number[ ])?"
    r"\d{1,4}[a-zA-Z]?(?:[ ]?[-/&][ ]?\d{1,4}[a-z]?)?"
)
_HOUSE = re.compile(
    rf"(?<![\w£$€.,/-])(?i:{_NUMBER}),?[ ]{_WORD}(?:[ ]{_WORD}){{0,3}}[ ](?i:{_STREET})\b\.?(?!\w)",
)
_THE_HOUSE = re.compile(rf"(?<![\w£$€.,/-])(?i:{_NUMBER}),?[ ]The[ ][A-Z][\w'’-]{{2,24}}(?:[ ][A-Z][\w'’-]{{2,24}})?")
_HOUSE_SMALL = re.compile(
    rf"(?<![\w£$€.,/-])(?P<number>{_NUMBER}),?[ ](?P<name>[a-z][\w'’-]{{1,20}}(?:[ ][a-z][\w'’-]{{1,20}}){{0,2}})[ ]"
    rf"(?:{_SURE_STREET})\b",
    re.IGNORECASE,
)
_FLAT = re.compile(
    r"\b(?i:flat|apartment|apt\.?)[ ](?i:no\.?[ ])?\d{1,4}[a-zA-Z]?,?[ ]"
    r"[A-Z][\w'’-]{1,24}(?:[ ][A-Z][\w'’-]{1,24}){0,3}"
)
_NAMED_HOUSE = re.compile(
    r"\b[A-Z][\w'’-]{1,24}(?:[ ][A-Z][\w'’-]{1,24}){0,2}[ ](?:Cottage|House|Farm|Barn|Lodge|Court|Villa|Bungalow),[ ]"
    rf"[A-Z][\w'’-]{{1,24}}(?:[ ][A-Z][\w'’-]{{1,24}}){{0,2}}[ ](?:{_TITLED_STREET})\b"
)
_THE_WORD_NUMBER = re.compile(r"(?:number|no\.?)[ ]", re.IGNORECASE)
_NO_HOUSE = re.compile(
    r"(?:\b(?:year|yr|section|stage|room|class|group|part|page|question|q|unit|age|aged|band|tier|chapter|point|"
    r"top|ks|over|"
    r"under|nearly|about|around|only|another|within|at least|up to)[ ])$",
    re.IGNORECASE,
)
_NO_STREET_NAME = words_in("no_street_name")


def find_postcodes(zones: Zones) -> None:
    for match in _POSTCODE.finditer(zones.text):
        if match[1] in _AREAS or " " in match[2]:
            zones.add("POSTCODE", *match.span())
    for match in _POSTCODE_SMALL.finditer(zones.text):
        zones.add("POSTCODE", *match.span())
    for match in _HALF.finditer(zones.text):
        zones.add("POSTCODE", *match.span("half"))


def find_addresses(zones: Zones) -> None:
    text = zones.text
    for match in _NAMED_HOUSE.finditer(text):
        zones.add("ADDRESS", *match.span())
    if not any(map(str.isdecimal, text)):
        return
    for pattern in (_FLAT, _HOUSE, _THE_HOUSE):
        for match in pattern.finditer(text):
            start = _after_the_word_number(match)
            if not _NO_HOUSE.search(text[max(0, match.start() - 12) : match.start()]):
                zones.add("ADDRESS", start, match.end() - match.group().endswith("."))
    for match in _HOUSE_SMALL.finditer(text):
        words = match["name"].lower().split()
        if not _NO_STREET_NAME.intersection(words) and not _NO_HOUSE.search(
            text[max(0, match.start() - 12) : match.start()]
        ):
            zones.add("ADDRESS", *match.span())


def _after_the_word_number(match: re.Match[str]) -> int:
    """Where the address begins: "number 15" is told as "15"."""
    word = _THE_WORD_NUMBER.match(match.group())
    return match.start() + (word.end() if word else 0)
