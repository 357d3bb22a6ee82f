"""What `voice fatigue` says of rows it left out or read with a doubt, and of what a measure cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.fatigue.reading import Noticed

LEFT_OUT = {
    "family_missing": "without a family",
    "family_wrong_form": "with a family key in the wrong form",
    "time_unreadable": "with a time that is not ISO 8601",
    "kind_unknown": "of an unknown kind",
    "outcome_unknown": "with an unknown outcome",
    "same_send_by_two_partners": "telling of a send that another partner's row tells of",
    "same_send_twice": "telling of the same send again",
}

IN_DOUBT = {
    "time_without_zone": "with a time without a zone, read as England's",
    "time_twice_that_night": "in the hour that the clocks go through twice, read as the first",
    "time_never_was": "in the hour that the clocks leap over, moved to its end",
    "person_missing": "without a person, read as one person of the family",
    "outcome_missing": "without an outcome, read as none",
    "minutes_missing": "without minutes, counted as an ask of no minutes",
    "minutes_unusable": "with minutes that cannot be (below 0, above a day, no number), counted as none",
    "bounced": "bounced: nobody was asked",
    "asked_after_answer": "asked after the answer was there, counted as asks",
    "outside_terms": "in no term, not counted by term",
}

TERMS = {
    "term_without_dates": "without both dates",
    "term_ends_before_it_begins": "ending before it begins",
    "term_overlaps": "overlapping another that begins before",
}

CANNOT_SAY = {
    "nobody_to_compare": "fewer than two families answered some asks and not others, so people cannot be compared "
    "with themselves",
    "asks_do_not_vary": "people were asked equally often before each ask, so what more asks do cannot be told",
    "days_not_held_equal": "days since the last ask rise and fall with the number of asks and were not held equal",
    "surveys_not_held_equal": "everybody got the same surveys in the same order: they were not held equal",
    "reminders_not_apart": "asks follow each other so closely that reminders, which go to who did not answer, may "
    "make the slope look better than it is",
}


def listed(noticed: Iterable[Noticed], words: Mapping[str, str]) -> str:
    return "; ".join(f"{each.rows:,} {words[each.code]} (first in row {each.first:,})" for each in noticed)


def counted(counts: Mapping[str, int], words: Mapping[str, str]) -> str:
    return "; ".join(f"{count:,} {words[code]}" for code, count in counts.items())
