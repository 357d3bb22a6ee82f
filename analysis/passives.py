"""The passive voice in English, by grammar: a form of "be" or "get" and a participle that tells no state."""

import re
from functools import lru_cache

from analysis.word_lists import rows_of

_PARTICIPLES = (
    r"(?:\w{3,}ed|written|given|made|taken|done|sent|held|kept|known|seen|shown|told|heard|chosen|"
    r"found|met|put|read|spoken|"
    r"brought|paid|sold|led|built|spent|driven|drawn|eaten|forgotten|hidden|broken|stolen|thrown|worn|"
    r"caught|taught|bought|"
    r"sought|thought|cut|set|hit|hurt|let|lent|lost|run|sworn|torn|understood|undertaken|withdrawn|"
    r"withheld|overseen|begun|"
    r"borne|bound|dealt|fed|felt|fought|funded|laid|left|meant|said|shut|split|spread|struck|won|"
    r"woken|grown|shaken|proven)"
)

_PASSIVE = re.compile(
    rf"\b(?:am|is|are|was|were|be|been|being|gets?|got|getting)(?:n't)?\s+(?:\w+ly\s+|not\s+|never\s+|"
    rf"also\s+|often\s+|always\s+|"
    rf"now\s+|all\s+|both\s+|still\s+|just\s+|ever\s+|then\s+|being\s+|soon\s+|well\s+|"
    rf"first\s+)*({_PARTICIPLES})\b(?!-)"
    rf"|\b(?:is|are|was|were)\s+"
    rf"(?:you|your(?: [\w']+){{1,3}}?|they|he|she|it|we|the(?: [\w']+){{1,3}}?|these|those|this|any \w+)\s+"
    rf"(?:ever\s+|not\s+|being\s+|fully\s+|always\s+|also\s+)*({_PARTICIPLES})\b(?!-)"
    rf"|\b(?:has|have|had)\s+"
    rf"(?:you|your(?: [\w']+){{1,3}}?|they|he|she|it|we|the(?: [\w']+){{1,3}}?)\s+(?:ever\s+|not\s+|fully\s+)*been\s+"
    rf"(?:\w+ly\s+)?({_PARTICIPLES})\b(?!-)",
    re.IGNORECASE,
)

_BY = re.compile(
    r"\s+(?:\w+\s+){0,3}?by (?:the|a|an|your|our|my|someone|somebody|staff|people|us|them|him|her|it)\b", re.IGNORECASE
)


def passives(line: str) -> list[str]:
    """What stands in the passive: "is sent", "was your child seen", "are not being listened to"."""
    found = list[str]()
    for match in _PASSIVE.finditer(line):
        participle = next(filter(None, match.groups())).lower()
        by = _BY.match(line, match.end())
        if participle in _states() and not by:
            continue
        if participle.endswith("eed") or (
            match.group().lower().startswith("get") and participle in ("dressed", "changed", "started", "stuck")
        ):
            continue
        found.append(match.group())
    return found


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    """Participles that mostly tell how somebody or something is."""
    return frozenset(row["word"] for row in rows_of("states"))
