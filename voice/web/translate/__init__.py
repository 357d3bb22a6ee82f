"""Pages for translators and for the readers who confirm their words."""
