"""Drafts of the papers that data-protection law asks for, made from how this installation is set up and what it holds.

They are in English, as they go to the data protection officer and to the Information Commissioner's Office. What only
people can know stands there as a line that somebody has to write: nothing is invented.
"""
