"""Families' time as a budget: the rules that the partnership agreed, what a sending costs, and what to do instead."""
