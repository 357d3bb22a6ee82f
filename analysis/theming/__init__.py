"""Themes of a code frame suggested for comments, from evidence that a person can read, and learning from decisions."""
