"""What somebody is called, told by the words about it: "Smiler, as we call him", "Ibs for short", "answers to Boo"."""

from __future__ import annotations

import re

from analysis.redaction.detail import Zones
from analysis.redaction.vocabulary import known

_WHO = r"(?:we|i|everyone|everybody|they|people|school|(?:his|her|my|our|the) [a-z]+)(?: all| always)?"
_NAME = r"[^\W\d_][\w’'-]{1,20}(?: [A-Z][\w’'-]{1,20})?"
_CALLED = re.compile(
    rf"(?<![\w’'-])[\"“‘']?(?P<name>{_NAME})[\"”’']?(?:,| -| –|,? \()? ?"
    rf"(?:as|(?:that|thats|that[’']s|which|it)(?: is)? what|is what|that[’']s how) {_WHO} calls? (?:him|her|me|them)\b"
    rf"|\b(?:goes by|go by|answers to|answer to|responds to|respond to|(?:likes|prefers|wants|loves) to be called|"
    rf"known (?:to (?:us|everyone|friends|all) )?as|nicknamed|nickname (?:is|was))"
    rf"(?: the name(?: of)?| her name| his name| just)? [\"“‘']?(?P<goes>{_NAME})"
    rf"|(?<![\w’'-])[\"“‘']?(?P<real>[A-Z][\w’'-]{{1,20}})[\"”’']?(?:,| -| –|,? \()? ?(?:that|which)(?: is|[’']s) "
    rf"(?:really |actually )?(?:her|his|their|my) (?:real |actual |full )?name\b"
    rf"|(?<![\w’'-])[\"“‘']?(?P<short>[^\W\d_]{{2,12}})[\"”’']? for short\b"
    rf"|(?:calls?|called|calling) (?:him|her|me|them) [\"“‘']?(?P<calls>{_NAME})[\"”’']?"
    rf"(?=[,.;!)\"”]| (?:because|cos|since|as|but|and|at|for|now|from)\b|$)",
)
_FIRST = re.compile(
    r"call(?:s|ed|ing)? (?:him|her|me|them)|to be called|go(?:es)? by|answers? to|responds? to|known |nickname|"
    r"for short|(?:her|his|their|my) (?:[a-z]+ )?name\b"
)
_SMALL = frozenset(
    {"call", "goes", "short", "name", "names", "back", "when", "whatever", "it", "in", "out", "this", "that", "more"}
)


def find_nicknames(zones: Zones) -> None:
    """With a capital whatever the word is; in small letters only what may be a name."""
    if not _FIRST.search(zones.text):
        return
    for match in _CALLED.finditer(zones.text):
        group = next(group for group, name in match.groupdict().items() if name)
        start, end = match.span(group)
        for part in ("'s", "’s"):
            if match[group].endswith(part):
                end -= 2
        name = zones.text[start:end]
        of_it = known(name.split()[0].lower().replace("’", "'"))
        if of_it.is_function or of_it.is_field or (of_it.is_public and not of_it.also) or name.lower() in _SMALL:
            continue
        if (name[0].isupper() and not name.isupper()) or of_it.is_given or of_it.also:
            zones.add("PERSON", start, end)
