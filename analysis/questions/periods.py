"""The time a question asks about: a window, a year, before or after something, now, ever."""

import re
from functools import lru_cache

from analysis.tokens import folded, normalised

_NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
        ],
        start=1,
    )
} | {"a": 1, "an": 1, "couple of": 2, "few": 3, "several": 4, "twenty": 20, "thirty": 30}
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "term": 100, "half term": 45}
_COUNT = r"(?:\d+|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
_UNIT = r"(?:half[ -]term|school year|academic year|day|week|fortnight|month|year|term)s?"
_SEASON = r"(?:spring|summer|autumn|winter)"
_MONTH = r"(?:january|february|march|april|june|july|august|september|october|november|december)"
_STAGE = (
    r"(?:nursery|pre-?school|reception|infants?|juniors?|primary(?: school)?|secondary(?: school)?|high school|"
    r"sixth form|college|university|year (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven))"
)

_WINDOW = re.compile(
    rf"\b(?:in|over|during|within|for|across|throughout)?\s*(?:the |your |this )?(?:last|past|previous|recent) "
    rf"({_COUNT})? ?({_UNIT})\b"
)
_THIS = re.compile(
    rf"\bthis (?:coming )?(half[ -]term|{_SEASON}(?: term)?|school year|academic year|week|month|year|term)\b"
)
_NEXT = re.compile(
    rf"\bnext (?:half[ -]term|{_SEASON}(?: term)?|school year|academic year|week|month|year|term|few \w+)\b"
    rf"|\bin (?:the )?future\b|\b(?:in|over) the (?:coming|next) (?:{_COUNT} )?(?:{_UNIT})\b|"
    rf"\bin {_COUNT} (?:{_UNIT})' ?time\b"
    r"|\b(?:will|going to|shall|plan to|hope to|expect to|intend to)\b|\bwhen (?:you|they|he|she|i) "
    r"(?:leave|grow up|are older)\b"
)
_YEARS = re.compile(r"\b((?:19|20)\d\d)(?:\s?[/–-]\s?((?:20)?\d\d))?\b")
_DATES = re.compile(rf"\b({_MONTH}|{_SEASON})(?: term)?\b")
_SINCE = re.compile(r"\bsince ((?:\w+'?s? ?){1,6})")
_BEFORE = re.compile(
    r"\b(?:before(?! (?:the end of|the deadline|the due date))|"
    r"prior to|ahead of|leading up to|in the run up to|at the (?:start|beginning)|at first|to begin with|"
    r"beforehand|on (?:your|their|my|the) first (?:day|week)|when (?:you|they|it|we|i) "
    r"(?:first )?(?:started|began|joined|arrived))\b"
)
_AFTER = re.compile(
    r"\b(?:after|afterwards|following|at the end|now that|by the end|on (?:your|their|my|the) last day|"
    r"when (?:you|they|it|we|i) (?:finished|left|ended))\b"
)
_DURING = re.compile(
    r"\b(?:during|in the course of|throughout) (?:the |your |my |their |its |lockdown)?(\w+(?: \w+)?)"
    r"|\bwhile (?:your|the|my|you|they|it|he|she|we|i)\b[^,?.]*\b(?:was|were|being|going on|happening|"
    r"written|drafted)\b"
)
_NOW = re.compile(
    r"\b(?:now|nowadays|these days|currently|today(?!'s)|at the moment|at present|right now|presently|as things stand|"
    r"(?:your|their|my|the) (?:current|present|new) (?:school|college|class|setting|nursery|home|placement))\b"
)
_LAST_TIME = re.compile(
    r"\b(?:the last time|(?:most recent|latest|last) "
    r"(?:appointment|visit|meeting|review|annual review|session|contact|stay|lesson|call|conversation))\b"
)
_USUALLY = re.compile(r"\b(?:usually|normally|in general|generally|on a normal day|most days|every day)\b")
_EVER = re.compile(
    r"\b(?:ever|so far|over the years|in (?:your|their|my|his|her) (?:whole )?li(?:fe|ves)|since (?:\w+ )?(?:was|"
    r"were) born|of all time)\b"
)
_PAST = re.compile(
    r"\b(?:yesterday|last night|lockdown|the pandemic|covid|used to|in the past|previously|formerly|"
    r"at the time|back then|"
    r"years? ago|months? ago|weeks? ago|days? ago|when (?:you|they|he|she|i|we) (?:were|was)(?: \w+)? "
    r"(?:younger|little|small|at \w+|in \w+|a (?:child|baby|toddler))|"
    r"(?:your|their|my|his|her|the) (?:old|last|previous|former|first|earlier) "
    r"(?:school|college|class|setting|nursery|home|placement|teacher|plan))\b"
)
_PLACES_OF_LIFE = re.compile(rf"\b(?:at|in|during|through) (?:your |their |my )?({_STAGE})\b")
_HOLIDAYS = re.compile(r"\b(?:in|during|over|at) (?:the )?(?:\w+ ){0,2}?(term time|holidays?)\b")
_WEEKDAYS = re.compile(r"\b(?:at|on|during) (?:the )?(weekends?|weekdays?|school days?|mornings?|evenings?)\b")


