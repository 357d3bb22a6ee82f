"""The only code that knows HTTP: pages grouped by who uses them."""
