"""The schema of the product beyond asking, step by step; see ``surveys.migrations`` for the rules."""
