"""How fast it is, how much it needs, and beside what: ``python -m benchmarks``."""
