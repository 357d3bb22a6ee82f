"""Words for tables that everybody may read, and for why one is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voice.comparing.to_publish import DID_NOT, SAID_SO
from voice.languages import gettext as _

if TYPE_CHECKING:
    from analysis.disclosure.releases import Reason


def answer(code: str) -> str:
    return {SAID_SO: _("Say so"), DID_NOT: _("Do not say so")}.get(code, _("All together"))


def refusal(reason: Reason) -> str:
    """Why a table may not go out, and what to do."""
    return {
        "too_many_dimensions": _("The table tells people apart by too many things. Choose fewer."),
        "changed_by_few": _("We published this number before. Since then it changed by a few people only."),
        "differs_by_few": _("With a table from before, this would tell the number of a few people."),
        "worked_out": _("With tables from before, somebody could work out a hidden number."),
        "too_large": _("The table is too large to check. Choose a smaller one."),
    }[reason.refusal]
