"""The record in words: what was done, to what, and what is wrong with it."""

from __future__ import annotations

from voice.audit.verifying import Verdict
from voice.languages import gettext as _
from voice.web import wordings

KINDS = (
    "voice",
    "quote",
    "theme",
    "session",
    "drop_box",
    "worry",
    "words_to_agree",
    "publication",
    "review",
    "contact",
    "invitation",
    "import",
    "answers",
    "pack",
    "action",
    "table",
    "target",
    "survey",
    "bank",
    "language",
    "rules",
    "population",
    "partnership",
    "member",
    "password",
    "program",
    "audit",
    "organisation",
    "group",
    "access",
    "second_factor",
    "passkey",
    "safeguarding",
    "contact_wish",
    "request",
    "who_answered",
    "paper",
    "backup",
)


def act(code: str) -> str:
    return {
        "saw": _("Looked at it"),
        "changed": _("Changed it"),
        "released": _("Let others see it"),
        "exported": _("Took it away"),
        "signed_in": _("Signed in"),
        "refused": _("Was not let in"),
    }.get(code, code)


def kind(code: str) -> str:
    """What it was done to. A kind that has no words yet stands as it is."""
    return {
        "voice": _("What was said"),
        "quote": _("Read and release quotes"),
        "theme": _("Themes"),
        "session": _("Sessions"),
        "drop_box": _("Drop box"),
        "worry": _("Worries"),
        "words_to_agree": _("Words to agree to"),
        "publication": _("You said, we did"),
        "review": _("Annual reviews"),
        "contact": _("Whom we asked"),
        "invitation": _("Invite families"),
        "import": _("Answers from elsewhere"),
        "answers": _("Answers as a file"),
        "pack": _("Packs to take away"),
        "action": _("Actions"),
        "table": _("Published"),
        "target": _("Targets"),
        "survey": _("Surveys"),
        "bank": _("Question bank"),
        "language": _("Languages"),
        "rules": _("Rules for asking"),
        "population": _("Who we did not hear"),
        "partnership": _("Your partnership"),
        "member": _("People"),
        "password": _("Your account"),
        "program": _("Other programs"),
        "audit": _("Who did what"),
        "organisation": _("Organisations"),
        "group": _("Groups"),
        "access": _("Shared with others"),
        "second_factor": _("Your second step"),
        "passkey": _("Your passkeys"),
        "safeguarding": _("Keeping people safe"),
        "contact_wish": _("Wishes to hear from us"),
        "request": _("What people ask of us"),
        "who_answered": _("Who gave an answer"),
        "paper": _("Papers about data"),
        "backup": _("Backup"),
    }.get(code, code)


def actor(code: str) -> str:
    """Somebody who has no name in the record."""
    return {"program": _("Other programs"), "command": _("On the server itself"), "nobody": _("Nobody")}.get(code, code)


def verdict(found: Verdict) -> str:
    said = {
        "": _("The record is whole. Nobody has changed it."),
        "changed": _("Somebody changed entry %(number)s."),
        "missing": _("Entry %(number)s is missing."),
        "not_ours": _("Somebody else wrote entry %(number)s."),
        "cut_short": _("Entry %(number)s and all after it are missing."),
        "seal_differs": _("Entry %(number)s is not the one that the seal names."),
        "seal_not_ours": _("Somebody else wrote the seal of entry %(number)s."),
        "cut_not_ours": _("Somebody removed entry %(number)s and all before it."),
        "keeping_not_ours": _("Somebody else changed how long we keep the record. Save it again."),
    }[found.wrong]
    return said % {"number": wordings.number(found.number)}
