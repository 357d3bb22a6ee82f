"""What was promised after what was heard, and what has happened since."""

from __future__ import annotations

from collections.abc import Iterator

from surveys.document import wording
from voice.actions.promise import Promise
from voice.languages import current
from voice.languages import gettext as _
from voice.packs.document import ActionCard, Block
from voice.packs.gathering import Gathered
from voice.web import wordings
from voice.web.act import act_words


def promised(gathered: Gathered) -> Iterator[Block]:
    """The actions: those that are late first, then the others that are open, then what was settled this term."""
    told = gathered.told.promises
    late = [each for each, _days in told.overdue]
    for each in (*late, *(it for it in told.open if it not in late), *told.done, *told.cannot):
        yield _card(each)
    yield from _of_summaries(gathered)


def _card(action: Promise) -> ActionCard:
    code = current().code
    since = action.since or action.cannot
    return ActionCard(
        heard=wording(action.heard, code),
        decided=wording(action.decided, code) if action.decided else "",
        happened=(wording(since, code),) if since else (),
        still_to_happen=wording(action.still, code) if action.still else "",
        owner=action.partner or action.owner_email,
        due=action.due_on,
        state=act_words.state(action.state),
    )


def _of_summaries(gathered: Gathered) -> Iterator[Block]:
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
