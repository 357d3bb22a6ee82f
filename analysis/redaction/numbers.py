"""Numbers that point to one person: NHS numbers, days of birth, and the references of cases, cards and cars."""

from __future__ import annotations

import re

from analysis.redaction.detail import Detail, Zones

_TEN_DIGITS = re.compile(r"(?<![\d.+/-])\d{3}(?P<gap>[ .\-–]{0,2})\d{3}[ .\-–]{0,2}\d{4}(?![\d/-])")
_TEN_ANYHOW = re.compile(r"(?<![\d.+/-])\d(?:[ -]?\d){9}(?![\d/-])")
_NHS = re.compile(r"\bnhs\b(?:[^.!?\n]|\bno\.){0,40}$", re.IGNORECASE)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_DAY = (
    r"(?:[0-3]?\d(?:[ ]?(?:st|nd|rd|th))?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|"
    r"twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|"
    r"twenty[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|thirty[ -]first)"
)
_YEAR_IN_WORDS = (
    r"(?:two[ ]thousand(?:[ ]and)?(?:[ ](?:twenty[ -])?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty))?"
    r"|(?:nineteen|twenty)[ -](?:(?:twenty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|"
    r"nine))?|oh[ ]\w+|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)(?!\w))"
)
_YEAR = rf"(?:(?:19|20)\d\d|['’]?\d\d|{_YEAR_IN_WORDS})"
_DATE = (
    rf"(?:{_DAY}(?:[ ]of)?[ .,/-]{{0,2}}{_MONTH}\.?(?:[ ,./-]{{1,2}}{_YEAR})?(?!\d)"
    rf"|{_MONTH}[ ]{_DAY}(?!\d)(?:,?[ ]{_YEAR})?(?!\d)"
    rf"|(?:19|20)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\d)"
    rf"|\d{{1,2}}[ ]?[-./][ ]?\d{{1,2}}[ ]?[-./][ ]?{_YEAR}(?!\d)"
    rf"|\d{{1,2}}[ ]\d{{1,2}}[ ]{_YEAR}(?!\d))"
)
_BARE_DATE = r"(?:\d{8}|\d{6})(?!\d)"
_DAY_AND_MONTH = r"\d{1,2}[./-]\d{1,2}(?![\d./-])"
_MONTH_AND_YEAR = rf"{_MONTH}[ ,]{{1,2}}(?:19|20)\d\d(?!\d)"
_BORN = re.compile(
    rf"\b(?:d\.?o\.?bs?\b\.?|dates?[ ]of[ ]births?|birth[ ]?dates?)(?:[^.!?\n\d]|\b[a-z]\.){{0,40}}?"
    rf"(?<!\d)(?P<date>{_DATE}|{_BARE_DATE}|{_MONTH_AND_YEAR})"
    rf"|\b(?:born|b\.|arrived|delivered|came[ ]along|came[ ]into[ ](?:the|our)[ ](?:world|lives|family))"
    rf"(?:[ ]at[ ]\d\d[ ]weeks)?"
    rf"(?:[ ,:-]|[ ](?:on|in|the|early|prematurely|premature|at|home|hospital|a|"
    rf"twin|twins)){{0,8}}[ ]?(?<!\d)(?P<date2>{_DATE}|{_MONTH_AND_YEAR})"
    rf"|\b(?:birthday|bday|b'day|b-day)(?:[ ]?(?:is|was|s|:|-|,|\(|on|the|it's|falls|"
    rf"=)){{0,4}}[ ]?(?<!\d)(?P<date3>{_DATE}|{_DAY_AND_MONTH})"
    rf"|\b(?:turn(?:s|ed|ing)?|(?:is|was|be)(?=[ ]\d+[ ]on[ ]))[ ](?:\d{{1,2}}|one|two|three|four|five|"
    rf"six|seven|"
    rf"eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)[ ]on[ ](?:the[ ])?"
    rf"(?P<date4>{_DATE})"
    rf"|(?<!\d)(?P<date5>{_DATE})[ ]?(?:\)|,|is|was|-|=)?[ ]?(?:\(?(?:born\b|d\.?o\.?b\b|date[ ]of[ ]birth)|"
    rf"(?:is|was)?[ ]?(?:when|the[ ]day)[ ](?:he|she|they|i)[ ](?:was|were)[ ]born|"
    rf"(?:is|was)?[ ]?(?:his|her|their|my|our[ ]\w+'s)[ ](?:birthday|date[ ]of[ ]birth|dob))",
    re.IGNORECASE,
)
_TELL_OF_BIRTH = ("birth", "born", "dob", "d.o.b", "d.o b", "bday", "b-day", "b'day")
_TELL_OF_BIRTH_WITH_DIGITS = ("b.", "arrived", "delivered", "came", "turn", " on ")
_MORE_DATES = re.compile(rf"[ ]?(?:,|and|&|/)[ ]?(?:[^\W\d_]{{2,15}}[ ])?(?P<date>{_DATE})", re.IGNORECASE)
_DATE_IN_BRACKETS = re.compile(r"(?:'s|’s)?,?[ ]?[(\[](?:b\.?[ ]?)?(?P<date>[^()\[\]\n]{6,20})[)\]]")
_WHOLE_DATE = re.compile(rf"{_DAY}[ ./-]{{1,2}}(?:\d{{1,2}}|{_MONTH})[ ./-]{{1,2}}{_YEAR}", re.IGNORECASE)

