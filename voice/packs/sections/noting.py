"""The note of a figure: of how many, how it was counted, from what, when, and on which page it stands."""

from __future__ import annotations

from analysis.disclosure import FLOOR
from surveys.document import wording
from voice.languages import current, ngettext
from voice.languages import gettext as _
from voice.packs.document import Note
from voice.packs.gathering import Gathered
from voice.web import wordings

LEAD = "/lead/said"


def note(gathered: Gathered, base: str, *method: str, source: str, path: str) -> Note:
    return Note(
        base=base,
        method=" ".join((*method, hiding())),
        source=source,
        counted_on=gathered.today,
        address=gathered.address + path,
    )


def hiding() -> str:
    return _("We hide numbers below %(floor)s. So nobody can tell who it was.") % {"floor": wordings.number(FLOOR)}


def by_wilson() -> str:
    return _("How sure: the 95 per cent interval after Wilson (1927).")


def surveys_of(gathered: Gathered) -> str:
    """The surveys of the term by their titles."""
    found = gathered.found
    titles = (survey_title(gathered, survey) for survey, _people in found.sources)
    return f"{'; '.join(titles)} · {wordings.term(found.term)}"


def survey_title(gathered: Gathered, survey: str) -> str:
    titles = gathered.found.titles
    return wording(titles[survey], current().code) if survey in titles else survey


def heard_everywhere(gathered: Gathered) -> str:
    return _("All that we heard this term, from surveys, sessions and the drop box.") + (
        f" · {wordings.term(gathered.term)}"
    )


def of_people(n: int | None) -> str:
    """The base of a figure in words; of a hidden one it is not told."""
    if n is None:
        return _("hidden")
    return ngettext("%(num)s person", "%(num)s people", n) % {"num": wordings.number(n)}


def page_of_term(gathered: Gathered) -> str:
    return f"{LEAD}?term={gathered.term}"
