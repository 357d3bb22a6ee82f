"""Ways to reach somebody: e-mail addresses also when spelt out, web addresses and handles, telephone numbers."""

from __future__ import annotations

import re

import phonenumbers

from analysis.redaction.detail import Zones

_EMAIL = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_AT = r"(?:[ ]?[(\[{][ ]?at[ ]?[)\]}][ ]?|[ ]at[ ]|[ ]?@[ ]?)"
_DOT = r"(?:[ ]?[(\[{][ ]?dot[ ]?[)\]}][ ]?|[ ]dot[ ]|[ ]?\.[ ]?)"
_ENDS = r"(?:com|co|org|net|uk|gov|sch|ac|nhs|me|info|example|live|ie|pl|ro|eu|io)"
_SPELT_EMAIL = re.compile(
    rf"[\w.+-]{{1,64}}(?:(?:[ ]dot[ ]|[ ]underscore[ ]|[ ]dash[ ]|[ ]hyphen[ ])[\w+-]{{1,30}}){{0,4}}{_AT}"
    rf"[\w-]{{1,40}}(?:{_DOT}[\w-]{{1,20}}){{0,2}}{_DOT}{_ENDS}(?:{_DOT}uk)?\b",
    re.IGNORECASE,
)
_PROVIDERS = ("gmail", "hotmail", "outlook", "yahoo", "icloud", "btinternet")
_PROVIDER_EMAIL = re.compile(
    r"[\w.+-]{2,64}(?:[ ]dot[ ][\w+-]{1,30}){0,3}[ ](?:at|@)[ ](?:" + "|".join(_PROVIDERS) + r")"
    r"(?:[ ]?(?:\.|dot|point)?[ ]?(?:com\b|co[ .]{0,2}(?:dot[ ])?uk\b))?",
    re.IGNORECASE,
)
_ADDRESS_ON_THE_WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"”’)\]]{2,400}", re.IGNORECASE)
_DOT_INSIDE = re.compile(r"\w\.\w\w|://")
_BARE_ADDRESS = re.compile(
    r"(?<![\w@.-])(?:[\w-]{1,63}\.){1,4}(?:com|co\.uk|org|org\.uk|net|uk|info|example|me|tv|gg|ly|blog|family|"
    r"io|eu|ie)"
    r"(?:/[^\s<>\"”’)\]]{0,300})?(?![\w@])",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,38}[A-Za-z0-9_])\b|(?<!\w)u/[\w-]{3,30}")
_PLATFORM = (
    r"(?:insta(?:gram)?|ig|snap(?:chat)?|tik[ ]?tok|twitter|facebook|fb|messenger|youtube|discord|twitch|skype|"
    r"roblox|"
    r"minecraft|fortnite|xbox|psn|playstation|steam|gamer[ ]?tag|user[ ]?name|telegram|kik|reddit|linkedin|threads)"
)
_NAMED_HANDLE = re.compile(
    rf"\b{_PLATFORM}(?:[ ](?:account|page|channel|handle|name|user|username|id|tag|profile|group))?"
    r"(?:[ ](?:is|was|under|as|called)[ ]|[ ]?[:=-][ ]?|[ ])"
    r"(?P<handle>[A-Za-z][A-Za-z0-9.-]{0,30}[_0-9#][\w.#-]{0,30}\w|\w{1,30}_\w{1,30})",
    re.IGNORECASE,
)
_HANDLE_AFTER_COLON = re.compile(
    rf"\b{_PLATFORM}(?:[ ](?:handle|name|user|username|id|tag|is))?[ ]?:[ ]?(?P<handle>[A-Za-z0-9][\w.#-]{{3,30}})",
    re.IGNORECASE,
)
_JOINED_UP = re.compile(
    r"(?<![\w@./-])(?=[\w.-]{5,30}(?![\w@]))[A-Za-z][A-Za-z0-9.]*(?:_[A-Za-z0-9.]+)+(?<![.])", re.ASCII
)
"""Nobody but a computer joins words like this_one."""
_LINE_OF_SERVICE = re.compile(r"(?:0044|44|0)?(?:80[08]|3[0347]\d|84[345]|87[0123]|116)")
_DIGITS = re.compile(r"(?<![\w.£$€/])(?:[(]?\+[(]?|[(])?[\doO](?:[ ().\-–/]{0,3}[\doO]){6,14}(?![\w/]|[.,]\d)")
_SPOKEN = re.compile(
    r"\b(?:(?:oh|o|zero|nought|double|treble|triple|one|two|three|four|five|six|seven|eight|nine)[ ,-]{1,2}){8,14}"
    r"(?:oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine)\b",
    re.IGNORECASE,
)
_NOUGHTS = ("oh ", "Oh ", " o ", "zero", "Zero", "ought", "ouble", "riple", "reble")
_TO_RING = re.compile(
    r"\b(?:phone|telephone|tel|ring|rings?|call|calls|text|texts|mobile|mob|cell|whats ?app|number|landline|"
    r"contact|fax|"
    r"reach|message)\b[^.!?\n]{0,40}$",
    re.IGNORECASE,
)
_PUBLIC_HOSTS = re.compile(
    r"(?:https?://)?(?:www\.)?(?:[\w-]+\.)*(?:gov\.uk|nhs\.uk|bbc\.co\.uk|ipsea\.org\.uk|autism\.org\.uk|google\.com|"
    r"parliament\.uk|mencap\.org\.uk|youngminds\.org\.uk)(?:/.*)?",
    re.IGNORECASE,
)