_NATIONAL_INSURANCE = re.compile(r"\b[A-Z]{2}[ -]?(?:\d{2}[ -]?){3}[A-D]\b", re.IGNORECASE)
_PLATE = re.compile(r"\b[A-Z]{2}\d{2}[ -]?[A-Z]{3}\b")
_VEHICLE = re.compile(
    r"\b(?:reg|regs|registration|registrations|plate|plates|number[ ]?plate|car|taxi|cab|van|minibus|vehicle|"
    r"bus|driver)\b"
    r"[^.!?\n]{0,60}?\b(?P<code>[A-Z]{2}\d{2}[ -]?[A-Z]{3}|[A-Z]\d{1,3}[ ]?[A-Z]{3}|[A-Z]{3}[ ]?\d{1,3}[A-Z])\b",
    re.IGNORECASE,
)
_PUPIL = re.compile(r"\b[A-Z]\d{11}[\dA-Z]\b", re.IGNORECASE)
_CODE = re.compile(
    r"(?<![\w/.-])(?!(?:covid|year|ks|gcse|bs|iso|en|windows|a|m)[ -]?\d)(?:"
    r"[A-Z]{1,8}(?:[-/][A-Z]{1,6}){0,2}[-/]\d{1,8}(?:[-/][A-Z\d]{1,8}){0,3}"
    r"|[A-Z]{1,6}\d{1,6}(?:[-/][A-Z\d]{1,8}){1,3}"
    r"|[A-Z]{2,6}[ ]?\d{5,12}|[A-Z]\d{6,12}|\d{1,6}/[A-Z]{1,6}/\d{1,8}|\d{2,8}-[A-Z]{2,6}-?\d{0,8}|"
    r"\d{5,10}[A-Z]{1,3}|\d{2,4}/\d{4,8})"
    r"(?![\w/-])"
)
_OF_A_CASE = (
    r"refs?|references?|case|cases|case[ ]?file|ehcp|ehcna|ehc|file|record|claim|pip|dla|upn|uln|unique[ ]pupil|"
    r"policy|card|"
    r"account|badge|passport|hospital|patient|mrn|ticket|complaint|appeal|tribunal|application|id|invoice|"
    r"licence|license|"
    r"permit|plan|sen|send|crime|incident|urn|bus[ ]pass|customer|membership|member|order|booking|"
    r"national[ ]insurance|ni|"
    r"nino|roll|pupil|"
    r"student|candidate|staff|payroll|tracking|log|enquiry|query|folder|carefirst|mosaic|liquidlogic|emis|systmone|"
    r"prescription|plate|registration|reg|sort[ ]code|serial|report|docket|transport|route|ombudsman|lgo|"
    r"lgsco|sendist|pals|datix|exclusion|referral|certificate|dbs|hcpc|brp|visa|nass|council[ ]tax|rent|housing|"
    r"rio|uprn|railcard|court|mash|quote|quoting|concern|safeguarding|job"
)
_AFTER_A_WORD = re.compile(
    rf"\b(?:{_OF_A_CASE})(?:(?:[ ](?:ref(?:erence)?|id|code|file|card|pass))?[ ]?(?P<number>number|numbers|"
    rf"num\b|nos?\b\.?|ref\b|"
    rf"reference|id\b|code|\#)|(?P<colon>:|\#))?"
    rf"(?:,?[ ]?(?:which|that|is|was|it's|are|:|-|=|\#|\(|,|says|starts?|quoted?|on|the|my|it))*[ :#(]{{0,3}}"
    rf"(?P<code>(?=[A-Z/-]{{0,10}}\d)[A-Z\d](?:[A-Z\d]|[-/.][A-Z\d]){{2,24}})(?![\w/-])",
    re.IGNORECASE,
)
_SPACED_AFTER_A_WORD = re.compile(
    rf"\b(?:{_OF_A_CASE})[ ]?(?P<number>number|no\.?|num|ref|reference|code|id)?[ ]?"
    rf"(?:is|was|:|(?<=[ ])-|\#|ending(?:[ ]in)?)?[ ]?"
    rf"(?P<code>(?:[A-Z]{{1,5}}[ ]?)?\d{{1,6}}(?:[ -]\d{{2,6}}){{1,5}}(?:[ ]?[A-Z]\b)?)(?![\w/-])",
    re.IGNORECASE,
)
_ENDING_IN = re.compile(
    rf"\b(?:{_OF_A_CASE})(?:[ ](?:number|no\.?))?[ ](?:ending|ends)[ ](?:in[ ]|with[ ])?(?P<code>[A-Z\d]{{3,8}})\b",
    re.IGNORECASE,
)
_LETTERS_ONLY = re.compile(
    r"\b(?:[Rr]efs?|REF|[Rr]eference)\.?(?:[ ](?:no\.?|number|is|was|code))*[ :]{1,2}"
    r"(?P<code>[A-Z]{1,6}(?:[/-][A-Z]{1,6}){1,4})"
    r"(?![\w/-])"
)
_NUMBER_OF_OURS = re.compile(
    r"\b(?:my|our|his|her|their|your|the)[ ](?:[a-z]+[ ]){0,2}number(?![ ]of\b)[^.!?\n\d]{0,40}?[ :](?:is|was|:|=)[ ]?"
    r"(?P<code>(?=[A-Z/-]{0,8}\d)[A-Z\d](?:[A-Z\d]|[-/][A-Z\d]){3,18})(?![\w/.,-]\w|\w|[ ]\d)",
    re.IGNORECASE,
)
_UPPER_AFTER_A_WORD = re.compile(
    rf"\b(?i:{_OF_A_CASE})[ ]?(?i:number|no\.?|num|ref|reference|code|id)?[ ]?(?:is|was|:|-|\#)?[ ]?"
    r"(?P<code>[A-Z]{1,4}[ ]\d{3,8}[A-Z]?)(?![\w/-]|[ ]\d)"
)
_SPACED_CODE = re.compile(
    r"(?<![\w/.-])[A-Z]{2,3}[ ]?\d{2,4}/\d{2}/\d{3,6}|(?<![\w/.-])[A-Z]{1,4}\d{2,6}(?:[ ]\d{2,6}){1,3}(?![\w/.-]\w|\w)"
)
_SPACED_REFERENCE = re.compile(
    r"\b(?:ref|refs|reference)\.?(?:[ ](?:no\.?|number|is|was|code))*[ :]{1,2}"
    r"(?P<code>(?:[A-Z]{1,4}[ ])?\d{3,8}(?:[ ][A-Z\d]{1,6}){0,3}|[A-Z]{1,4}[ ]\d{2,8})(?![\w/-])"
)
_NUMBER_CODE = re.compile(r"\bnumber(?:[ ](?:is|was))?[ :]{1,2}(?P<code>[A-Z]{1,4}[-/ ]?\d{3,12}[A-Z]?)(?![\w/-])")
_ORDINAL_OR_UNIT = re.compile(
    r"\d+(?:st|nd|rd|th|am|pm|k|m|hrs?|mins?|yrs?|days?|weeks?|miles?|ish|s|x|yo)", re.IGNORECASE
)
_A_PHONE = re.compile(r"0[1237]\d{8,9}")
_A_SPACED_DATE = re.compile(r"\d{1,2}[ -]\d{1,2}[ -](?:\d\d|(?:19|20)\d\d)|(?:(?:19|20)\d\d[ -]?){2,4}")
_MONTH_SLASH_YEAR = re.compile(r"\d{1,2}/(?:19|20)\d\d")
_A_YEAR = re.compile(r"(?:19|20)\d\d(?:[-/](?:\d\d|20\d\d))?")


