"""Where staff can go from every page, by role."""

from __future__ import annotations

from voice.languages import gettext as _
from voice.people.roles import Audience, Role, may_use


def places(role: Role) -> list[tuple[str, str]]:
    """The address and the name of each page that this role may open, in the order of the work."""
    all_places = (
        ("/work/builder", Audience.SURVEYS, _("Build a survey")),
        ("/work/exchange", Audience.BUILDING, _("Surveys from other tools")),
        ("/work/surveys", Audience.ASKING, _("Surveys and links")),
        ("/work/bank", Audience.STAFF, _("Question bank")),
        ("/work/classes", Audience.ASKING, _("A class answers")),
        ("/work/telephone", Audience.ASKING, _("Somebody on the phone")),
        ("/work/answers", Audience.EVIDENCE, _("Answers as a file")),
        ("/work/import", Audience.EVIDENCE, _("Answers from elsewhere")),
        ("/work/quotes", Audience.EVIDENCE, _("Read and release quotes")),
        ("/lead", Audience.FINDINGS, _("What families said")),
        ("/work/translating", Audience.TRANSLATING, _("Languages")),
        ("/manage/people", Audience.MANAGING, _("People")),
        ("/manage/partnership", Audience.MANAGING, _("Your partnership")),
        ("/manage/programs", Audience.MANAGING, _("Other programs")),
    )
    return [(address, name) for address, audience, name in all_places if may_use(role, audience)]
