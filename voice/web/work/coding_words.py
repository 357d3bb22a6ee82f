"""Words for deciding on themes: lists, keys and what to do about a problem."""

from __future__ import annotations

from voice.languages import gettext as _
from voice.themes.coding import Which
from voice.themes.frames import Frame
from voice.web import wordings


def list_called(which: Which) -> str:
    return {
        "open": _("Not decided yet"),
        "urgent": _("Somebody should look today"),
        "mine": _("Decided by me"),
        "settled": _("Decided by anybody"),
        "none_fits": _("No theme fits"),
        "quotable": _("Good as a quote"),
    }.get(which, _("All"))


def problem(code: str, by: str) -> str:
    match code:
        case "no_theme":
            return _("Tick a theme, or tick “No theme fits”.")
        case "unknown_theme":
            return _("There is no theme of this name. Choose one from the list.")
        case "changed_meanwhile":
            return _("%(name)s has decided on this text in the meantime. Look again before you decide.") % {"name": by}
        case "nothing_to_undo":
            return _("There is nothing to take back.")
        case _:
            return _("Choose one of the feelings.")


def field(code: str) -> str:
    """The id of what the problem is about."""
    return {"unknown_theme": "other", "unknown_sentiment": "feeling"}.get(code, "themes")


def theme_called(name: str, frame: Frame) -> str | None:
    """The theme of this name, in the reader's language, whatever the case of its letters."""
    wanted = " ".join(name.split()).casefold()
    for each in frame.themes:
        if wanted in (wordings.theme(each.theme_id, each.theme).casefold(), each.theme.casefold()):
            return each.theme_id
    return None


def keys() -> list[tuple[str, str]]:
    """What each key does."""
    return [
        ("a", _("Tick what the machine suggests")),
        ("1–9", _("Tick one of the suggested themes")),
        ("t", _("Find another theme")),
        ("n", _("No theme fits")),
        ("s", _("Change the feeling")),
        ("u", _("Somebody should look today")),
        ("q", _("Good as a quote")),
        ("Enter", _("Keep this and go on")),
        ("z", _("Take back what I decided last")),
        ("?", _("Show the keys")),
    ]
