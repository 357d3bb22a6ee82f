"""The record of processing activities (UK GDPR, Article 30), a draft: what is done here with data of people."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from surveys.contact_wishes import MONTHS_KEPT as WISH_MONTHS
from surveys.drafts import DAYS_KEPT as DRAFT_DAYS
from surveys.invitations.queue import DAYS_KEPT as MESSAGE_DAYS
from surveys.ledger.recording import KEPT as ASKS_KEPT
from voice.capture.views.spaces import MONTHS_KEPT as SPACE_MONTHS
from voice.data_protection.facts import Facts, Processor, rounded

COLUMNS = (
    "Activity",
    "Purpose",
    "Whose data",
    "What data",
    "Special category data",
    "Who receives it",
    "Transfers abroad",
    "How long it is kept",
    "Security",
    "How many",
    "A person has to write",
)

NOBODY_OUTSIDE = "Nobody outside."
LAWFUL = "the lawful basis (public task is proposed) and the condition for special category data"


class Activity(msgspec.Struct, frozen=True):
    """A row. ``to_write`` is what only people can know, and empty where nothing is left open."""

    name: str
    purpose: str
    people: str
    data: str
    special: str
    recipients: str
    kept: str
    security: str
    many: str
    to_write: tuple[str, ...] = ()

    def row(self, facts: Facts) -> tuple[str, ...]:
        start = (self.name, self.purpose, self.people, self.data, self.special, self.recipients)
        return (*start, transfers(facts), self.kept, self.security, self.many, "; ".join(self.to_write))


def transfers(facts: Facts) -> str:
    """The product sends nothing abroad by itself; where a service outside stands, it cannot know."""
    if not facts.processors:
        return "No transfer by the product itself: no service outside is set up."
    return "Only through the services named as recipients. Where they keep data, a person has to write."


def rows(facts: Facts) -> tuple[tuple[str, ...], ...]:
    return tuple(activity.row(facts) for activity in activities(facts))


def activities(facts: Facts) -> Iterator[Activity]:
    """What is in use; an activity of which nothing is held and that nothing is set up for is left out."""
    yield from _surveys(facts)
    for name, make in _OTHERS.items():
        if facts.held[name]:
            yield make(facts)
    yield _staff(facts)


def months(many: int) -> str:
    if many < 1:
        return "nobody has said how long"
    years, left = divmod(many, 12)
    unit, count = ("month", many) if left else ("year", years)
    return f"{count} {unit}{'s' if count != 1 else ''}"


def outside(facts: Facts, *kinds: str) -> tuple[Processor, ...]:
    return tuple(each for each in facts.processors if each.kind in kinds)


def _named(processors: tuple[Processor, ...]) -> str:
    return "; ".join(f"{each.host} ({each.gets})" for each in processors) or NOBODY_OUTSIDE


def _surveys(facts: Facts) -> Iterator[Activity]:
    for survey in facts.surveys:
        sealed = " Who answered is sealed apart; each opening is recorded." if "confidential" in survey.modes else ""
        special = "; ".join(survey.special) or "none asked for outright"
        open_ended = "; own words may say anything" if survey.anything else ""
        programs = " Programs with a token may read answers." if facts.held["programs"] else ""
        to_write = [LAWFUL] + ["how long answers are kept"] * (min(survey.kept_months) < 1)
        yield Activity(
            name=f"Survey: {survey.title}",
            purpose="To hear what families and young people say about services, and to act on it.",
            people=WHO.get(survey.audience, WHO["other"]),
            data=f"{'; '.join(survey.asked)}. Identity: {', '.join(survey.modes)}.",
            special=special + open_ended,
            recipients=f"{survey.who_reads}{programs}".strip(),
            kept="; ".join(months(each) for each in survey.kept_months)
            + f" after the round. What is not sent goes after {DRAFT_DAYS} days.",
            security=f"No address, device or account of anybody is stored.{sealed}",
            many=rounded(survey.people),
            to_write=tuple(to_write),
        )


WHO = {
    "parent_carer": "Parents and carers of children with special needs",
    "young_person": "Children and young people with special needs",
    "school": "People who work in schools",
    "health": "People who work in health services",
    "other": "People who work with families, or anybody",
}


def _wishes(facts: Facts) -> Activity:
    return Activity(
        "People who would like to hear from us",
        "To get in touch with people who asked for it.",
        "People who answered a survey",
        "Address or phone number, and in which language to write",
        "none",
        NOBODY_OUTSIDE,
        months(WISH_MONTHS),
        "Sealed, apart from answers; each opening is noted.",
        facts.about("wishes"),
    )


def _contacts(facts: Facts) -> Activity:
    carried = (*outside(facts, "smtp"), *outside(facts, "notify"))
    return Activity(
        "Inviting people, and not asking them too often",
        "To send people their own link, and to spare those who were asked enough.",
        "Families and young people on the lists of partners",
        "How to reach them (sealed), language, group (need, age, setting, area), times they were asked",
        "special educational needs, where the list of a partner tells the need",
        _named(carried),
        f"Contact details until the list is removed; messages {MESSAGE_DAYS} days; times of asking "
        f"{ASKS_KEPT.days // 366} years, under a key in place of a name.",
        "Contact details are sealed. Links are kept as hashes.",
        facts.about("contacts"),
        (LAWFUL, "when lists of partners are removed", "the agreement under which partners share them"),
    )


def _sessions(facts: Facts) -> Activity:
    return Activity(
        "Sessions in a room",
        "To hear groups of children, young people or families together.",
        "People who take part in a session, and their school or group",
        "What they write, draw or record on cards; names only where the group wants them",
        "own words may say anything",
        "Those who lead the session; the report goes where they send it.",
        "The product sets no end.",
        "Open to those who lead the session alone.",
        facts.about("sessions"),
        (LAWFUL, "how long cards and reports of sessions are kept"),
    )


def _spaces(facts: Facts) -> Activity:
    return Activity(
        "My views: private spaces",
        "To let a young person gather what they want to say at their meeting.",
        "Children and young people, and whom they let in",
        "What they write, draw or record",
        "own words may say anything",
        "Whom the young person chooses. Staff cannot read it.",
        f"{months(SPACE_MONTHS)} after it was opened last, or until they end it.",
        "Encrypted with the person's own code, which is not stored.",
        facts.about("spaces"),
        (LAWFUL,),
    )


def _drop_box(facts: Facts) -> Activity:
    mail = " E-mail may come in over SMTP." if facts.intake else ""
    return Activity(
        "Drop box: what was heard elsewhere",
        "To count what families told partners, or told us without a survey.",
        "Families and young people; the person who passes it on",
        f"What was said, by whom in general (parent, young person), setting, day or month.{mail}",
        "own words may say anything",
        NOBODY_OUTSIDE,
        "As long as whoever passed it on allows.",
        "Read by a person before it counts; names are masked.",
        facts.about("drop_box"),
        (LAWFUL, "how long it is kept where no end was named"),
    )


def _reviews(facts: Facts) -> Activity:
    return Activity(
        "Annual reviews",
        "To see whether children take part in their review, and to give them a code for My views.",
        "Children and young people with a plan",
        "Day of the review, school year, setting, how they took part; the reference of the council as a keyed hash",
        "special educational needs: that there is a plan",
        NOBODY_OUTSIDE,
        "The product sets no end.",
        "No name; the reference cannot be read back.",
        facts.about("reviews"),
        (LAWFUL, "how long the register is kept"),
    )


def _worries(facts: Facts) -> Activity:
    return Activity(
        "Keeping people safe",
        "To look at what somebody is worried about, in time.",
        "Whoever tells of a worry, and whom it is about",
        "What was said, how to reach the person if they say it, what was done",
        "may be any",
        "The safeguarding lead and their deputy; services that they tell.",
        f"Words go {months(facts.worries_kept_months)} after it was closed; that there was a worry stays.",
        "Sealed, each under a key of its own; the record cannot be changed.",
        facts.about("worries"),
        (LAWFUL, *(() if facts.safeguarding_agreed else ("who looks and how soon: nobody has agreed on it yet",))),
    )


def _requests(facts: Facts) -> Activity:
    return Activity(
        "What people ask about their data",
        "To give copies and to erase, as the law asks.",
        "People who ask",
        "What they gave us to find their data by (sealed), the day, what came of it",
        "none",
        NOBODY_OUTSIDE,
        "The product sets no end for the report; what finds the person goes when it is closed.",
        "Sealed while it is open.",
        facts.about("requests"),
        ("how long reports of requests are kept",),
    )


def _staff(facts: Facts) -> Activity:
    return Activity(
        "Staff who work here",
        "To let in who may come in, and to show who looked at what.",
        "Members of staff of the partners",
        "E-mail address, role, organisation, what they opened and changed and when",
        "none",
        _named(outside(facts, "openid", "smtp")),
        f"The record of who did what: {facts.audit_years} years. Accounts until they are ended.",
        f"Passwords as argon2id hashes; second factor {facts.second_factor}; signed out after "
        f"{facts.idle_minutes} minutes.",
        facts.about("members"),
        ("the lawful basis for staff data",),
    )


_OTHERS: dict[str, Callable[[Facts], Activity]] = {
    "wishes": _wishes,
    "contacts": _contacts,
    "sessions": _sessions,
    "spaces": _spaces,
    "drop_box": _drop_box,
    "reviews": _reviews,
    "worries": _worries,
    "requests": _requests,
}