def find_nhs_numbers(zones: Zones) -> None:
    """Ten digits whose last checks the others; or written in threes and four; or with "NHS" before them."""
    text = zones.text
    for pattern in (_TEN_DIGITS, _TEN_ANYHOW):
        for match in pattern.finditer(text):
            start, end = match.span()
            digits = [int(each) for each in match.group() if each.isdecimal()]
            before = text[max(0, start - 60) : start]
            in_threes = pattern is _TEN_DIGITS and match["gap"] != "" and digits[0] != 0
            named = bool(_NHS.search(before))
            if (in_threes and not _refers(before)) or named or (digits[0] != 0 and is_nhs_number(digits)):
                zones.add("NHS_NUMBER", start, end)


def is_nhs_number(digits: list[int]) -> bool:
    """The last of its ten digits checks the others, modulo 11 (NHS Data Dictionary, "NHS number")."""
    check = 11 - sum((10 - place) * digit for place, digit in enumerate(digits[:9])) % 11
    return len(digits) == 10 and check % 11 == digits[9] and check != 10


def _refers(before: str) -> bool:
    return bool(re.search(r"\b(?:ref|reference|case|account|claim|ticket)\b[^.!?\n]{0,25}$", before, re.IGNORECASE))


def find_days_of_birth(zones: Zones, *, has_digits: bool = True) -> None:
    """A date that the words before or after it make a day of birth; other dates stay."""
    text = zones.text
    small = text.lower()
    tells = any(each in small for each in _TELL_OF_BIRTH) or (
        has_digits and any(each in small for each in _TELL_OF_BIRTH_WITH_DIGITS)
    )
    for match in _BORN.finditer(text) if tells else ():
        name = next(name for name, found in match.groupdict().items() if found)
        zones.add("DOB", *match.span(name))
        following = _MORE_DATES.match(text, match.end(name)) if name in ("date", "date2") else None
        if following:
            zones.add("DOB", *following.span("date"))


