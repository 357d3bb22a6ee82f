"""Inviting people: registers of contacts, personal links, and the queue of messages that survives a crash."""
