"""How much families are asked, and what comes of it: measured beside the server, kept, and shown."""
