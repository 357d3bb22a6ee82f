"""Surveys that ask the same, laid side by side: where they disagree, what changed, and who says what."""
