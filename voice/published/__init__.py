"""The answer back: what was said and what came of it, in public and for whoever holds a receipt."""
