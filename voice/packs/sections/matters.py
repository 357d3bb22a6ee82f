"""Three things that matter now, as the lead's first page has them."""

from __future__ import annotations

from collections.abc import Iterator

from voice.findings.matters import Matter
from voice.languages import gettext as _
from voice.languages import ngettext
from voice.packs.document import Block, Fact
from voice.packs.gathering import Gathered
from voice.packs.sections.noting import note, surveys_of
from voice.web import wordings
from voice.web.lead import matter_words, signal_words, unheard_words


def what_matters(gathered: Gathered) -> Iterator[Block]:
    for matter in gathered.told.matters:
        yield Fact(
            f"{matter_words.headline(matter)} {how_sure(matter)}",
            note(
                gathered,
                base(matter),
                signal_words.looked_at(gathered.told.watch),
                source=surveys_of(gathered),
                path=matter.address,
            ),
        )


def how_sure(matter: Matter) -> str:
    if matter.seen is not None:
        return matter_words.how_sure(matter.seen)
    if matter.pair is not None:
        return matter_words.differ(matter.pair)
    if matter.gap is not None:
        return unheard_words.compared(matter.gap.heard, matter.gap.population, matter.gap.expected)
    return ngettext("It is %(num)s day late.", "It is %(num)s days late.", matter.days) % {
        "num": wordings.number(matter.days)
    }


def base(matter: Matter) -> str:
    if matter.seen is not None:
        return matter_words.of_whom(matter.seen.trend)
    if matter.pair is not None:
        return _("Everybody who answered these two surveys in their own words.")
    if matter.gap is not None:
        return _("Everybody we heard this term, and figures of how many there are.")
    return _("The actions that are not done yet.")
