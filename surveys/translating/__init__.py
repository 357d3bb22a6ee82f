"""Translating: the messages and their words, what is missing or stale, and files that go out and come back."""
