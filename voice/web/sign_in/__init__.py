"""Pages to sign in and out, and what somebody sets about it."""
