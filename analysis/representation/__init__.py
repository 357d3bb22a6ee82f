"""Who was heard and who was not, against how many there are: gaps, how sure they are, and weights as an option."""
