"""The easy-read check of any text: what in it is hard to read, of nine kinds.

Built on `readability`, whose narrower rules decide what we publish ourselves. Here words are also hard when they are
rare or long and Latin, and idioms, double negatives, figures and second ideas are found. After "Information for all"
(Inclusion Europe, 2009).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from analysis.hard_words import rare_words
from analysis.passives import passives
from analysis.readability import ReadingProblem, reading_problems, sentences
from analysis.tokens import normalised, words_of
from analysis.word_lists import rows_of

KINDS = (
    "long_sentence",
    "hard_word",
    "passive",
    "acronym",
    "double_question",
    "negative_wording",
    "metaphor",
    "two_ideas",
    "number_or_percent",
)
"""In the order in which problems are told."""

_MEANS = re.compile(
    r"\b([\w' -]{2,60}?) (?:means?|is when|is short for|stands for|is another word for|are people who|"
    r"is a person who|is someone who)\b"
    r"|\b(?:an?|the) ([\w' -]{2,40}?) (?:is|are) (?:an? |the |people|someone|somebody|where|how|what)"
    r"|\b([\w'-]+) \((?:this |it |that |which )?(?:means|is)\b|\((?:also |)(?:called|known as) ([\w' -]+)\)",
    re.IGNORECASE,
)


_NEGATIVE = (
    r"(?:not|never|no|nobody|no one|none|nothing|neither|nor|without|unable|cannot|\w+n't|hardly|"
    r"rarely|refuse[sd]?|fails?|failed)"
)
_UN_WORDS = (
    r"(?:un(?:able|happy|safe|clear|likely|less|fair|helpful|necessary|reasonable|suitable|satisfied|"
    r"aware|common|willing|usual|"
    r"important|true|wanted|welcome|known)|dis(?:agree|satisfied|like|advantaged)|in(?:correct|"
    r"complete|accurate|appropriate|"
    r"frequent|adequate|valid|eligible)|im(?:possible|proper|polite)|ir(?:relevant|regular)|without|"
    r"unless|except|fail\w*|prevent\w*|"
    r"avoid\w*|refus\w+|deny|denied|lack\w*|object|prohibit\w*|forbid\w*|exclud\w+)"
)
_NEGATIVES = (
    re.compile(
        rf"\b{_NEGATIVE}\b(?:\W+\w+){{0,7}}?\W+(?:{_UN_WORDS}|(?<!or )not|no|never|nobody|nothing|n't|\w+n't)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:{_UN_WORDS})\b(?:\W+\w+){{0,7}}?\W+(?:not|no|never|nobody|nothing|\w+n't|cannot)\b", re.IGNORECASE
    ),
    re.compile(
        r"^(?:is|are|was|were|do|does|did|has|have|can|could|would|will|should)(?:n't\b|n’t\b| it not\b|"
        r" you not\b| they not\b| we not\b| your \w+ not\b| there not\b| there no\b)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:agree|disagree|true|say|think|believe) that (?:\w+\W+){0,6}?(?:not|never|no|nobody|cannot|\w+n't)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:un)?tick (?:the|this|a) box if (?:\w+\W+){0,5}?(?:not|never|no|\w+n't)\b|\buntick\b|"
        r"\bopt(?:ed|ing)? out\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:do not|don't|never|cannot|must not|may not|not) (?:\w+\W+){0,9}?(?:unless|until|except|without)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bunless\b|\bno fewer than\b|\bno less than\b|\bnot un\w+|\bnot in frequently\b|\bfailure to\b|"
        r"\bdissatisfied\b.*\bnot\b|\bnot only\b",
        re.IGNORECASE,
    ),
)

_NUMBERS = (
    re.compile(r"\d\s?%|\bper ?cent\b|\bpercentages?\b", re.IGNORECASE),
    re.compile(
        r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:in|out of) (?:every )?(?:\d+|two|"
        r"three|four|five|six|seven|eight|nine|ten|twenty|a hundred)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:half|third|thirds|quarter|quarters|fifth|fifths|tenth|tenths|majority|proportion|ratio|"
        r"average|median|mean) of (?:all |our |the |our |families|parents|young|children|pupils|people|"
        r"plans|those)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:two|three|a|one)[ -](?:thirds|quarters|third|quarter|fifths|fifth|tenths)\b(?! past)", re.IGNORECASE
    ),
    re.compile(
        r"(?<![\d/.])\b\d{1,3}(?:,\d{3})+\b|\b\d+\.\d+\b(?!\s?(?:am|pm)\b)|\b\d+:\d+ ratio\b|\bratio\b", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:scale|score|rate|rating|mark)\b[^.?]*?\b(?:\d+|zero|one) (?:to|and|-|–) (?:[6-9]|\d\d+|six|"
        r"seven|eight|nine|ten)\b|\bfrom (?:0|1|zero|one) to (?:[6-9]|10|100|seven|ten)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:rose|rise|fell|fall|increase[ds]?|decrease[ds]?|grew|dropped|up|down) (?:from|by) (?:over |"
        r"about |around |nearly |almost )?\d",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:from \d+ to \d+|compared (?:with|to) \d+)\b(?!\s?(?:am|pm|o'clock))", re.IGNORECASE),
    re.compile(
        r"\b(?:doubled|trebled|tripled|halved|twice as many|ten times|fold)\b|\bhundreds? of thousands?\b|"
        r"\bmillions?\b",
        re.IGNORECASE,
    ),
)
_LARGE = re.compile(r"(?<![\d£/:.,-])\b(\d{3,})\b(?![\d/:.-]*\d)")
_PHONE = re.compile(r"\+?\(?0\d[\d ()-]{7,}\d|\b(?:111|999|101|112|119)\b|\b(?:19|20)\d\d\b")

_FINITE = (
    r"(?:is|are|was|were|am|will|can|could|would|should|must|may|might|do|does|did|has|have|had|need|"
    r"needs|want|wants|think|feel|get|"
    r"gets|help|helps|tell|tells|use|make|makes|made|go|went|come|came|give|gives|gave|take|took|work|"
    r"works|said|say|says|know|see|"
    r"look|ask|asked|send|sent|started|changed|moved|wrote|write|runs?|offers?|found|find|meets?|met|\w{3,}ed)"
)
_SUBJECTS = (
    r"(?:i|you|we|they|he|she|it|there|this|that|(?:the|your|our|my|a|an|each|every|some|all|their|"
    r"his|her|many|most|other) (?:\w+ ){1,3}?|people|families|parents|staff|teachers|children)"
)
_TWO_IDEAS = re.compile(
    rf"(?:,|;|\b)\s*(?:and|but|so|while|whereas|although)\s+(?:also |then |if you \w+ |"
    rf"sometimes )?{_SUBJECTS}\s*(?:also |often |now |always |then |still |do not |all )?{_FINITE}\b"
    rf"|\b(?:and|but|so) (?:the|your|our|their|my|a) (?:\w+ )?\w+ (?!is\b)\w{{3,}}(?<!s)(?<!u)s\b(?! (?:and|of)\b)(?=.)"
    rf"|\b(?:and|but|so) \w+ (?:is|are|was|were|will|can|must|should|has|have)\b"
    rf"|;\s*\w+|\s[–—-]\s(?:and|but|so)\b",
    re.IGNORECASE,
)
_COMMANDS = re.compile(
    r",? (?:and|but) (?:then |also |please )?(?:bring|send|ask|call|ring|tell|write|return|visit|"
    r"check|keep|remember|contact|email|speak|"
    r"let|give|complete|fill|post|read|make|get|go|take|sign|tick|choose|press|put|talk|try)\b"
)


@dataclass(frozen=True, slots=True)
class EasyReading:
    """`problems` are in the order of `KINDS`, each word once; a text is `ok` when there are none."""

    problems: tuple[ReadingProblem, ...]

    @property
    def ok(self) -> bool:
        return not self.problems

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(problem.code for problem in self.problems))


def check(text: str) -> EasyReading:
    """What is hard to read in a text of English; nothing for a text without letters or digits."""
    line = normalised(text).replace("\u2019", "'").strip()
    explained = _explained(line)
    found = [each for each in reading_problems(line, explained=explained) if not each.warning]
    found = [each for each in found if each.code not in ("passive", "hard_word") or _stands(each, explained)]
    found += [ReadingProblem("hard_word", word) for word in rare_words(line, explained)]
    found += [ReadingProblem("passive", said) for said in passives(line)]
    for sentence in sentences(line):
        found += _of_sentence(sentence)
    found += [ReadingProblem("metaphor", said) for said in _metaphors(line)]
    return EasyReading(tuple(sorted(dict.fromkeys(found), key=lambda each: KINDS.index(each.code))))


def _stands(problem: ReadingProblem, explained: frozenset[str]) -> bool:
    """Whether a problem that the narrower check found is one here; passives are looked for anew."""
    return problem.code == "hard_word" and problem.found.lower() not in explained


def _of_sentence(sentence: str) -> list[ReadingProblem]:
    found = list[ReadingProblem]()
    asks = sentence.endswith("?")
    if any(pattern.search(sentence) for pattern in _NEGATIVES):
        found.append(ReadingProblem("negative_wording", sentence))
    if not asks and (_TWO_IDEAS.search(sentence) or (len(words_of(sentence)) > 9 and _COMMANDS.search(sentence))):
        found.append(ReadingProblem("two_ideas", sentence))
    if asks and _two_things_asked(sentence):
        found.append(ReadingProblem("double_question", sentence))
    bare = _PHONE.sub(" ", sentence)
    large = any(int(number) > 100 for number in _LARGE.findall(bare))
    if large or any(pattern.search(bare) for pattern in _NUMBERS):
        found.append(ReadingProblem("number_or_percent", sentence))
    return found


_JUDGED = (
    r"(?:happy|satisfied|clear|easy|helpful|useful|kind|safe|friendly|quick|good|well|clean|quiet|"
    r"fair|warm|comfortable|polite|important|interesting|respectful|included|involved|confident|"
    r"listened to|supported|welcome|welcoming|informed|understood|respected|prepared|ready)"
)
_TWO_JUDGED = re.compile(rf"\b{_JUDGED},? and (?:\w+ly )?{_JUDGED}\b", re.IGNORECASE)
_TWO_RATED = re.compile(
    r"\b(?:how (?:satisfied|happy|good|useful|helpful|easy|well|clear|often)|rate|satisfied with|"
    r"happy with|like|enjoy|think of|easy to)\b"
    r"[^?]*\b(?:\w+) and (?:your |the |their |our |how )?\w+",
    re.IGNORECASE,
)
_TWO_DONE = re.compile(
    r"\b(?:do|did|does|can|could|would|will|have|has|are|is|was|were)\b[^?,]*\b(?:\w+),? and (?:how|"
    r"why|what|who|when|where|did|do|does|was|is|are|were|can|will|would|has|have|feel|get|know|"
    r"understand|find|enjoy|like|use|see|trust)\b",
    re.IGNORECASE,
)


_JOINED = re.compile(
    r"\b(?:and|or) (?:your|the|their|our|my|whether|if|how|why|who|where|when|what|do|did|does|can|"
    r"could|are|were|was|is|have|has|know|"
    r"understand|feel|felt|find|get|got|learn|see|use|tell|ask|help)\b"
    r"|\b(?:is|are|was|were|feel|felt)\b[^?]*\b\w+ and (?:\w+ )?\w+\?$",
    re.IGNORECASE,
)
_ONE_THING = re.compile(
    r"\b(?:you|me|us) and (?:your|my|our)\b|\b(?:health|education|speech|parents?|children|mum|"
    r"brothers?|friends|bread|advice|information)\b,?"
    r" (?:and|or) (?:social |young )?(?:care|language|carers?|people|dad|sisters?|family|butter|"
    r"support|advice|health)\b"
    r"|\bor (?:not|your (?:child|son|daughter|family|carer|parent))\b|, or \w+",
    re.IGNORECASE,
)


def _two_things_asked(question: str) -> bool:
    if _JOINED.search(question) and not _ONE_THING.search(question):
        return True
    return bool(_TWO_JUDGED.search(question) or _TWO_RATED.search(question) or _TWO_DONE.search(question))


def _explained(line: str) -> frozenset[str]:
    """Words and abbreviations that the text explains ("A review is a meeting about your plan")."""
    found = set[str]()
    for match in _MEANS.finditer(line):
        term = next(filter(None, match.groups())).strip().lower()
        found |= {term, *re.findall(r"[\w'-]+", term)}
    return frozenset(found)


def _metaphors(line: str) -> list[str]:
    return [found.group() for found in _metaphor_pattern().finditer(line)]


@lru_cache(maxsize=1)
def _metaphor_pattern() -> re.Pattern[str]:
    """The listed idioms, with any ending on their first word ("close the gap", "closing the gap") and any owner."""
    phrases = sorted((row["phrase"] for row in rows_of("metaphors")), key=len, reverse=True)
    return re.compile("|".join(map(_with_endings, phrases)), re.IGNORECASE)


def _with_endings(phrase: str) -> str:
    first, *rest = re.split(r"[ -]", phrase)
    if not rest:
        return rf"\b{re.escape(first)}\b"
    stem = first.removesuffix("e") if len(first) > 3 else first
    owners = {"your": r"(?:your|our|my|their|his|her)"}
    others = [owners.get(word.lower(), re.escape(word)) for word in rest]
    doubled = re.escape(stem[-1])
    return rf"\b{re.escape(stem)}(?:e|s|es|ed|ing|{doubled}ing|{doubled}ed)?[ -]" + "[ -]".join(others) + r"\b"
