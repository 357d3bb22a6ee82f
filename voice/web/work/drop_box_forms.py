"""What is written about a contribution, read from a form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from voice.capture.drop_box.contributions import About
from voice.languages import LANGUAGES
from voice.web.respond.start import said_by_of
from voice.web.work.drop_box_words import CHOICES

LONGEST = 120
FIRST_YEAR = 2000


def about_of(form: Mapping[str, str], today: dt.date) -> tuple[About, dict[str, str]]:
    """What the form says, and the code of what is wrong by field; only without problems may it be kept."""
    problems: dict[str, str] = {}
    partner, setting = _line(form, "partner"), _line(form, "setting")
    if not partner or len(partner) > LONGEST:
        problems["partner"] = "partner"
    if form.get("partner_kind") not in CHOICES["partner_kinds"]:
        problems["partner_kind"] = "partner_kind"
    heard_on, problem = _heard_on(form, today)
    if problem:
        problems["heard_month"] = problem
    if form.get("respondent_kind") not in CHOICES["respondent_kinds"]:
        problems["respondent_kind"] = "respondent_kind"
    if len(setting) > LONGEST:
        problems["setting"] = "setting"
    if form.get("permitted") not in CHOICES["permitted"]:
        problems["permitted"] = "permitted"
    expires_on = _day(form.get("expires_on", ""))
    if form.get("expires_on", "").strip() and (expires_on is None or expires_on < today):
        problems["expires_on"] = "expires_on"
    about = About(
        partner=partner,
        partner_kind=form.get("partner_kind", ""),
        heard_on=heard_on,
        respondent_kind=form.get("respondent_kind", ""),
        said_by=said_by_of(form.get("said_by", "")),
        language=form["words_in"] if form.get("words_in") in LANGUAGES else "en",
        age_band=form["age_band"] if form.get("age_band") in CHOICES["age_bands"] else "",
        setting=setting,
        permitted=form["permitted"] if form.get("permitted") in CHOICES["permitted"] else "count",  # type: ignore[arg-type]
        expires_on=expires_on,
    )
    return about, problems


def form_of(about: About) -> dict[str, str]:
    """The form that says what is known."""
    year, month, day = (*about.heard_on.split("-"), "")[:3]
    return {
        "partner": about.partner,
        "partner_kind": about.partner_kind,
        "heard_year": year,
        "heard_month": month,
        "heard_day": day,
        "respondent_kind": about.respondent_kind,
        "said_by": about.said_by,
        "words_in": about.language,
        "age_band": about.age_band,
        "setting": about.setting,
        "permitted": about.permitted,
        "expires_on": about.expires_on.isoformat() if about.expires_on else "",
    }


def _line(form: Mapping[str, str], name: str) -> str:
    return " ".join(form.get(name, "").split())


def _heard_on(form: Mapping[str, str], today: dt.date) -> tuple[str, str]:
    """A day or a month as it is kept, and the code of what is wrong with it."""
    day, month, year = (form.get(f"heard_{part}", "").strip() for part in ("day", "month", "year"))
    try:
        found = dt.date(int(year), int(month), int(day) if day else 1)
    except ValueError:
        return "", "heard_on"
    if found.year < FIRST_YEAR:
        return "", "heard_on"
    if found > today:
        return "", "heard_later"
    return (f"{found:%Y-%m-%d}" if day else f"{found:%Y-%m}"), ""


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written.strip())
    except ValueError:
        return None
