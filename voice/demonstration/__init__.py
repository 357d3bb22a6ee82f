"""An invented partnership to explore: its people, its answers, nothing of it real."""
