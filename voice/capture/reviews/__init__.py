"""Annual reviews: which there are, and how children and young people took part in them. Names are not needed."""
