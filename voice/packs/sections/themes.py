"""What people wrote about, and what they say theme by theme, in the numbers and words that were released."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analysis.disclosure import FLOOR
from voice.languages import gettext as _
from voice.packs.document import (
    Block,
    Bullets,
    Cell,
    Chart,
    Fact,
    Note,
    Paragraph,
    Point,
    Quote,
    Series,
    Subheading,
    Table,
    Text,
)
from voice.packs.gathering import Gathered, ToldSummary
from voice.packs.sections.noting import heard_everywhere, note, of_people, page_of_term
from voice.packs.showing import count_of
from voice.themes.for_leads import Said, ThemeLine
from voice.themes.numbers import Count
from voice.web import summary_words, theme_words, wordings

MOST_IN_A_CHART = 10


def wrote_about(gathered: Gathered) -> Iterator[Block]:
    found = gathered.found
    told = [theme for theme in found.themes if theme.n or any(each.n for each in theme.apart)]
    if not told:
        return
    themes_note = note(
        gathered,
        of_people(found.written.people),
        _("Each person counts once. Neither: neutral, both good and bad, or not in English."),
        _("The machine suggests themes. One comment can have several."),
        source=heard_everywhere(gathered),
        path=page_of_term(gathered),
    )
    drawn = [theme for theme in told if theme.n][:MOST_IN_A_CHART]
    if drawn:
        yield _chart(drawn, themes_note)
    yield _table(gathered, told, themes_note)
    for each in found.campaigns:
        names = ", ".join(wordings.theme(*theme) for theme in each.themes)
        told_alike = f"{theme_words.sent_alike(each.people)} {_('We count the same words once.')}"
        yield Fact(f"{told_alike} {_('Themes')}: {names}." if names else told_alike, themes_note)
    small = ", ".join(wordings.theme(theme.theme_id, theme.theme) for theme in found.themes if theme.n is None)
    if small:
        yield Paragraph(
            _("Fewer than %(floor)s people wrote about:") % {"floor": wordings.number(FLOOR)} + f" {small}.", quiet=True
        )


def _chart(drawn: list[ThemeLine], its_note: Note) -> Chart:
    names = tuple(wordings.theme(theme.theme_id, theme.theme) for theme in drawn)
    return Chart(
        kind="bar",
        title=_("What they wrote about most"),
        message=_("Most people wrote about this: %(theme)s.") % {"theme": names[0]},
        head=_("Theme"),
        sure=_("How sure"),
        categories=names,
        series=(Series(_("People"), tuple(Point(count_of(theme.n)) for theme in drawn)),),
        note=its_note,
        told_below=True,
    )


def _table(gathered: Gathered, told: list[ThemeLine], its_note: Note) -> Table:
    found = gathered.found
    feelings = [each.key for each in found.sentiments]
    apart = [each for each in found.apart if each.people is not None]
    columns = (
        _("Theme"),
        _("People"),
        *(wordings.sentiment(key) for key in feelings),
        *(wordings.said_by(each.said_by) for each in apart),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            Text(wordings.theme(theme.theme_id, theme.theme)),
            count_of(theme.n),
            *(_of(theme.sentiments, key) for key in feelings),
            *(_of(theme.apart, each.said_by) for each in apart),
        )
        for theme in told
    ]
    if found.written.people is not None:
        rows.append(
            (
                Text(_("All who wrote")),
                count_of(found.written.people),
                *(count_of(each.n) for each in found.sentiments),
                *(count_of(each.people) for each in apart),
            )
        )
    return Table(_("Themes and how people feel about them"), columns, tuple(rows), its_note)


def _of(said: Iterable[Said], key: str) -> Cell:
    return count_of(next((each.n for each in said if each.key == key), None))


def in_their_own_words(gathered: Gathered) -> Iterator[Block]:
    for text, language, kind, said_by in gathered.found.quotes:
        yield Quote(text, language, _who(kind, said_by))


def _who(kind: str, said_by: str) -> str:
    who = wordings.respondent_kind(kind)
    return who if said_by == "own_words" else f"{who} · {wordings.said_by(said_by)}"


def theme_by_theme(gathered: Gathered) -> Iterator[Block]:
    for each in gathered.summaries:
        yield from _summary(gathered, each)


def _summary(gathered: Gathered, told: ToldSummary) -> Iterator[Block]:
    built = told.summary.built
    numbers = built.numbers
    name = wordings.theme(told.summary.theme_id, built.theme)
    yield Subheading(name)
    yield Paragraph(f"{summary_words.feels(numbers.feels)} {summary_words.how_sure(numbers)}")
    rows: list[tuple[Cell, ...]] = [(Text(_("People who spoke about this")), count_of(numbers.people))]
    rows += [(Text(wordings.respondent_kind(it.key)), count_of(it.people)) for it in _parts(numbers.kinds)]
    rows += [(Text(wordings.sentiment(it.key)), count_of(it.people)) for it in _parts(numbers.feelings)]
    rows += [(Text(wordings.said_by(it.key)), count_of(it.people)) for it in numbers.apart if it.people]
    its_note = Note(
        base=of_people(numbers.of),
        method=f"{_('Each person counts once. Neither: neutral, both good and bad, or not in English.')} "
        f"{summary_words.checked(numbers.sureness)}",
        source=heard_everywhere(gathered),
        counted_on=built.counted_on,
        address=f"{gathered.address}/lead/themes/{told.summary.term}/{told.summary.theme_id}",
    )
    yield Table(_("Who said it, and how they feel"), (name, _("People")), tuple(rows), its_note)
    if numbers.campaigns:
        yield Fact(theme_words.campaigns(numbers.campaigns), its_note)
    if numbers.before is not None:
        yield Paragraph(f"{wordings.term(numbers.before.term)}: {summary_words.change(numbers.before)}")
    says = tuple(Text(words.text, words.language) for part, words in told.said if part == "says")
    if says:
        yield Paragraph(f"{summary_words.part('says')}:")
        yield Bullets(says)
    kinds = {it.key for it in numbers.kinds if it.people}
    for part, words in told.said:
        if part != "says":
            who = wordings.respondent_kind(words.respondent_kind) if words.respondent_kind in kinds else ""
            yield Quote(words.text, words.language, " · ".join(filter(None, (summary_words.part(part), who))))


def _parts(counts: tuple[Count, ...]) -> tuple[Count, ...]:
    """The parts, where any of them can be told."""
    return counts if any(each.people for each in counts) else ()