def find_days_beside_names(zones: Zones, people: list[Detail]) -> None:
    """ "Zia (3/4/2015)": a whole date in brackets after a name."""
    for person in people:
        match = _DATE_IN_BRACKETS.match(zones.text, person.end)
        if match and _WHOLE_DATE.fullmatch(match["date"].strip()):
            zones.add("DOB", *match.span("date"))


def find_codes(zones: Zones) -> None:
    """References that their shape gives away."""
    text = zones.text
    for pattern in (_NATIONAL_INSURANCE, _PUPIL, _PLATE):
        for match in pattern.finditer(text):
            zones.add("REFERENCE", *match.span())
    for pattern in (_VEHICLE, _ENDING_IN, _LETTERS_ONLY):
        for match in pattern.finditer(text):
            zones.add("REFERENCE", *match.span("code"))
    for match in _CODE.finditer(text):
        code = match.group()
        if _MONTH_SLASH_YEAR.fullmatch(code):
            continue
        if sum(map(str.isdecimal, code)) >= 3 and not _A_YEAR.fullmatch(re.sub(r"^[A-Z]+[-/ ]?", "", code)):
            zones.add("REFERENCE", *match.span())


def find_numbered_things(zones: Zones) -> None:
    """References that the words before them give away: "my case number is 4471"."""
    for match in _SPACED_CODE.finditer(zones.text):
        if sum(map(str.isdecimal, match.group())) >= 7:
            zones.add("REFERENCE", *match.span())
    for match in _SPACED_AFTER_A_WORD.finditer(zones.text):
        code = match["code"]
        digits = sum(map(str.isdecimal, code))
        if digits >= (4 if match["number"] else 6) and not _is_date_or_phone(code):
            zones.add("REFERENCE", *match.span("code"))
    for pattern in (_SPACED_REFERENCE, _NUMBER_CODE):
        for match in pattern.finditer(zones.text):
            if not _A_PHONE.fullmatch(match["code"].replace(" ", "")):
                zones.add("REFERENCE", *match.span("code"))
    for match in _UPPER_AFTER_A_WORD.finditer(zones.text):
        if not _A_YEAR.fullmatch(match["code"].split()[1]):
            zones.add("REFERENCE", *match.span("code"))
    for match in _NUMBER_OF_OURS.finditer(zones.text):
        if sum(map(str.isdecimal, match["code"])) >= 4 and not _A_PHONE.fullmatch(match["code"]):
            zones.add("REFERENCE", *match.span("code"))
    for match in _AFTER_A_WORD.finditer(zones.text):
        code = match["code"]
        digits = sum(map(str.isdecimal, code))
        if _A_PHONE.fullmatch(code):
            continue
        if _ORDINAL_OR_UNIT.fullmatch(code) or re.fullmatch(r"\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?", code):
            continue
        named = match["number"] or match["colon"] or match.group()[:3].lower() in ("ref", "upn", "urn")
        letters = any(map(str.isalpha, code))
        fewest = (2 if letters else 3) if named else 4
        if digits >= fewest and (named or letters or digits >= 5) and not _A_YEAR.fullmatch(code):
            zones.add("REFERENCE", *match.span("code"))


def _is_date_or_phone(code: str) -> bool:
    return bool(_A_SPACED_DATE.fullmatch(code) or _A_PHONE.fullmatch(re.sub("[ -]", "", code)))
