"""Where staff can go from every page, by role."""

from __future__ import annotations

import msgspec

from voice.languages import gettext as _
from voice.people.roles import Audience, Role, may_use

FEW = 5
"""So many pages stand in one row; more are told apart by the work they belong to."""


class Place(msgspec.Struct, frozen=True):
    """A page; ``beneath`` are the addresses of pages that are reached from it.

    ``alone`` says that its own address begins those of other places.
    """

    address: str
    name: str
    audience: Audience
    beneath: tuple[str, ...] = ()
    alone: bool = False

    def holds(self, here: str) -> bool:
        if self.alone:
            return here == self.address or here.startswith(self.beneath)
        return here.startswith((self.address, *self.beneath))


class Part(msgspec.Struct, frozen=True):
    """A part of the work, with the pages of it that somebody may open."""

    name: str
    places: tuple[Place, ...]

    def holds(self, here: str) -> bool:
        return any(place.holds(here) for place in self.places)


def parts_of_the_work(role: Role) -> list[Part]:
    """What this role may open, in the order of the work: ask, hear, read, manage."""
    everything = (
        (
            _("Ask"),
            (
                Place("/work/builder", _("Build a survey"), Audience.SURVEYS, ("/work/rounds",)),
                Place("/work/exchange", _("Surveys from other tools"), Audience.BUILDING),
                Place("/work/bank", _("Question bank"), Audience.STAFF),
                Place("/work/translating", _("Languages"), Audience.TRANSLATING),
            ),
        ),
        (
            _("Ask less"),
            (
                Place("/work/invitations", _("Invite families"), Audience.INVITING, ("/work/registers",)),
                Place("/work/contacts", _("Whom we asked"), Audience.INVITING),
                Place("/work/contact-wishes", _("Please contact me"), Audience.INVITING),
                Place("/work/calendar", _("Calendar of asking"), Audience.SURVEYS),
                Place("/work/rules", _("Rules for asking"), Audience.FINDINGS),
                Place("/lead/fatigue", _("Are families tired?"), Audience.FINDINGS),
            ),
        ),
        (
            _("Answers come in"),
            (
                Place("/work/sessions", _("Sessions"), Audience.FACILITATING),
                Place("/work/surveys", _("Surveys and links"), Audience.ASKING, ("/work/paper",)),
                Place("/work/classes", _("A class answers"), Audience.ASKING),
                Place("/work/telephone", _("Somebody on the phone"), Audience.ASKING),
                Place("/work/import", _("Answers from elsewhere"), Audience.EVIDENCE),
                Place("/work/reviews", _("Annual reviews"), Audience.REVIEWS),
                Place("/work/drop-box", _("Drop box"), Audience.DROPPING),
            ),
        ),
        (
            _("What was said"),
            (
                Place("/work/voices", _("Find what was said"), Audience.VOICES, ("/work/already-asked",)),
                Place("/work/themes", _("Themes"), Audience.EVIDENCE),
                Place("/work/quotes", _("Read and release quotes"), Audience.EVIDENCE),
                Place("/work/answers", _("Answers as a file"), Audience.EVIDENCE),
                Place("/work/forums", _("Reports of a term"), Audience.FACILITATING),
                Place("/work/worries", _("Worries"), Audience.SAFEGUARDING),
                Place("/work/safeguarding", _("Keeping people safe"), Audience.CARING),
            ),
        ),
        (
            _("What it shows"),
            (
                Place("/lead", _("What matters now"), Audience.FINDINGS, ("/lead/trends", "/lead/targets"), alone=True),
                Place("/lead/said", _("What families said"), Audience.FINDINGS, ("/lead/themes",)),
                Place(
                    "/lead/disagreements",
                    _("Where surveys disagree"),
                    Audience.FINDINGS,
                    ("/lead/before-after", "/lead/compare", "/lead/tables"),
                ),
                Place("/lead/unheard", _("Who we did not hear"), Audience.FINDINGS, ("/work/population",)),
                Place("/lead/packs", _("Packs to take away"), Audience.FINDINGS),
            ),
        ),
        (
            _("What we do"),
            (
                Place("/work/actions", _("Actions"), Audience.ACTING),
                Place("/work/published", _("You said, we did"), Audience.ACTING),
                Place("/work/words-to-agree", _("Words to agree to"), Audience.FACILITATING),
            ),
        ),
        (
            _("Manage"),
            (
                Place("/manage/people", _("People"), Audience.MANAGING),
                Place("/manage/organisations", _("Organisations"), Audience.MANAGING),
                Place("/manage/groups", _("Groups"), Audience.MANAGING),
                Place("/manage/access", _("Shared with others"), Audience.MANAGING),
                Place("/manage/partnership", _("Your partnership"), Audience.MANAGING),
                Place("/manage/programs", _("Other programs"), Audience.MANAGING),
                Place("/manage/drop-box", _("E-mail into the drop box"), Audience.MANAGING),
                Place("/govern/audit", _("Who did what"), Audience.GOVERNING),
                Place("/govern/requests", _("What people ask of us"), Audience.GOVERNING),
                Place("/govern/retention", _("How long we keep answers"), Audience.GOVERNING),
                Place("/govern/records", _("Papers about data"), Audience.GOVERNING),
                Place("/govern/confidential", _("Who gave an answer"), Audience.GOVERNING),
            ),
        ),
    )
    parts = [
        Part(name, tuple(place for place in places if may_use(role, place.audience))) for name, places in everything
    ]
    return [part for part in parts if part.places]


def are_few(parts: list[Part]) -> bool:
    """Whether all pages fit into one row."""
    return sum(len(part.places) for part in parts) <= FEW
