"""The record of who saw, changed, released and took away what: only added to, and nobody can change it unseen."""
