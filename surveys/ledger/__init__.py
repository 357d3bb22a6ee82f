"""The contact ledger: who was asked, when, by whom, for what, and what came of it. Never what anybody answered.

Families and persons stand in it as keyed hashes (``keys.py``). Nothing in it leads to an answer, and no answer leads to
it: an ask says *that* somebody answered, in no order and without a time.
"""
