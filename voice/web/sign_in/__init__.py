"""Ways of signing in besides a password or a link: single sign-on, and passkeys."""
