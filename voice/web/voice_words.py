"""Words for what is known of a voice, in the reader's language."""

from __future__ import annotations

from surveys.question_types import age_band
from voice.languages import LANGUAGES
from voice.languages import gettext as _
from voice.themes.frames import Frame
from voice.web import wordings


def source(code: str) -> str:
    return {
        "survey": _("A survey"),
        "session": _("A session"),
        "review": _("A yearly review"),
        "drop_box": _("The drop box"),
        "tell_us": _("“Tell us” page"),
    }.get(code, code)


def form(code: str) -> str:
    return {
        "audio": _("A recording"),
        "drawing": _("A drawing"),
        "photo": _("A photo"),
        "symbols": _("Pictures"),
    }.get(code, _("Own words"))


def permitted(code: str) -> str:
    return {
        "read": _("Staff may read it. Nobody else sees the words."),
        "quote": _("Staff may read it. Others may see it when somebody has released it."),
    }.get(code, _("We only count it."))


def language(code: str) -> str:
    return LANGUAGES[code].name if code in LANGUAGES else code


def age(code: str) -> str:
    """The band in words; as it was written where it is none of ours."""
    return {option.code: _(option.label["en"]) for option in age_band.options(lambda message: {"en": message})}.get(
        code, code
    )


def need(code: str) -> str:
    return code.replace("_", " ")


def value(name: str, code: str, frame: Frame | None = None) -> str:
    """A value of a filter; themes are named as in ``frame``."""
    if name == "theme":
        return wordings.theme(code, frame.named(code) if frame else code)
    worded = {
        "source": source,
        "term": wordings.term,
        "respondent_kind": wordings.respondent_kind,
        "said_by": wordings.said_by,
        "language": language,
        "age_band": age,
        "need": need,
    }.get(name)
    return worded(code) if worded else code


def filters() -> dict[str, str]:
    """The filters by name, in the order of the page."""
    return {
        "term": _("Term"),
        "respondent_kind": _("Who said it"),
        "source": _("Where it came from"),
        "theme": _("Theme"),
        "language": _("Language"),
        "age_band": _("Age"),
        "said_by": _("Whose words"),
        "need": _("Need"),
        "setting": _("School or place"),
    }
