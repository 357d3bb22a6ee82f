"""A survey question without what stands round it: scales, "please rate", "do you think that", abbreviations."""

import re
from functools import lru_cache

from analysis.tokens import folded, normalised
from analysis.word_lists import rows_of

_ENDS = (
    r"(?:strongly |very |not at all |not very |quite |fairly |completely |extremely |neither |a |)"
    r"(?:agree|disagree|good|poor|bad|ok|okay|excellent|fair|satisfied|dissatisfied|happy|unhappy|easy|difficult|hard|"
    r"yes|no|maybe|sometimes|always|never|often|rarely|not sure|unsure|don't know|a little|a lot|not at all|well|badly|"
    r"confident|likely|unlikely|true|false|average|great|terrible|safe|unsafe|useful|clear|unclear|low|high|lowest|"
    r"highest|worst|best|not good|not easy|not happy|mostly|partly|usually|seldom|agree nor disagree|neutral)"
)
_SCALES = re.compile(
    # in brackets, from … to …, a / b / c, "is it a, b or c"
    rf"\([^()]*\b(?:{_ENDS})\b[^()]*\)|\([^()]*\d\s*[=–-][^()]*\)|\(\s*(?:tick|choose|select|circle)[^()]*\)"
    rf"|\bfrom \d+ ?(?:\([^)]*\))? ?to \d+ ?(?:\([^)]*\))?|\bon (?:a|this) scale\b[^?.]*"
    rf"|\b(?:out of|with) (?:\d+|five|ten) (?:stars?|points?)?|\bhow many stars\b"
    rf"|(?:(?<=[.?!:…])\s*)?{_ENDS}(?:\s*/\s*{_ENDS})+"
    rf"|(?<=[.?!:,;])\s*(?:is it |are they |was it |would you say |)(?:{_ENDS}, ?)+(?:{_ENDS} )?or {_ENDS}\b"
    rf"|[:\-–] (?:strongly )?agree or (?:strongly )?disagree"
    r"|\b(?:strongly )?agree to (?:strongly )?disagree\b"
    r"|[\U0001F300-\U0001FAFF☀-➿]+"
)
_FRAMES = re.compile(
    r"^(?:"
    r"(?:and|so|now|next|lastly|finally|overall|in general|generally|thinking about|please|"
    r"on the whole|first|all in all)"
    r"[, ]+"
    r"|(?:in|according to) (?:your|my) (?:own )?(?:opinion|view|experience|words|eyes)[, ]+"
    r"|(?:to what extent|how far|how much|how strongly) (?:do|did|would) you (?:dis)?agree (?:or disagree )?"
    r"(?:that|with this)?[: ]*"
    r"|(?:do|did|would|could|can) you (?:think|feel|believe|agree|say|find)(?: that| like)? "
    r"(?=(?:you|your|the|my|there|it|we|our|this|that|these|people|staff|services|support|school|help)\b)"
    r"|(?:do|did) it (?:feel|seem) (?:like|as if|as though|to you that|that) (?:if )?"
    r"|(?:i|we) (?:think|feel|felt|believe|find|found|agree)(?: that| like)? "
    r"(?=(?:i|my|the|there|it|we|our|this|these|people|staff|services|school)\b)"
    r"|(?:please |)(?:rate|score|mark|give a score (?:for|to)|tell us about|tell us|say|describe)(?: us)? "
    r"(?:(?=how|what|who|why|when|where|which|whether|if)|)"
    r"|(?:please |)(?:pick|choose|point to|tick|select|circle|colour in) (?:the|a|one) "
    r"(?:face|picture|number|answer|box|option|star|symbol|smiley|emoji)s? (?:that|which|to) (?:best |)"
    r"(?:shows?|says?|tells? us|fits?|describes?|matches?) "
    r"|how would you (?:rate|describe|score) "
    r")"
)
_ASIDES = re.compile(
    r",? (?:in (?:your|my) (?:own )?(?:opinion|view|experience)|if at all|overall|in general|please|do you think|"
    r"would you say)\b"
)
_CAPITALS = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*?(?=s?\b)|\b[A-Z]{2,}(?=s?\b)")
_LETTERS_AT_LEAST = 4
"""Abbreviations this long are no other word in small letters ("camhs", "senco")."""
_SPACES = re.compile(r"\s+")


def without_scale(question: str) -> str:
    """The question in small letters, abbreviations spelt out, without the words of its scale."""
    text = spelt_out(normalised(question)).replace("\u2019", "'")
    bare = _SCALES.sub(" ", folded(text))
    return _tidy(bare) or _tidy(folded(text))


@lru_cache(maxsize=8192)
def plain_wording(question: str) -> str:
    """What is asked, in small letters, without scale, "please rate", "do you think that" and asides."""
    text = _ASIDES.sub("", without_scale(question))
    for _ in range(4):
        bare = _FRAMES.sub("", text)
        if bare == text or len(bare.split()) < 2:
            break
        text = bare
    return _tidy(text)


def spelt_out(text: str) -> str:
    """The text with the abbreviations of the field as words: "EHC plan" and "EHCP" become the same."""

    def words(found: re.Match[str]) -> str:
        return _acronyms().get(found.group().upper(), found.group())

    text = _CAPITALS.sub(words, text)
    return _in_small_letters().sub(lambda found: _acronyms()[found.group(1).upper()], text)


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" .,:;-–?!()\"'…")


@lru_cache(maxsize=1)
def _acronyms() -> dict[str, str]:
    return {row["acronym"].upper(): row["words"] for row in rows_of("acronyms")}


@lru_cache(maxsize=1)
def _in_small_letters() -> re.Pattern[str]:
    long = "|".join(name for name in sorted(_acronyms(), key=len, reverse=True) if len(name) >= _LETTERS_AT_LEAST)
    return re.compile(rf"\b({long})(?:'?s)?\b(?<!smart)(?<!mart)", re.IGNORECASE)
