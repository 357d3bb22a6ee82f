"""The ways in which a voice comes in."""
