"""Actions: what was decided about what was heard, who does it, and what came of it."""
