"""The product as it runs: processes that serve together, what they tell each other, jobs, health and logs."""
