"""What the record says of each page of staff and each call of a program: one place says it for all of them."""
