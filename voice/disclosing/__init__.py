"""Tables that were published: frozen as they were shown, and looked at before another is."""