def find_emails(zones: Zones) -> None:
    text = zones.text
    if "@" in text:
        for match in _EMAIL.finditer(text):
            zones.add("EMAIL", *match.span())
    small = text.lower()
    if "@" in text or "dot" in small or "(at" in small or "[at" in small or any(each in small for each in _PROVIDERS):
        if "." in text or "dot" in small:
            for match in _SPELT_EMAIL.finditer(text):
                spelt = match.group().lower()
                if "@" in spelt or "dot" in spelt or "(at)" in spelt or "[at]" in spelt:
                    zones.add("EMAIL", *match.span())
        for match in _PROVIDER_EMAIL.finditer(text):
            zones.add("EMAIL", *match.span())


def find_web_addresses(zones: Zones) -> None:
    """A page of a public body is for everybody; any other may lead to a person."""
    text = zones.text
    if _DOT_INSIDE.search(text):
        for pattern in (_ADDRESS_ON_THE_WEB, _BARE_ADDRESS):
            for match in pattern.finditer(text):
                start, end = match.span()
                while end > start and text[end - 1] in ".,;:!?'":
                    end -= 1
                if _PUBLIC_HOSTS.fullmatch(text, start, end):
                    if zones.are_free(start, end):
                        zones.block(start, end)
                else:
                    zones.add("URL_HANDLE", start, end)
    if "@" in text or "u/" in text:
        for match in _HANDLE.finditer(text):
            zones.add("URL_HANDLE", *match.span())
    for pattern in (_NAMED_HANDLE, _HANDLE_AFTER_COLON) if "_" in text or ":" in text or _has_digit(text) else ():
        for match in pattern.finditer(text):
            zones.add("URL_HANDLE", *match.span("handle"))
    for match in _JOINED_UP.finditer(text) if "_" in text else ():
        zones.add("URL_HANDLE", *match.span())


def find_phone_numbers(zones: Zones) -> None:
    """Numbers of lines that serve everybody (0800, 0300, 116 …) stay."""
    text = zones.text
    for match in _DIGITS.finditer(text) if _has_digit(text) else ():
        start, end = match.span()
        if text[start] == "(" and ")" not in match.group():
            start += 1
        written = text[start:end]
        digits = "".join(each for each in written.replace("o", "0").replace("O", "0") if each.isdecimal())
        if not _is_phone_number(written, digits, text[max(0, start - 60) : start]):
            continue
        if len(digits) > 9 and _LINE_OF_SERVICE.match(digits):
            if zones.are_free(start, end):
                zones.block(start, end)
        else:
            zones.add("PHONE", start, end)
    for match in _SPOKEN.finditer(text) if any(each in text for each in _NOUGHTS) else ():
        zones.add("PHONE", *match.span())


def _is_phone_number(written: str, digits: str, before: str) -> bool:
    if written.lstrip("( ").startswith("+") or digits.startswith("00"):
        return _is_possible("+" + digits.removeprefix("00").replace("440", "44", 1))
    if digits.startswith("0"):
        return 10 <= len(digits) <= 11 and _is_possible(digits)
    if digits.startswith("447"):
        return len(digits) == 12
    if digits.startswith("7") and len(digits) == 10:
        return bool(_TO_RING.search(before)) and "nhs" not in before.lower()
    return 7 <= len(digits) <= 9 and bool(_TO_RING.search(before)) and not re.search(r"\d[./–]\d", written)


def _is_possible(number: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number, "GB"))
    except phonenumbers.NumberParseException:
        return False


def _has_digit(text: str) -> bool:
    return any(map(str.isdecimal, text))
