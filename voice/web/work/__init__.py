"""Pages for officers and analysts."""
