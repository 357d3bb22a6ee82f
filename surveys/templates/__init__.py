"""Surveys to start from, in our own words and in every language.

Each is a function of ``words``, which gives an English message in every language, and of the languages that the
survey goes out in. Which concepts they share is in ``asked_often``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from surveys.document import SurveyDocument, Words
from surveys.templates import (
    friends_and_family,
    lets_talk,
    moving_on,
    my_life,
    parenting_course,
    post_ehcp,
    service,
    short_break,
    wellbeing,
    yearly_families,
)

Template = Callable[[Callable[[str], Words], tuple[str, ...]], SurveyDocument]

TEMPLATES: Mapping[str, Template] = {
    "post-ehcp": post_ehcp.document,
    "yearly-families": yearly_families.document,
    "my-life-young-person": my_life.young_person,
    "my-life-parent-carer": my_life.parent_carer,
    "my-life-practitioner": my_life.practitioner,
    "lets-talk-event": lets_talk.document,
    "school-wellbeing": wellbeing.document,
    "service-schools": service.schools,
    "service-families": service.families,
    "friends-and-family": friends_and_family.standard,
    "friends-and-family-easy-read": friends_and_family.easy_read,
    "short-break-before": short_break.before,
    "short-break-after": short_break.after,
    "parenting-course-before": parenting_course.before,
    "parenting-course-after": parenting_course.after,
    "new-school": moving_on.new_school,
    "adult-life": moving_on.adult_life,
}
"""The templates by the slug of their document, in the order in which they are offered."""
