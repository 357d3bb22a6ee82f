"""Surveys to start from, in our own words and in every language."""
