"""Sessions: a group in a room (or a meeting on paper) that says, draws, sorts and votes."""
