"""The headings that evidence is filed under: the six of the area's self-evaluation (``FRAMEWORK``), by code.

Concepts may also stand under headings of another framework, which are kept in its own words.
"""

from __future__ import annotations

FRAMEWORK = (
    "leaders_work_together",
    "needs_found_in_time",
    "right_help_in_time",
    "next_steps",
    "valued_and_included",
    "alternative_provision",
)

FILED_UNDER: dict[str, tuple[str, ...]] = {
    "reply_within_five_working_days": ("leaders_work_together",),
    "kept_up_to_date": ("leaders_work_together", "valued_and_included"),
    "knew_next_steps": ("needs_found_in_time",),
    "child_took_part": ("valued_and_included",),
    "felt_listened_to": ("valued_and_included",),
    "child_views_heard": ("valued_and_included",),
    "plan_describes_child": ("needs_found_in_time", "right_help_in_time"),
    "overall_satisfaction": ("right_help_in_time",),
}
"""Where the questions of our own surveys stand when a bank begins; staff file them anew as they like."""
