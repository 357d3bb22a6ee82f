"""What the words around a name say: that somebody is being introduced, or that somebody does something."""

from __future__ import annotations

from analysis.redaction.words import Reading, Word

TITLES = frozenset(
    "mr mrs ms miss mx dr doctor prof professor sir madam lady lord dame rev reverend father fr pastor imam ustad mufti "
    "maulana rabbi cllr councillor pc sgt sergeant judge nurse auntie aunty aunt uncle aunties khala chacha mamu nani dadi "
    "bhai baji apa nanny nana nan gran granny grandma grandad granddad grandpa grampy gramps papa nain taid babcia dziadek "
    "teta baba abuela cousin brother sister matron mstr mme".split()
)
_SURE_TITLES = frozenset({"mr", "mrs", "ms", "mx", "cllr", "prof"})
KIN = frozenset(
    "son sons daughter daughters boy boys girl girls child lad kid brother brothers sister sisters mum mam mom mother dad "
    "father husband wife partner ex nephew niece cousin grandson granddaughter grandchild twin twins triplets stepson "
    "stepdaughter stepdad stepmum friend friends mate mates bestie baby toddler teenager eldest youngest oldest middle "
    "law dog fiance fiancee boyfriend girlfriend nan grandad stepbrother stepsister foster godson goddaughter neighbour "
    "roommate classmate godmother goddad sibling siblings bro sis".split()
)
ROLES = frozenset(
    "caseworker worker keyworker key-worker senco sendco teacher ta tas lsa driver escort assistant nurse head headteacher "
    "officer tutor mentor therapist carer carers coordinator co-ordinator physio ot slt salt paediatrician consultant "
    "psychologist psychiatrist ep manager governor chair receptionist childminder lady man guy woman colleague colleagues "
    "person pa interpreter advocate solicitor advisor adviser support counsellor counselor visitor lead dentist gp "
    "practitioner midwife instructor coach leader volunteer nanny student pupil client patient resident dietician "
    "dietitian optician administrator secretary planner commissioner deputy sencos specialist guide chaperone parent parents".split()
)
CALLED = frozenset({"called", "named", "name", "name's", "names", "nicknamed", "aka", "alias", "signed", "surname"})
_CALLING = frozenset({"call", "calls", "calling", "named", "name", "names", "nickname"})
_GREETINGS = frozenset(
    "dear hi hello hey hiya morning afternoon evening thanks thankyou cheers regards wishes sincerely faithfully love bye "
    "yours miss congratulations sorry well".split()
)
TO_PEOPLE = frozenset(
    "told tell tells asked ask asks emailed email rang ring phoned met meet meeting saw seen spoke contacted contact "
    "thank thanks messaged texted text invited love loves loved missed know knows knew helped taught with by and or n "
    "for about like against than without bless poor says said from to of hugged bullied hit hurt loves adore".split()
)
_JOINING = frozenset("with by and or n for about like against than without says said from to of saw seen know helped".split())
SUBJECT_VERBS = frozenset(
    "is was has had does did doesn't didn't isn't wasn't hasn't hadn't can't couldn't won't wouldn't didnt doesnt isnt "
    "wasnt cant couldnt wont says said went came got gets gave gives took takes made makes told tells rang rings left "
    "loves loved likes liked hates needs wants wanted needed goes comes helps helped works worked knows knew thinks "
    "thought feels felt sees saw runs ran sits sat eats ate sleeps slept plays played talks talked walks walked used uses "
    "keeps kept lives lived started starts attends attended struggles struggled finds found looks looked seems seemed "
    "understands understood listens listened explained supports supported answered replied promised phoned emailed "
    "turned turns stayed stays cried cries refuses refused deserves deserved moved moves can could will would should might "
    "must never always really also still just who whos who's and".split()
)
_ONLY_PEOPLE = frozenset(
    "drives drove picks picked brings brought teaches taught joins joined chats calls runs sets set writes "
    "changes wears hides hugs watches watched draws sleeps wakes woke spends spent wishes hears heard speaks spoke "
    "says said told tells rang rings asked asks loves loved likes liked hates wants wanted goes went came comes helps "
    "helped works worked knows knew thinks thought feels felt sits sat eats ate sleeps plays played talks talked explained "
    "promised phoned emailed answered replied listened listens understands understood struggles struggled "
    "cried cries who whos who's lives "
    "deserves finds started starts left sees saw smiles smiled laughs turned turns stayed signed "
    "writes wrote read reads sings sang noticed walks walked runs ran hit hits bites bit screams hides hid shouts shouted "
    "smiles".split()
)
_EITHER = frozenset(
    "attends attended refuses refused doesn't doesnt gave took takes has needs got gets used hasn't hadn't can't cant "
    "couldn't wouldn't won't wont does did didn't didnt needed keeps kept".split()
)
"""A person may do it, and so may a school."""
_BEFORE_A_NOUN = frozenset({"a", "an", "my", "our", "the", "his", "her", "their"})
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty".split()
)
_PERSONAL = frozenset(
    "lovely brilliant amazing fantastic wonderful great excellent fab kind patient helpful rude supportive autistic "
    "nonverbal non-verbal verbal deaf blind disabled happy sad upset anxious scared shy funny clever bright friendly "
    "patient caring gentle understanding approachable knowledgeable diagnosed bullied excluded assessed born seen sick "
    "ill tired hungry crying screaming struggling doing starting leaving sitting learning coming trying having".split()
)
_PEOPLE_WORDS = frozenset({"he", "she", "him", "her", "his", "hers", "he's", "she's", "hes", "shes", "himself", "herself"})
_SERVICES = frozenset(
    "transport send sen school college nursery camhs council team office reception respite youth club forum parent "
    "sendias sendiass social early hub health disability adult children's childrens inclusion admissions panel mediation "
    "portage autism family families class year theatre work taxi taxis church next upstairs physio speech outreach "
    "ot salt lunch kitchen pcf group housing benefits finance complaints mosque advocacy "
    "safeguarding attendance education hr it customer contact scouts cubs brownies swimming football karate".split()
)


