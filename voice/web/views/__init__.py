"""Pages of private spaces: for those who hold a key, and for nobody else."""
