"""Asking: surveys and their published versions, answering them, and answers collected elsewhere."""
