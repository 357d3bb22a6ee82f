"""Whom a question is asked of and about: the one who answers, their child, pupils, parents, staff."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from analysis.questions.plain_wording import plain_wording, without_scale


class Whom(StrEnum):
    SELF = "self"
    CHILD = "child"
    PUPILS = "pupils"
    PARENTS = "parents"
    STAFF = "staff"
    SIBLINGS = "siblings"


_CHILD_WORDS = (
    r"(?:child|children|son|daughter|kid|kids|little one|baby|toddler|teenager|teen|young person|"
    r"young people|grandchild|"
    r"grandson|granddaughter|boy|girl|family member|loved one)"
)
_OWN = r"(?:your|my|our)(?: own)?(?: (?:disabled|autistic|foster|adopted|looked after|eldest|youngest|other))?"
_PUPIL_WORDS = (
    r"(?:pupils?|students?|learners?|children|young people|young person|child|patients?|service users?|clients?)"
)
_PROFESSIONAL = re.compile(
    r"\b(?:as|being) (?:the|a|an) (?:receiving |previous |new |class |head |social |support |school |lead |"
    r"health |care |medical |education )*"
    r"(?:school|setting|teacher|headteacher|special needs coordinator|practitioner|professional|worker|nurse|college|"
    r"teaching assistant|assistant|leader|service|provider|employer|governor|nursery|commissioner|"
    r"therapist|clinician|doctor|member of staff|manager)\b"
    r"|\bin your (?:role|setting|team|service|practice|caseload|job|work)\b"
    rf"|\byour (?:pupils?|students?|learners?|patients?|clients?|service users?|caseload|colleagues|"
    rf"staff|team|workforce)\b"
    rf"|\b{_PUPIL_WORDS} (?:that |who |whom )?(?:you|we) (?:support|work with|teach|see|care for)\b"
    rf"|\b(?:families|parents|carers|parent carers) (?:that |who |whom )?(?:you|we) (?:support|work with|see)\b"
    rf"|\b{_PUPIL_WORDS} in your (?:class|school|setting|care|service|team|group)\b|\bmy (?:pupils|"
    rf"students|staff|patients)\b"
)
_CARED_FOR = re.compile(
    r"\b(?:people|person|those|adults?|children) (?:that |who |whom )?(?:you|i|we) "
    r"(?:care for|look after|support|help)\b"
)
_OTHER_FAMILIES = re.compile(
    r"^(?:do|does|did|are|were|have|can|could|would)? ?(?:most |many )?other "
    r"(?:families|parents|carers|people|pupils)\b"
)
_MENTIONS: tuple[tuple[Whom, re.Pattern[str]], ...] = (
    (Whom.SIBLINGS, re.compile(r"\b(?:brothers?|sisters?|siblings?)(?: and sisters| or sisters?| or brothers?)?\b")),
    (Whom.CHILD, re.compile(rf"\b{_OWN} (?:son or daughter|child or young person|{_CHILD_WORDS})\b")),
    (
        Whom.PUPILS,
        re.compile(
            r"\bthe (?:pupil|student|learner|child|young person|patient|young adult)(?:'s|s')?\b"
            r"|(?<!other )\b(?:pupils|students|learners|young people|children and young people|children)\b"
        ),
    ),
    (
        Whom.PARENTS,
        re.compile(
            r"\b(?:parents and carers|parent carers|parents|families|carers|"
            r"mums|dads|mothers|fathers)\b"
        ),
    ),
    (
        Whom.STAFF,
        re.compile(r"\b(?:staff|teachers?|practitioners|professionals|colleagues|workers|teaching assistants)\b"),
    ),
    (Whom.SELF, re.compile(r"\b(?:you|i|me|we|us|myself|yourself|your|my|our|mine|yours)\b")),
)
_ABOUT_YOU = re.compile(
    r"^(?:how |)(?:satisfied|happy|confident|sure|worried|concerned|pleased|certain)? ?"
    r"(?:are|were|have|do|did|can|could|would) (?:you|i|we)(?: been| be)?(?: feel)? ?"
    r"(?:very |)?(?:satisfied|happy|confident|sure|worried|concerned|pleased|certain|see|tell|think|"
    r"say|know|hear|find) "
    r"(?:with|about|that|of|how|what|if|whether)\b"
    r"|^how (?:satisfied|happy|confident|sure|worried|concerned|pleased|certain) (?:are|were|have|do|did) (?:you|i|we)"
    r"(?: been| feel)? (?:with|about|that|of)\b|^how do you feel about\b|^(?:i|we) (?:hear|trust|know|"
    r"think) (?:that|what|how)?"
)
_WHERE_ONE_LIVES = re.compile(
    rf"\b{_OWN} (?:local |own )?(?:area|neighbourhood|community|home|house|household|council|opinion|view|experience)\b"
)
"""Whose home or area it is does not say whom a question is about."""
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("parent", re.compile(r"\bas (?:a|an|the) (?:parent carer|parent|carer|mum|dad|mother|father|family)\b")),
    ("young", re.compile(r"\bas (?:a|an|the) (?:young person|pupil|student|learner|teenager|patient|young adult)\b")),
)
_POSSESSIVE = re.compile(r"(?:'s|s')\b")


@dataclass(frozen=True, slots=True)
class About:
    """`mentioned` are all; `first` comes first, and is `owner` when it only owns something ("your child's plan")."""

    mentioned: frozenset[Whom]
    first: Whom | None
    is_owner: bool
    of_a_professional: bool


@lru_cache(maxsize=8192)
def about(question: str) -> About:
    whole = without_scale(question)
    professional = bool(_PROFESSIONAL.search(whole))
    text = _ABOUT_YOU.sub(" ", plain_wording(question))
    text = re.sub(r"^(?:as|being|in your role as) (?:a|an|the) [^,]*,", " ", text)
    for _, role in _ROLES:
        text = role.sub(" ", text)
    text = _WHERE_ONE_LIVES.sub(" ", text)
    found = list[tuple[int, Whom, bool]]()
    for whom, pattern in _MENTIONS:
        for match in pattern.finditer(text):
            owner = bool(_POSSESSIVE.match(text, match.end())) or match.group() in ("your", "my", "our")
            if match.group().endswith(("'s", "s'")):
                owner = True
            found.append((match.start(), whom, owner))
        text = pattern.sub(lambda match: "_" * len(match.group()), text)
    found.sort(key=lambda each: each[0])
    first = found[0] if found else None
    return About(
        frozenset(whom for _, whom, _ in found), first[1] if first else None, first[2] if first else False, professional
    )


_OTHER_PEOPLE = (
    r"(?:partner|husband|wife|mum|dad|mother|father|parents?|grandparents?|grandmother|grandfather|"
    r"grandma|grandad|aunt|uncle|"
    r"famil(?:y|ies)|carers?|foster carers?|brothers?|sisters?|siblings?|friends|governors?|head ?teachers?|teachers?|"
    r"staff|teaching assistants?|practitioners?|professionals?|colleagues?|nurses?|doctors?|"
    r"therapists?|social workers?|"
    r"people|adults|pupils?|students?|learners?|children|young people|young person|young adults?|boys|girls|"
    r"employers?|drivers?|escorts?|special needs coordinators?|advisers?|officers?|council|panel|schools|he|she|they)"
)
_DETERMINERS = r"(?:(?:your|my|our|the|other|all|most|some|these|those|whole|own|both|class|school|disabled) )*"
_AUXILIARIES = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|might|as an?|for)"
_SUBJECT = re.compile(rf"(?:^|\b{_AUXILIARIES} ){_DETERMINERS}(you|i|we|(?:{_CHILD_WORDS}|{_OTHER_PEOPLE})(?!'|s'))\b")
_STAFF = re.compile(r"(?:school )?staff|teachers?|professionals?|practitioners?|people|adults|teaching assistants?")


@lru_cache(maxsize=8192)
def subject(question: str) -> str:
    """Who does or is what the question says: "you", "child" (of the one who answers), or another; empty if unclear."""
    text = plain_wording(question)
    found = _SUBJECT.search(_ABOUT_YOU.sub("", text)) or _SUBJECT.search(text)
    if not found:
        return ""
    who = found.group(1)
    if who in ("you", "i", "we"):
        return "you"
    if re.search(rf"\b{_OWN} {who}\b", found.group()) and re.fullmatch(_CHILD_WORDS, who):
        return "child"
    return "staff" if _STAFF.fullmatch(who) else who.removesuffix("s")


_OTHERS = (Whom.PUPILS, Whom.PARENTS, Whom.STAFF, Whom.SIBLINGS)


def another_audience(first: str, second: str, *, alike: float) -> bool:
    """Whether two questions are asked of, or about, different people.

    `alike` (0 to 1) is how much the rest of them is the same: staff who do something for the person who answers are no
    other audience, but the same words about staff instead of "you" are.
    """
    one, two = about(first), about(second)
    if one.of_a_professional != two.of_a_professional or _other_roles(first, second):
        return True
    if _owned_by_others(first, second):
        return True
    for others in (_CARED_FOR, _OTHER_FAMILIES):
        if bool(others.search(plain_wording(first))) != bool(others.search(plain_wording(second))):
            return True
    if alike >= _MUCH and _another_subject(first, second):
        return True
    return _one_sided(one, two, alike) or _one_sided(two, one, alike)


def _other_roles(first: str, second: str) -> bool:
    ours, theirs = (
        {role for role, pattern in _ROLES if pattern.search(without_scale(question))} for question in (first, second)
    )
    return bool(ours and theirs and not ours & theirs)


_MINE = re.compile(rf"\b(?:your|my)(?: own)? (?!{_CHILD_WORDS}\b|own\b)(\w+)")
_CHILDS = re.compile(rf"\b{_OWN} {_CHILD_WORDS}(?:'s|s') (\w+)")


def _owned_by_others(first: str, second: str) -> bool:
    """Whether one is about "my needs" where the other is about "my child's needs"."""
    ours, theirs = (_WHERE_ONE_LIVES.sub(" ", plain_wording(question)) for question in (first, second))
    mine, childs = (
        (set(_MINE.findall(ours)), set(_MINE.findall(theirs))),
        (
            set(_CHILDS.findall(ours)),
            set(_CHILDS.findall(theirs)),
        ),
    )
    return bool((mine[0] - childs[0]) & (childs[1] - mine[1]) or (mine[1] - childs[1]) & (childs[0] - mine[0]))


def _one_sided(ours: About, theirs: About, alike: float) -> bool:
    """Whether only `ours` is about the child of the one who answers, or about others."""
    if Whom.SIBLINGS in ours.mentioned and Whom.SIBLINGS not in theirs.mentioned and theirs.mentioned:
        return True
    if (
        Whom.CHILD in ours.mentioned
        and Whom.CHILD not in theirs.mentioned
        and theirs.mentioned
        and not (ours.first is Whom.SELF and theirs.first is Whom.SELF)
        and (Whom.SELF in theirs.mentioned or alike >= _MUCH)
    ):
        return True
    return (
        ours.first in _OTHERS
        and theirs.first in (Whom.SELF, Whom.CHILD)
        and ours.first not in theirs.mentioned
        and (ours.first is not Whom.STAFF or (Whom.SELF not in ours.mentioned and alike >= _MUCH))
    )


def _another_subject(first: str, second: str) -> bool:
    ours, theirs = subject(first), subject(second)
    if not ours or not theirs or ours == theirs:
        return False
    if {ours, theirs} == {"you", "child"}:
        return True
    for who, question in ((ours, second), (theirs, first)):
        if who not in ("you", "child") and re.search(rf"\b{who}", without_scale(question)):
            return False  # "do teachers listen to you", "are you listened to by teachers"
    for who, question in ((ours, first), (theirs, second)):
        if (
            who not in ("you", "child")
            and re.search(r"\b(?:you|me|us)\b", without_scale(question))
            and "you" in (ours, theirs)
        ):
            return False
    return True


_MUCH = 0.4
