"""My views: private spaces of children and young people, which only those who hold a key can read."""
