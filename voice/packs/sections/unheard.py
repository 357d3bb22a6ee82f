"""Who was heard, against how many there are: the groups of which we heard least."""

from __future__ import annotations

from collections.abc import Iterator

from voice.languages import gettext as _
from voice.packs.document import Block, Number, Table, Text
from voice.packs.gathering import Gathered
from voice.packs.sections.noting import heard_everywhere, note, of_people
from voice.web import population_words


def not_heard(gathered: Gathered) -> Iterator[Block]:
    found = gathered.told.unheard
    if not found.largest:
        return
    yield Table(
        _("The largest gaps"),
        (_("Group"), _("We heard"), _("How many there are"), _("If we heard all alike")),
        tuple(
            (
                Text(population_words.category(each.dimension, each.category, each.name)),
                Number(each.heard),
                Number(each.population),
                Number(round(each.expected)),
            )
            for each in found.largest
        ),
        note(
            gathered,
            of_people(found.everyone),
            _("Most gave no name. So somebody may count twice."),
            source=heard_everywhere(gathered),
            path=f"/lead/unheard?term={gathered.term}",
        ),
    )
