"""What was promised after what was heard, and what has happened since."""

from __future__ import annotations

from collections.abc import Iterator

from voice.languages import gettext as _
from voice.packs.document import ActionCard, Block
from voice.packs.gathering import Gathered
from voice.web import wordings


def promised(gathered: Gathered) -> Iterator[Block]:
    for told in gathered.summaries:
        summary = told.summary
        happened = tuple(
            f"{each.words} ({wordings.date(each.day)})" for each in summary.built.happened if each.words.strip()
        )
        if summary.promised or happened:
            yield ActionCard(
                heard=wordings.theme(summary.theme_id, summary.built.theme),
                decided=summary.promised,
                happened=happened,
                still_to_happen="" if happened else _("Nobody has written down yet what happened since."),
                owner=wordings.role(summary.role) if summary.promised and summary.role else "",
            )
