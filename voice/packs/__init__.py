"""Packs to take to a board: what was found, as files, with the same numbers in each."""
