"""Building a survey: from a draft, through a second pair of eyes, to a published version and its rounds.

``editing``, ``paths``, ``picture``, ``minutes`` and ``readiness`` are pure; ``drafting``, ``asked_before`` and
``rounds`` run inside units of the store.
"""
