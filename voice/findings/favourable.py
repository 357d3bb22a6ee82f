"""Which answers to a question a measure counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from surveys.document import Question

OWN_LABEL = {
    "reply_within_five_working_days": ("yes",),
    "kept_up_to_date": ("yes", "mostly"),
    "felt_listened_to": ("yes", "mostly"),
    "child_views_heard": ("yes", "mostly"),
    "plan_describes_child": ("yes", "mostly"),
    "knew_next_steps": ("yes", "mostly"),
    "child_took_part": ("yes", "mostly"),
    "overall_satisfaction": ("very_happy", "happy"),
    "told_what_happens_next": ("yes",),
}
"""The measures that have a name of their own, in the order in which they are shown, and the answers each counts."""

NOT_ASKED = ("did_not_get_in_touch",)
"""Answers that say the question did not apply: they are outside of a measure's n."""

NO_SIDE = frozenset((*NOT_ASKED, "dont_know", "not_sure"))
"""Answers that stand beside a scale."""

SCALES: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    (frozenset(("yes", "mostly", "a_little", "no")), ("yes", "mostly")),
    (frozenset(("yes", "sometimes", "no")), ("yes",)),
    (frozenset(("yes", "no")), ("yes",)),
    (frozenset(("very_happy", "happy", "in_between", "unhappy", "very_unhappy")), ("very_happy", "happy")),
    (frozenset(("strongly_agree", "agree", "neither", "disagree", "strongly_disagree")), ("strongly_agree", "agree")),
    (frozenset(("very_good", "good", "neither", "poor", "very_poor")), ("very_good", "good")),
)
"""Scales that run from good to bad, by their codes, and what of them is counted."""

OF_KINDS: Mapping[str, tuple[str, ...]] = {
    "yes_no": ("yes",),
    "agree": ("strongly_agree", "agree"),
    "faces": ("very_happy", "happy"),
    "number_scale": ("7", "8", "9", "10"),
}


def counted(concept: str, kind: str, codes: Collection[str]) -> tuple[str, ...] | None:
    """The codes that a measure of this question counts, of the ``codes`` that can be chosen; ``None`` where answers do
    not run from yes to no.

    It says which answers are counted, and not that they are good: of a question of somebody else's, nobody can tell.
    """
    if concept in OWN_LABEL:
        return OWN_LABEL[concept]
    if kind in OF_KINDS:
        return OF_KINDS[kind]
    if kind != "single_choice":
        return None
    told = frozenset(codes) - NO_SIDE
    return next((of_scale for scale, of_scale in SCALES if scale == told), None)


def counted_of(question: Question) -> tuple[str, ...] | None:
    return counted(question.concept, question.kind, [option.code for option in question.options])
