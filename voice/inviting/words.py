"""What an invitation says, in the language being spoken: who asks, how long it takes, that nobody must answer."""

from __future__ import annotations

import datetime as dt

import msgspec

from surveys.document import Words, wording
from voice.languages import current, ngettext
from voice.languages import gettext as _
from voice.web import wordings


class Asked(msgspec.Struct, frozen=True):
    """What an invitation is about. ``link`` opens the survey, ``choices`` the page of how often this person is asked.

    ``can_reply`` where an answer to the message reaches us.
    """

    who: str
    title: Words
    kind: str
    minutes: int
    closes_on: dt.date | None
    link: str
    choices: str
    can_reply: bool = False

    @property
    def by(self) -> str:
        return self.who or _("Your local area")

    @property
    def about(self) -> str:
        return wording(self.title, current().code)


def subject(asked: Asked) -> str:
    if asked.kind == "reminder":
        return _("There is still time: %(title)s") % {"title": asked.about}
    return _("%(who)s would like to hear from you") % {"who": asked.by}


def lines(asked: Asked) -> list[str]:
    """What comes before the link, a short paragraph each."""
    said = [_("%(who)s asks you: %(title)s") % {"who": asked.by, "title": asked.about}]
    if asked.kind == "reminder":
        said = [_("We wrote to you before. If you have answered, thank you. You need do nothing."), *said]
    if asked.kind == "statutory":
        said.append(_("The law says that we must ask you this."))
    said += [takes(asked), _("It is your choice. Nothing bad happens if you say no. You can stop at any time.")]
    if asked.closes_on is not None:
        said.append(_("Last day: %(day)s") % {"day": wordings.date(asked.closes_on)})
    return said


def takes(asked: Asked) -> str:
    return ngettext(
        "It takes about %(num)s minute. You can stop at any time.",
        "It takes about %(num)s minutes. You can stop at any time.",
        asked.minutes,
    ) % {"num": wordings.number(asked.minutes)}


def to_answer() -> str:
    return _("To answer, open this link. It is for you alone:")


def to_choose() -> str:
    return _("How often may we ask you? Choose here, or tell us to stop:")


def e_mail(asked: Asked) -> str:
    """The whole text of an e-mail."""
    parts = [_("Hello"), *lines(asked), f"{to_answer()}\n{asked.link}", f"{to_choose()}\n{asked.choices}"]
    if asked.can_reply:
        parts.append(_("You can also answer this e-mail with the one word “stop”."))
    return "\n\n".join(parts) + "\n"


def text_message(asked: Asked) -> str:
    """The whole of a text message, as short as it can be: it is paid for by the letter."""
    said = [_("%(who)s asks you: %(title)s") % {"who": asked.by, "title": asked.about}]
    if asked.kind == "reminder":
        said = [_("A reminder.") + " " + said[0]]
    said.append(_("It takes %(minutes)s min. It is your choice.") % {"minutes": wordings.number(asked.minutes)})
    return "\n".join([*said, asked.link, _("Stop: %(link)s") % {"link": asked.choices}])
