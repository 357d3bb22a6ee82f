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
    "people_work_together": ("leaders_work_together",),
    "schools_talked": ("leaders_work_together", "next_steps"),
    "knows_who_to_ask": ("leaders_work_together",),
    "needs_found_early": ("needs_found_in_time",),
    "help_makes_difference": ("right_help_in_time",),
    "enough_help": ("right_help_in_time",),
    "short_break_helped": ("right_help_in_time",),
    "better_for_child": ("right_help_in_time",),
    "advice_clear": ("right_help_in_time",),
    "advice_could_be_used": ("right_help_in_time",),
    "gets_extra_help": ("right_help_in_time",),
    "help_ready_on_first_day": ("right_help_in_time", "next_steps"),
    "life_quality": ("next_steps",),
    "settled_in": ("next_steps", "valued_and_included"),
    "visited_first": ("next_steps",),
    "talked_about_future": ("next_steps",),
    "ready_for_adult_life": ("next_steps",),
    "knows_new_doctors": ("next_steps",),
    "people_listen_to_me": ("valued_and_included",),
    "talked_about_what_matters": ("valued_and_included",),
    "belongs_at_school": ("valued_and_included",),
    "safe_at_school": ("valued_and_included",),
    "place_to_learn": ("alternative_provision",),
}
"""Where the questions of our own surveys stand when a bank begins; staff file them anew as they like."""
