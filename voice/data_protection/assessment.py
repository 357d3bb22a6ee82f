"""The data-protection impact assessment, a draft under the headings of the ICO's template."""

from __future__ import annotations

from collections.abc import Iterator

from voice.data_protection import processing
from voice.data_protection.facts import Facts, rounded
from voice.data_protection.risks import risks
from voice.languages import LANGUAGES
from voice.paper.documents import Block, Bullets, Document, Heading, Paragraph, Table

TITLE = "Data protection impact assessment (draft)"
MARK = "A person has to write: "

WAYS = {
    "own_device": "on their own phone or computer",
    "shared_device": "on a device that others use too",
    "class": "in a class or group",
    "telephone": "on the phone, typed by staff",
    "paper": "on paper, typed by staff",
    "offline": "on a tablet without a connection",
    "imported": "with another tool, brought in as a file",
    "api": "through another program",
}
INVITED = {"email": "by e-mail", "text": "by text message", "letter": "by letter"}


def to_write(what: str) -> Paragraph:
    return Paragraph(f"{MARK}{what}", strong=True)


def assessment(facts: Facts) -> Document:
    return document(TITLE, facts, tuple(_blocks(facts)))


def document(title: str, facts: Facts, blocks: tuple[Block, ...]) -> Document:
    name = facts.partnership.name or "(the partnership has no name yet)"
    made = f"Made on {facts.made_on:%-d %B %Y} for {name}, from how this installation is set up and what it holds."
    return Document(
        title=title,
        language=LANGUAGES["en"],
        blocks=(
            Paragraph(made),
            Paragraph(
                f"Counts are rounded. Lines that begin with “{MARK.strip()}” are open. Nothing here is legal advice."
            ),
            *blocks,
        ),
        foot=f"{title} · {facts.made_on:%-d %B %Y}",
        page_words="Page {position} of {count}",
        dense=True,
    )


def _blocks(facts: Facts) -> Iterator[Block]:
    yield Heading("Step 1: Identify the need for a DPIA")
    yield Paragraph(
        "Families and young people with special needs are asked what they think of services. Children are vulnerable "
        "people, and answers tell of health and special needs. Article 35 of the UK GDPR asks for an assessment."
    )
    yield to_write("what the project is for here, and who decided on it.")
    yield Heading("Step 2: Describe the processing")
    yield from _nature(facts)
    yield from _scope(facts)
    yield from _context(facts)
    yield Heading("The purposes", 3)
    yield Paragraph("To hear what people say, to find what matters, to act on it, and to tell them what was done.")
    yield to_write("what the partnership wants to achieve, and what people gain by it.")
    yield Heading("Step 3: Consultation process")
    yield to_write("how families, young people and staff were asked about this, or why they were not.")
    yield to_write("what the data protection officer and the security people advised.")
    yield from _necessity(facts)
    yield from _risks(facts)
    yield Heading("Step 7: Sign off and record outcomes")
    who = ("Measures approved by", "Residual risks approved by", "Advice of the data protection officer", "Reviewed by")
    rows = tuple((each, "", "") for each in who)
    yield Table(("What", "Name and day", "Notes"), rows, "Signatures, left open", row_headings=True)


def _nature(facts: Facts) -> Iterator[Block]:
    yield Heading("The nature of the processing", 3)
    ways = tuple(f"{WAYS.get(way, way)}: {rounded(many)}" for way, many in sorted(facts.answered_by.items()))
    yield Paragraph("How people answered:" if ways else "Nobody has answered yet.")
    if ways:
        yield Bullets(ways)
    invited = tuple(f"{INVITED.get(way, way)}: {rounded(many)}" for way, many in sorted(facts.invited_by.items()))
    yield Paragraph("Messages with which they were invited:" if invited else "Nobody was invited by a message of ours.")
    if invited:
        yield Bullets(invited)
    yield Paragraph(
        f"Everything is stored in {'a PostgreSQL' if facts.postgres else 'an SQLite'} database and in a folder of "
        "files of this installation. A machine that runs in it, with no service outside, finds themes and masks names; "
        "people decide. It makes no decision about any person."
    )
    speech = (
        "A machine in this installation writes recordings down first."
        if facts.speech
        else "People write recordings down."
    )
    yield Paragraph(speech)
    if facts.processors:
        rows = tuple((each.host, PROCESSORS[each.kind], each.gets) for each in facts.processors)
        yield Table(("Service", "What it does", "What it gets"), rows, "Services outside", row_headings=True)
        yield to_write("the contract with each of these services, and where it keeps data.")
    else:
        yield Paragraph(
            "No service outside is set up: no mail server, no GOV.UK Notify, no single sign-on, no webhook."
        )
    if facts.held["programs"]:
        yield Paragraph(f"Programs of others may read or send with a token: {facts.about('programs')}.")
    yield to_write("who runs the machine, where it stands, and under which contract.")


