"""What ``voice doctor`` looks at: the database, the folder of data, and what must be reached over the network."""