@lru_cache(maxsize=8192)
def periods(question: str) -> frozenset[str]:
    """Marks of the times that a question names, such as "window 28" (days), "year 2024/25", "before", "now".

    Empty for a question that names none. "The last year" and "the past twelve months" are the same.
    """
    text = folded(normalised(question)).replace("\u2019", "'")
    found = set[str]()
    for count, unit in _WINDOW.findall(text):
        found.add(_window(count, unit))
    text = _WINDOW.sub(" ", text)
    if this := _THIS.search(text):
        found.add(f"this {this.group(1).replace('-', ' ').replace('academic', 'school')}")
    if _NEXT.search(text):
        found.add("next")
    for first, second in _YEARS.findall(text):
        found.add(f"year {first}" + (f"/{second[-2:]}" if second else ""))
    if since := _SINCE.search(text):
        found.add(f"since {since.group(1).strip()}")
    text = _THIS.sub(" ", _SINCE.sub(" ", text))
    found |= {f"date {name}" for name in _DATES.findall(text)}
    found |= {f"stage {stage}" for stage in _PLACES_OF_LIFE.findall(text)}
    found |= {f"when {days.rstrip('s')}" for days in _HOLIDAYS.findall(text)}
    found |= {f"when {days.rstrip('s')}" for days in _WEEKDAYS.findall(text)}
    for name, pattern in (
        ("before", _BEFORE),
        ("after", _AFTER),
        ("during", _DURING),
        ("now", _NOW),
        ("ever", _EVER),
        ("past", _PAST),
        ("usually", _USUALLY),
        ("last time", _LAST_TIME),
    ):
        if pattern.search(text):
            found.add(name)
    return frozenset(found)


def another_period(first: str, second: str) -> bool:
    """Whether two questions name different times; also when only one names a time that is bounded.

    "Now", "usually" and "during the assessment" are often left unsaid, so that a question without a time may mean them.
    """
    ours, theirs = _told(first, second), _told(second, first)
    left, right = ours - theirs, theirs - ours
    if not left and not right:
        return False
    if left and right:
        return not (left | right <= _LOOSE and not _opposed(left, right))
    alone = left or right
    if alone & {"now"} and _is_past(first if right else second) and not ours & theirs:
        return True
    if alone & {"last time"} and _tense(first if right else second) == "present":
        return True
    return any(mark not in _OFTEN_UNSAID and not mark.startswith("when ") for mark in alone)


def _told(question: str, other: str) -> frozenset[str]:
    """The times that a question names, without those that the other one names as its place ("my college helps me"), and
    without the day of a visit ("did you have fun today") that is over."""
    there = folded(other)
    return frozenset(
        mark
        for mark in periods(question)
        if not (mark.startswith("stage ") and re.search(rf"\b{mark[6:]}", there) and not _is_past(question))
        and not (mark == "now" and _is_past(question) and "today" in folded(question))
    )


_OFTEN_UNSAID = frozenset(("now", "usually", "during", "ever", "after", "next", "last time"))
_LOOSE = frozenset(("now", "usually", "during", "after", "next"))


def _opposed(left: frozenset[str], right: frozenset[str]) -> bool:
    return "now" in left | right or {"during", "after"} <= left | right


_PAST_TENSE = re.compile(r"^(?:\w+ ){0,4}(?:did|was|were|had)\b")


def _is_past(question: str) -> bool:
    return bool(_PAST_TENSE.search(folded(question)))


_TENSES = (
    ("past", re.compile(r"^(?:\w+ ){0,3}?(?:did|was|were|had)\b")),
    ("future", re.compile(r"^(?:\w+ ){0,3}?(?:will|shall|going to|would)\b")),
    ("present", re.compile(r"^(?:\w+ ){0,3}?(?:do|does|am|is|are)\b")),
)


def _tense(question: str) -> str:
    """Past, future or present, by the first verb that tells; empty where none does, as in "I have friends"."""
    text = folded(question)
    found = [(match.end(), name) for name, pattern in _TENSES if (match := pattern.search(text))]
    return min(found)[1] if found else ""


def another_tense(first: str, second: str) -> bool:
    """Whether one asks about what was, the other about what is or will be. It tells for questions in the same words."""
    ours, theirs = _tense(first), _tense(second)
    return bool(ours and theirs) and ours != theirs


def _window(count: str, unit: str) -> str:
    unit = unit.replace("-", " ").rstrip("s")
    if unit in ("school year", "academic year"):
        return f"window {count or 1} school year"
    if not count and unit == "term":
        return "last term"
    if not count and unit == "half term":
        return "last half term"
    number = int(count) if count.isdigit() else _NUMBERS.get(count, 1)
    days = number * _DAYS.get(unit, 1)
    for whole in (365, 730, 180, 90, 30):
        if abs(days - whole) <= whole // 12:  # four weeks are a month, 52 weeks a year
            return f"window {whole}"
    return f"window {days}"


def without_periods(text: str) -> str:
    """The text, in small letters, without the times it names."""
    for pattern in (_WINDOW, _THIS, _YEARS, _NOW, _USUALLY):
        text = pattern.sub(" ", text)
    return re.sub(r"\s+", " ", text).strip(" ,")
