"""What the voices and the answers show: measures, trends, and what matters now."""
