"""Words for sendings: ways, states, why somebody is left out, what is the matter with a message."""

from __future__ import annotations

from voice.languages import gettext as _


def way(code: str) -> str:
    return {
        "chosen": _("As each person likes"),
        "email": _("By e-mail"),
        "text": _("By text message"),
        "letter": _("By letter"),
    }[code]


def kind(code: str) -> str:
    return {
        "invitation": _("Invitation"),
        "reminder": _("Reminder"),
        "statutory": _("The law asks for it"),
    }[code]


def state(code: str) -> str:
    return {
        "planned": _("Not confirmed"),
        "waiting": _("Waits for an approval"),
        "preparing": _("Getting ready"),
        "sending": _("Going out"),
        "sent": _("Sent"),
        "stopped": _("Stopped"),
    }[code]


def message_state(code: str) -> str:
    return {
        "preparing": _("Getting ready"),
        "waiting": _("Waiting"),
        "handing_over": _("On its way now"),
        "handed_over": _("Handed over"),
        "delivered": _("Delivered"),
        "failed": _("Failed"),
        "bounced": _("Came back"),
        "unknown": _("Not known"),
        "stopped": _("Stopped"),
    }[code]


def reason(code: str) -> str:
    return {
        "stopped": _("Said stop"),
        "not_now": _("Said “not now”"),
        "sensitive_time": _("In a hard time"),
        "own_pace": _("Wants us to ask less often"),
        "answered_already": _("Answered already"),
        "too_recent": _("Asked not long ago"),
        "too_many_asks": _("Asked often enough this term"),
        "too_many_minutes": _("Gave enough time this term"),
        "too_many_reminders": _("Had all reminders"),
        "another_goes_first": _("Another survey goes first"),
        "not_reached": _("We cannot reach them this way"),
        "not_drawn": _("Not in the sample"),
    }[code]


def problem(code: str) -> str:
    return {
        "machine_stopped": _("Our machine stopped while it sent the message."),
        "connection_lost": _("The connection broke while we sent the message."),
        "no_server": _("We cannot reach the mail server or the text message service."),
        "not_now": _("The mail server asked us to come back later."),
        "refused": _("The other side did not take the message."),
        "no_such_address": _("There is no such address or number."),
        "not_taken": _("It did not go the first time. We try again."),
        "too_many": _("The text message service takes no more messages for now."),
        "not_allowed": _("The text message service refuses our key. Please check the settings."),
        "no_contact": _("The contact details are gone."),
        "asked_to_stop": _("The person asked us to stop."),
        "closed": _("The survey ended before it went out."),
        "not_delivered": _("The message did not arrive in time."),
    }[code]


def form_problem(code: str) -> str:
    return {
        "round": _("Choose a survey that is open."),
        "register": _("Choose a register."),
        "way": _("Choose one from the list."),
        "goes_on": _("Choose a day from today on, while the survey is open."),
        "sample": _("Write how many people to draw, or leave it empty."),
        "nobody": _("Nobody would get this. Choose other groups, or another way."),
        "changed": _("Somebody else has confirmed or stopped this already."),
        "reminders": _("People had as many reminders as the partnership agreed."),
        "too_early": _("It is too early for a reminder."),
    }[code]