PROCESSORS = {
    "smtp": "carries e-mail",
    "notify": "sends messages",
    "openid": "signs staff in",
    "webhook": "is told of news",
}


def _scope(facts: Facts) -> Iterator[Block]:
    yield Heading("The scope of the processing", 3)
    if facts.surveys:
        yield Table(
            ("Survey", "Whom it asks", "Identity", "Kept after the round", "Answered"),
            tuple(
                (
                    each.title,
                    processing.WHO.get(each.audience, processing.WHO["other"]),
                    ", ".join(each.modes),
                    "; ".join(processing.months(many) for many in each.kept_months),
                    rounded(each.people),
                )
                for each in facts.surveys
            ),
            "Surveys",
            row_headings=True,
        )
        yield Table(
            ("Survey", "What it asks for", "Special category asked for"),
            tuple(
                (
                    each.title,
                    "; ".join(each.asked),
                    ("; ".join(each.special) or "none outright") + ("; own words may say it" if each.anything else ""),
                )
                for each in facts.surveys
            ),
            "What surveys ask for",
            row_headings=True,
        )
        yield Paragraph(
            "Special category is found by the names of questions, and people have to check it. Who is asked may tell "
            "of special needs already, so that every answer is handled as special category data."
        )
    else:
        yield Paragraph("There is no survey yet.")
    yield Paragraph(f"Also held: {', '.join(f'{ALSO[name]} ({facts.about(name)})' for name in ALSO)}.")
    yield to_write("which area is covered, how many people live there, and how often they are asked.")


ALSO = {
    "contacts": "people on lists for invitations",
    "wishes": "people who would like to hear from us",
    "who_answered": "sealed notes of who gave confidential answers",
    "sessions": "cards from sessions",
    "spaces": "private spaces",
    "drop_box": "things passed on by partners",
    "reviews": "annual reviews",
    "worries": "worries",
    "members": "members of staff",
}


def _context(facts: Facts) -> Iterator[Block]:
    yield Heading("The context of the processing", 3)
    partners = ", ".join(f"{name} ({kind})" for name, kind in facts.partners)
    yield Paragraph(f"Partners who work here too: {partners}." if partners else "No other organisation works here.")
    if any(each.audience == "young_person" for each in facts.surveys) or facts.held["spaces"]:
        yield Paragraph(
            "Children answer for themselves. They are asked first whether they want to, in words for their age."
        )
    yield Paragraph("Taking part is free. Help for a family does not depend on it, and pages say so.")
    yield to_write("what families expect, and whether there were concerns or earlier incidents.")


def _necessity(facts: Facts) -> Iterator[Block]:
    yield Heading("Step 4: Assess necessity and proportionality")
    yield Paragraph(
        "Proposed lawful basis: public task (Article 6(1)(e)), as notices to families say. People choose whether they "
        "take part; that choice is not the consent of Article 6(1)(a)."
    )
    yield to_write(
        "the law that gives each partner this task, and the condition of Article 9 for special category data."
    )
    yield Bullets(
        (
            "Nobody needs a name or an account to answer. Ages are bands; of a postcode the first part is kept.",
            "Anonymous answers keep the month; confidential ones the day, with who and when sealed apart.",
            f"The record of who did what is kept {facts.audit_years} years.",
            "Notices stand at /privacy, and for each survey on its first page, in three versions.",
            "Requests for a copy or an erasure are taken in and answered with a report.",
            "Whoever answered on their own device can take a copy with them.",
            f"Transfers abroad: {processing.transfers(facts)}",
        )
    )
    yield to_write("whether the same could be reached with less data, and how its quality is looked after.")


def _risks(facts: Facts) -> Iterator[Block]:
    found = tuple(risks(facts))
    yield Heading("Step 5: Identify and assess risks")
    yield Paragraph("Likelihood, severity and overall risk are proposals, worked out from how things are set up.")
    yield Table(
        ("Risk", "Likelihood of harm", "Severity of harm", "Overall risk"),
        tuple((each.what, each.likelihood, each.severity, each.overall) for each in found),
        "Risks",
        row_headings=True,
    )
    yield to_write("risks that come from how people work here, and whether these proposals are right.")
    yield Heading("Step 6: Identify measures to reduce risk")
    rows = tuple(
        (each.what, "\n".join(each.measures), "\n".join(each.open) or "nothing that we know of", "") for each in found
    )
    yield Table(
        ("Risk", "What stands against it", "What is still open", "Residual risk, and approved or not"),
        rows,
        "Measures",
        row_headings=True,
    )
    yield to_write("the last column: what risk remains, and who accepts it.")
