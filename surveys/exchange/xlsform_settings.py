"""What an XLSForm says of the survey as a whole: its settings, and the notes that our own forms begin with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

import msgspec

from surveys.building.minutes import minutes
from surveys.document import Edition, Question, RespondentKind, Series, SurveyDocument, Words

ABOUT = {
    "survey_title": "title",
    "survey_about": "about",
    "survey_who_reads": "who_reads",
    "survey_what_happens_next": "what_happens_next",
    "survey_series_note": "series_note",
}
"""The kinds of those notes, and what they say."""


def survey_of(
    settings: Mapping[str, str],
    about: Mapping[str, Words],
    languages: tuple[str, ...],
    questions: tuple[Question, ...],
) -> SurveyDocument:
    """The survey; what its form does not say is left empty, and its minutes are counted."""
    title = settings.get("form_title") or settings.get("title") or settings.get("form_id") or ""
    audience, edition = settings.get("gt_audience"), settings.get("gt_edition")
    named = settings.get("form_id") or settings.get("id_string") or title
    document = SurveyDocument(
        slug=slug_of(named),
        title=about.get("title") or ({languages[0]: title} if title else {}),
        about=about.get("about", {}),
        who_reads=about.get("who_reads", {}),
        what_happens_next=about.get("what_happens_next", {}),
        minutes=1,
        languages=languages,
        questions=questions,
        audience=audience if audience in get_args(RespondentKind) else "parent_carer",  # type: ignore[arg-type]
        edition=edition if edition in get_args(Edition) else "easy_read",  # type: ignore[arg-type]
        kept_months=_whole(settings.get("gt_kept_months", ""), 36),
        series=_series(settings, about.get("series_note", {})),
    )
    return msgspec.structs.replace(document, minutes=_whole(settings.get("gt_minutes", ""), 0) or minutes(document))


def slug_of(named: str) -> str:
    """The name of a survey in addresses."""
    return re.sub(r"[^\w]+", "-", named.casefold()).strip("-")[:80] or "new-survey"


def _series(settings: Mapping[str, str], note: Words) -> Series | None:
    code, moment = settings.get("gt_series"), settings.get("gt_series_moment")
    if not code or moment not in ("yearly", "before", "after"):
        return None
    return Series(code, moment, note)  # type: ignore[arg-type]


def _whole(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else usual