def introduces(reading: Reading, first: int) -> float:
    """How surely the words before say that a name follows: 2 surely, 1 rather, 0 not."""
    words = reading.words
    before = reading.at(first - 1)
    if before is None:
        return 0
    gap = words[first].gap
    two, three = reading.at(first - 2), reading.at(first - 3)
    if gap.strip(" .,:(\"“'‘-–=") not in ("", "\n") or "\n" in gap and before.low not in _GREETINGS | {"thanks", "you"}:
        return 0
    joined = gap.strip() == ""
    if before.low in TITLES and gap in (" ", ". "):
        return 2
    if before.low in CALLED:
        return 2 if before.low != "names" or two is not None and two.low in ("my", "his", "her") else 1
    if before.low in ("is", "are", "was", "'s") and two is not None and joined:
        if two.low in ("name", "names", "nickname", "surname"):
            return 2
        if two.low in KIN | ROLES and (three is None or three.low != "the" or two.low in ROLES):
            return 1
    if before.low in ("him", "her", "them", "himself", "herself", "myself", "me") and two is not None and joined:
        if two.low in _CALLING or (two.low == "calls"):
            return 2
    if before.low in ("as",) and two is not None and two.low in ("known", "addressed"):
        return 1.5
    if before.low in ("i'm", "im", "it's", "its") and joined:
        return 1
    if before.low == "am" and two is not None and two.low == "i":
        return 1
    if before.low in ("is", "was") and two is not None and two.low in ("this", "here", "it"):
        return 1
    if before.low in KIN and not before.is_possessive:
        if joined or gap.strip() in (",", "(", "-", "–", ":"):
            return 1.5 if joined else 1.2
    if before.low in ROLES and not before.is_possessive and (joined or gap.strip() in (",", "(", "-", "–", ":")):
        return 1
    if before.low in _GREETINGS and (joined or gap.strip(" \n") in (",", "")):
        return 1 if not (two is not None and two.low == "as") else 0
    if before.low == "you" and two is not None and two.low == "thank":
        return 1
    if before.low == "to" and two is not None and two.low in ("thanks", "thank", "spoke", "talk", "speaking", "talking", "shout", "credit"):
        return 1
    return 0


def acts(reading: Reading, last: int) -> float:
    """How surely the words after show somebody who does something: 2 as only people do, 1 as things may too, 0 not."""
    words = reading.words
    word = words[last]
    after = reading.at(last + 1)
    if word.is_possessive:
        return 1
    if after is None:
        return 0
    gap = after.gap
    if gap.strip() == ":":
        return 1
    if gap.strip() in (",", "(", " (") and after.low in KIN | ROLES | {"my", "his", "her", "our", "who", "aged", "age"}:
        return 1.5
    if gap.strip() == "(":
        return 0.7
    if gap != " ":
        return 0
    further = reading.at(last + 2)
    if after.low in ("from", "in", "at") and further is not None and further.gap == " ":
        third = reading.at(last + 3)
        if further.low in _SERVICES or (third is not None and third.low in _SERVICES):
            return 1.5
    if after.low in ("always", "never", "really", "also", "still", "just", "then", "now", "only", "even") and further is not None:
        after = further
    if after.low in _ONLY_PEOPLE:
        return 2
    if after.low in _EITHER:
        return 1.5
    if after.low in SUBJECT_VERBS and after.low != "and":
        return 1
    return 1 if after.known.is_verb and not after.known.is_function and after.low.endswith(("ed", "s")) else 0


def is_somebody(reading: Reading, last: int) -> bool:
    """Whether "Hope is …" goes on as it does of a person, or somebody is "he" or "she" afterwards."""
    words = reading.words
    verb, after = reading.at(last + 1), reading.at(last + 2)
    if verb is None:
        return False
    if reading.text[verb.end : verb.end + 2].strip().isdecimal():
        return True  # "May is 7"
    if after is not None and after.low in _PERSONAL | _NUMBERS:
        return True
    if after is not None and verb.low in ("is", "was") and after.low in _BEFORE_A_NOUN:
        return any(each.low in ROLES | KIN | TITLES for each in words[last + 3 : last + 6])
    return any(each.low in _PEOPLE_WORDS for each in words[last + 1 : last + 16])


def is_spoken_to(reading: Reading, first: int, last: int) -> bool:
    """"Thanks, Grace." and "Grace, I am sorry": set off by commas at the edge of a sentence."""
    after = reading.at(last + 1)
    starts = reading.words[first].begins and after is not None and after.gap.startswith(",")
    tail = reading.text[reading.words[last].end : reading.words[last].end + 1]
    ends = reading.words[first].gap.strip() == "," and (after is None or tail in ".!?\n")
    return starts or ends


def takes_people(before: Word | None) -> bool:
    return before is not None and before.low in TO_PEOPLE


def only_takes_people(before: Word | None) -> bool:
    return before is not None and before.low in TO_PEOPLE - _JOINING
