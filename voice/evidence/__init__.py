"""Voices: what was said, what the machine suggests about it, and what people decided."""
