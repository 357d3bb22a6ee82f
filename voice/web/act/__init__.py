"""Pages of actions: what was heard, what was decided, and what came of it."""
