"""Pages for strategic leads."""
