"""Who we did not hear: how many people there are of each group, and how many of them we heard."""
