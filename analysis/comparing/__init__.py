"""Two numbers side by side: whether they differ, by how much, how sure, and what could explain it."""
