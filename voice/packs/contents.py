"""The kinds of packs and the sections they can have.

A new section is a function in ``sections/`` that makes blocks of what was gathered, a line in ``SECTIONS``, a title in
:func:`section_title`, and its key in the ``KINDS`` that it belongs to. A section without blocks is left out, and the
pack says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

import msgspec

from voice.languages import current, speak
from voice.languages import gettext as _
from voice.packs.document import Block, Pack, Section, Wording
from voice.packs.gathering import Gathered
from voice.packs.sections import easy, evidence, measures, promises, reviews, themes, tiredness
from voice.web import wordings

SECTIONS: dict[str, Callable[[Gathered], Iterator[Block]]] = {
    "who": measures.who_answered,
    "measures": measures.how_it_went,
    "themes": themes.wrote_about,
    "by_theme": themes.theme_by_theme,
    "quotes": themes.in_their_own_words,
    "settings": measures.by_school,
    "reviews": reviews.took_part,
    "tired": tiredness.are_families_tired,
    "promises": promises.promised,
    "evidence": evidence.by_heading,
    "easy_who": easy.who_told_us,
    "easy_measures": easy.how_it_went,
    "easy_themes": easy.wrote_about,
    "easy_quotes": easy.a_few_words,
    "easy_promises": easy.what_we_do,
}


class Kind(msgspec.Struct, frozen=True):
    """Its sections in their order; those in ``first`` are chosen until somebody chooses others. ``large`` is easy
    read."""

    sections: tuple[str, ...]
    first: tuple[str, ...]
    large: bool = False


EVERYTHING = ("who", "measures", "themes", "by_theme", "quotes", "settings", "reviews", "tired", "promises", "evidence")
EASY = ("easy_who", "easy_measures", "easy_themes", "easy_quotes", "easy_promises")
KINDS = {
    "board": Kind(EVERYTHING, ("who", "measures", "themes", "quotes", "reviews", "tired", "promises")),
    "scrutiny": Kind(EVERYTHING, EVERYTHING[:-1]),
    "evidence": Kind(("evidence", *EVERYTHING[:-1]), ("evidence", "by_theme", "quotes", "reviews")),
    "families": Kind(EASY, EASY, large=True),
    "newsletter": Kind(EASY, ("easy_who", "easy_themes", "easy_promises"), large=True),
}


def kind_title(kind: str) -> str:
    return {
        "board": _("Board pack"),
        "scrutiny": _("Scrutiny report"),
        "evidence": _("How we check our own work"),
        "families": _("What we heard"),
        "newsletter": _("Words for a newsletter"),
    }[kind]


def section_title(key: str) -> str:
    return {
        "who": _("Who answered"),
        "measures": _("How it went for them"),
        "themes": _("What they wrote about"),
        "by_theme": _("What people say, theme by theme"),
        "quotes": _("In their own words"),
        "settings": _("By school or group"),
        "reviews": _("Annual reviews"),
        "tired": _("Are families tired?"),
        "promises": _("What we promised"),
        "evidence": _("What we know under each heading"),
        "easy_who": _("Who told us"),
        "easy_measures": _("How it went for you"),
        "easy_themes": _("What you told us about"),
        "easy_quotes": _("In their own words"),
        "easy_promises": _("What we do now"),
    }[key]


def pack_of(kind: str, gathered: Gathered, chosen: Collection[str], *, language: str) -> Pack:
    """The pack in ``language``. Sections that are not among those of its kind are passed over."""
    before = current().code
    speak(language)
    try:
        return _pack(kind, gathered, chosen, language)
    finally:
        speak(before)


def _pack(kind: str, gathered: Gathered, chosen: Collection[str], language: str) -> Pack:
    wanted = [key for key in KINDS[kind].sections if key in chosen]
    made = [Section(key, section_title(key), tuple(SECTIONS[key](gathered))) for key in wanted]
    title = _("What we heard") if kind == "newsletter" else kind_title(kind)
    return Pack(
        kind=kind,
        title=title,
        subtitle=" · ".join(filter(None, (gathered.partnership, wordings.term(gathered.term)))),
        language=language,
        made_on=gathered.today,
        partnership=gathered.partnership,
        sections=tuple(section for section in made if section.blocks),
        words=wording(),
        left_out=tuple(section.title for section in made if not section.blocks),
        large=KINDS[kind].large,
    )


def wording() -> Wording:
    """The words of every file, in the language that is spoken."""
    return Wording(
        hidden=_("hidden"),
        page=_("Page %(position)s of %(count)s") % {"position": "{position}", "count": "{count}"},
        contents=_("Contents"),
        continued=_("%(title)s (continued)") % {"title": "{title}"},
        between=_("between %(low)s and %(high)s") % {"low": "{low}", "high": "{high}"},
        about_numbers=_("Where the numbers come from"),
        figure=_("Figure"),
        base=_("Of how many"),
        method=_("How we count this"),
        source=_("Where it came from"),
        counted_on=_("Counted on"),
        address=_("See it here"),
        heard=_("What we heard"),
        decided=_("What we decided"),
        happened=_("What happened since"),
        still_to_happen=_("What still needs to happen"),
        owner=_("Who does it"),
        due=_("By when"),
        state=_("How it stands"),
        left_out=_("Not in here, because there is nothing to say yet:"),
        sheet=_("Sheet"),
        made_on=_("Made on"),
    )
