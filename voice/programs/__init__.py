"""Other programs that work with this one: what they may do, and what they are told."""
