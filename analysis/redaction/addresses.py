"""Where somebody lives: postcodes, and a house with its street."""

from __future__ import annotations

import re

from analysis.redaction.detail import Zones

_AREAS = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G "
    "GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW "
    "OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD "
    "WF WN WR WS WV YO ZE"
).split()
_POSTCODE = re.compile(r"(?<![\w/-])([A-Z]{1,2})(\d[A-Z\d]?[ ]{0,2}\d[ABD-HJLNP-UW-Z]{2})\b")
_POSTCODE_SMALL = re.compile(
    rf"(?<![\w/-])(?:{'|'.join(_AREAS)})\d[A-Z\d]?[ ]{{0,2}}\d(?!st\b|nd\b|rd\b|th\b|am\b|pm\b)[ABD-HJLNP-UW-Z]{{2}}\b",
    re.IGNORECASE,
)
_HALF = re.compile(rf"\bpost ?code(?: is| was|:| of)?[ ]{{1,2}}(?P<half>(?:{'|'.join(_AREAS)})\d[A-Z\d]?)\b", re.IGNORECASE)

STREETS = (
    "street st road rd lane ln avenue ave av close cl crescent cres drive dr court ct way grove gardens gdns garden terrace "
    "place pl mews hill rise row square sq walk green park view mount croft parade villas cottages cottage house lodge "
    "fields field meadow meadows end gate wharf quay vale bank heath yard buildings mansions towers tower point heights "
    "common wood woods mead dene path alley passage ride spinney glade garth hollow dell orchard oval circus boulevard "
    "esplanade promenade chase drove fold brow brae side approach link parkway broadway ridge leys copse paddock paddocks "
    "mill bridge farm barn quays reach ford"
).split()
_SURE_STREETS = (
    "street road rd lane avenue ave close crescent drive grove mews terrace gardens court walk parade villas croft place "
    "rise way row square".split()
)
_WORD = r"(?:[A-Z][\w'’.-]{0,24}|St\.?|of|the|on|le|in)"
_NUMBER = r"(?:(?:flat|apartment|apt|unit|room|block|house)[ ](?:no\.?[ ])?[A-Z\d]{1,4},?[ ])?(?:no\.?[ ]|number[ ])?\d{1,4}[a-zA-Z]?(?:[ ]?[-/&][ ]?\d{1,4}[a-z]?)?"
_HOUSE = re.compile(
    rf"(?<![\w£$€.,/-])(?i:{_NUMBER}),?[ ]{_WORD}(?:[ ]{_WORD}){{0,3}}[ ](?i:{'|'.join(STREETS)})\b\.?(?!\w)",
)
_THE_HOUSE = re.compile(rf"(?<![\w£$€.,/-])(?i:{_NUMBER}),?[ ]The[ ][A-Z][\w'’-]{{2,24}}(?:[ ][A-Z][\w'’-]{{2,24}})?")
_HOUSE_SMALL = re.compile(
    rf"(?<![\w£$€.,/-])(?P<number>{_NUMBER}),?[ ](?P<name>[a-z][\w'’-]{{1,20}}(?:[ ][a-z][\w'’-]{{1,20}}){{0,2}})[ ]"
    rf"(?:{'|'.join(_SURE_STREETS)})\b",
    re.IGNORECASE,
)
_FLAT = re.compile(
    rf"\b(?i:flat|apartment|apt\.?)[ ](?i:no\.?[ ])?\d{{1,4}}[a-zA-Z]?,?[ ][A-Z][\w'’-]{{1,24}}(?:[ ][A-Z][\w'’-]{{1,24}}){{0,3}}"
)
_NAMED_HOUSE = re.compile(
    r"\b[A-Z][\w'’-]{1,24}(?:[ ][A-Z][\w'’-]{1,24}){0,2}[ ](?:Cottage|House|Farm|Barn|Lodge|Court|Villa|Bungalow),[ ]"
    rf"[A-Z][\w'’-]{{1,24}}(?:[ ][A-Z][\w'’-]{{1,24}}){{0,2}}[ ](?:{'|'.join(each.title() for each in _SURE_STREETS)})\b"
)
_NO_HOUSE = re.compile(
    r"(?:\b(?:year|yr|section|stage|room|class|group|part|page|question|q|unit|age|aged|band|tier|chapter|point|top|ks|over|"
    r"under|nearly|about|around|only|another|within|at least|up to)[ ])$",
    re.IGNORECASE,
)
_NO_STREET_NAME = frozenset(
    "minute minutes min mins mile miles hour hours day days week weeks month months year years door doors house houses "
    "people kids children cars times time of the a an our my his her their this that in on to from at is was and or per "
    "more other different new main busy metres meters yards km steps buses bus out off way ways different side flat for".split()
)


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
    for pattern in (_HOUSE, _THE_HOUSE, _FLAT, _NAMED_HOUSE):
        for match in pattern.finditer(text):
            if not _NO_HOUSE.search(text[max(0, match.start() - 12) : match.start()]):
                zones.add("ADDRESS", match.start(), match.end() - match.group().endswith("."))
    for match in _HOUSE_SMALL.finditer(text):
        words = match["name"].lower().split()
        if not _NO_STREET_NAME.intersection(words) and not _NO_HOUSE.search(text[max(0, match.start() - 12) : match.start()]):
            zones.add("ADDRESS", *match.span())
