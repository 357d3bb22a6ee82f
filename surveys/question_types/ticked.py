"""“I would rather not say” on pages whose other fields cannot be emptied: a ranking, and pictures in their places.

There the tick wins when it is new: somebody who has answered and comes back has changed their mind. A page that
shows it ticked says so in a field, ``BEFORE``; who then gives an answer and leaves the tick is asked which they mean,
once, since the page that asks does not have the field.
"""

from __future__ import annotations

from collections.abc import Mapping

from surveys.answers import AnswerProblem
from surveys.document import RATHER_NOT_SAY

BEFORE = "ticked_before"


def would_rather_not_say(form: Mapping[str, str], *, answered: bool) -> bool:
    """Whether the form says so; ``answered`` is whether it says something else as well.

    Raises ``AnswerProblem`` when nobody can tell which is meant.
    """
    if form.get("answer") != RATHER_NOT_SAY:
        return False
    if answered and form.get(BEFORE):
        raise AnswerProblem("answer_and_none")
    return True
